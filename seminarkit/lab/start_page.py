"""Write a person's list of tasks as a notebook without code, ``start.ipynb``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.notebook_forms import Notebook, read_notebook
from seminarkit.lab.task_list import KINDS, TaskListEntry, entries_in
from seminarkit.topics.packs.opened_pack import START
from seminarkit.topics.packs.tasks_page import HEADINGS, how_many, needed_for

_SIGNS = frozenset("&<>\"'\\`*_[]()#~|$!")  # markup of HTML, Markdown and formulas
_MARK = {"seminarkit": {"start": True}}


def write_start(folder: Path) -> Path:
    """Write the list of tasks of a folder; raises SeminarError if another file has its name."""
    path = folder / START
    if path.exists() and not _is_ours(read_notebook(path)):
        raise SeminarError(
            f"The kit did not make the list of tasks {path}. Rename it, and open the pack again."
        )
    write_whole(path, to_json(start_notebook(entries_in(folder))))
    return path


def start_notebook(entries: Sequence[TaskListEntry]) -> Notebook:
    """Return the notebook that lists a person's tasks, each with its state and a link."""
    cells = [("opening", _opening(entries))]
    for kind in KINDS:
        mine = [entry for entry in entries if entry.kind == kind]
        if mine:
            cells.append((kind, _list(HEADINGS[kind], mine)))
    cells.append(("closing", _closing(entries)))
    spec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {
        "cells": [_cell(name, source) for name, source in cells],
        "metadata": {"kernelspec": spec, "language_info": {"name": "python"}, **_MARK},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(name: str, source: str) -> dict[str, object]:
    locked = {"deletable": False, "editable": False}
    return {"cell_type": "markdown", "id": name, "metadata": locked, "source": source}


def _opening(entries: Sequence[TaskListEntry]) -> str:
    seminar = next((entry.seminar for entry in entries if entry.seminar), "")
    names = list(dict.fromkeys(entry.name for entry in entries))
    owed = [entry for entry in entries if entry.kind == "asked"]
    done = sum(entry.complete for entry in owed)
    lines = [
        "# My tasks",
        f"{' and '.join(map(_text, names))}{f' · {_text(seminar)}' if seminar else ''}",
        "**Click a task: its form opens, ready to write in.** Save it with **Ctrl+S**. "
        "*My tasks*, above the form, brings you back here.",
    ]
    if done:
        lines.append(f"{done} of {len(owed)} forms that you are asked for are complete.")
    return "\n\n".join(lines)


def _list(heading: str, entries: Sequence[TaskListEntry]) -> str:
    groups = [list(group) for _, group in groupby(entries, key=lambda e: (e.due, e.task))]
    items = "".join(_single(g[0]) if len(g) == 1 else _several(g) for g in groups)
    return f"<h2>{heading}</h2>\n<ul>\n{items}</ul>"


def _single(entry: TaskListEntry) -> str:
    title = f"{entry.task}: {entry.about}" if entry.about else entry.task
    facts = ". ".join(filter(None, (_by(entry), entry.minutes, _needed_for(entry))))
    return f"<li><p>{_link(entry, title)}<br>{_text(facts)}.</p></li>\n"


def _several(entries: Sequence[TaskListEntry]) -> str:
    """Return one list item for a task with several forms, one per subject."""
    first = entries[0]
    which = how_many(first.needed, owed=first.kind == "asked")
    minutes = f"{first.minutes[:1].lower()}{first.minutes[1:]}".replace(
        "minutes", "minutes each", 1
    )
    effort = f"{which}, {minutes}" if minutes else ""
    links = "".join(f"<li>{_link(entry, entry.about or entry.file)}</li>\n" for entry in entries)
    facts = ". ".join(filter(None, (_by(first), effort or which, _needed_for(first))))
    return (
        f"<li><p><strong>{_text(first.task)}</strong><br>{_text(facts)}.</p>\n<ul>\n{links}</ul>"
        "</li>\n"
    )


def _link(entry: TaskListEntry, title: str) -> str:
    state = f"<strong>{_text(entry.state)}</strong>" if entry.begun else _text(entry.state)
    page = f' · <a href="{quote(entry.page)}">as a page</a>' if entry.page else ""
    return f'<a href="{quote(entry.file)}">{_text(title)}</a> – {state}{page}'


def _needed_for(entry: TaskListEntry) -> str:
    return needed_for(entry.prepares) if entry.prepares else ""


def _by(entry: TaskListEntry) -> str:
    return f"By {entry.deadline}" if entry.deadline else ""


def _closing(entries: Sequence[TaskListEntry]) -> str:
    send_to = next((entry.send_to for entry in entries if entry.send_to), "")
    to = f" to {_text(send_to)}" if send_to else ""
    return (
        "## When a form is done\n\n"
        f"Send its file{to}: while it is open, choose **File > Download**, and attach the "
        "downloaded file to a mail. You may send it before it is complete, and again later; the "
        "newer one counts. Nothing is sent automatically."
    )


def _text(words: str) -> str:
    """Return text from a notebook with markup escaped and its direction isolated."""
    flat = " ".join(words.split())
    return f"<bdi>{''.join(f'&#{ord(c)};' if c in _SIGNS else c for c in flat)}</bdi>"


def _is_ours(book: Notebook | None) -> bool:
    marked = book.get("metadata") if book else None
    return isinstance(marked, dict) and marked.get("seminarkit") == _MARK["seminarkit"]
