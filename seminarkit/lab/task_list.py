"""Read one person's tasks and their progress from the notebooks in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.forms.answer_versions import receipt
from seminarkit.core.forms.answers import check_types, is_blank, progress
from seminarkit.core.forms.notebook_forms import Notebook, forms_in, newest_answers, read_notebook
from seminarkit.core.forms.shapes import Payload, PersonalForm, object_of
from seminarkit.core.seminar.model import Kind

_LARGEST = 25 * 2**20
_LAST = "9999"
KINDS: tuple[Kind, ...] = ("asked", "group", "offer")  # in the order of the list
_ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class TaskListEntry:
    """One form in one notebook; ``page`` is the file name of its page, or ''.

    ``state`` is the progress in words; ``begun`` and ``complete`` are the same as booleans.
    """

    file: str
    page: str
    person: str
    name: str
    task: str
    about: str
    seminar: str
    due: str
    deadline: str
    minutes: str
    kind: Kind
    prepares: tuple[str, ...]
    needed: int
    send_to: str
    state: str
    begun: bool = False
    complete: bool = False


def entries_in(folder: Path) -> list[TaskListEntry]:
    """Return the forms in a folder's notebooks, by kind (asked first), then by deadline."""
    # JupyterLab saves through a hidden file, which remains after a crash
    paths = (path for path in sorted(folder.glob("*.ipynb")) if not path.name.startswith("."))
    entries = [entry for path in paths for entry in _entries(path)]
    return sorted(entries, key=lambda e: (_ORDER[e.kind], e.due, e.task, e.about, e.file))


def state_of(form: PersonalForm, filled: Payload | None) -> tuple[str, bool, bool]:
    """Return the progress of a form: in words, whether begun, and whether complete."""
    if not filled or is_blank(filled["answers"]):
        return "not begun", False, False
    done = progress(form, check_types(form, filled["answers"]))
    code = receipt(filled)
    if done.complete:
        return f"complete, receipt {code}", True, True
    if done.answered == done.total:
        return f"begun, {len(done.gaps)} to correct", True, False
    return f"{done} answered", True, False


def _entries(path: Path) -> Iterator[TaskListEntry]:
    book = read_notebook(path) if path.stat().st_size <= _LARGEST else None
    if book is None:
        return
    held = newest_answers(book)
    for instance, form in forms_in(book).items():
        try:
            yield _entry(path, book, form, held.get(instance))
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
            continue  # looks like a form, but is not one of the kit's


def _entry(path: Path, book: Notebook, form: PersonalForm, filled: Payload | None) -> TaskListEntry:
    header = {str(term): str(text) for term, text in form["header"]}
    facts = _facts(book)
    state, begun, complete = state_of(form, filled)
    page = path.with_suffix(".html")
    return TaskListEntry(
        file=path.name,
        page=page.name if page.is_file() else "",
        person=str(form["author"]["id"]),
        name=str(form["author"]["name"]),
        task=str(facts.get("title") or form["title"]),
        about=header.get("About", ""),
        seminar=str(facts.get("seminar", "")),
        due=str(facts.get("due", _LAST)),
        deadline=header.get("Please send by", ""),
        minutes=header.get("Time", "").split(".")[0],
        kind=_kind(facts),
        prepares=_texts(facts.get("prepares")),
        needed=needed if isinstance(needed := facts.get("needed"), int) else 0,
        send_to=header.get("Send your file to", ""),
        state=state,
        begun=begun,
        complete=complete,
    )


def _kind(facts: Mapping[str, object]) -> Kind:
    """Return the kind of a task; packs of version 0.5 only say whether it is owed."""
    named = next((kind for kind in KINDS if kind == facts.get("kind")), None)
    return named or ("offer" if facts.get("owed") is False else "asked")


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _facts(book: Notebook) -> Mapping[str, object]:
    """Return the facts on a task that ``prepare`` wrote; old packs have none."""
    metadata = object_of(book.get("metadata"))
    return object_of(object_of(metadata.get("seminarkit")).get("task"))
