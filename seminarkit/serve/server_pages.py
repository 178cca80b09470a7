"""The pages that the server of forms shows: a person's tasks, a form, a message in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from string import Template

from seminarkit.core.disk.files import to_json
from seminarkit.core.forms.plain_text_form import plain_form
from seminarkit.core.forms.shapes import Audience, PersonalForm
from seminarkit.core.notebook_json import Notebook
from seminarkit.core.seminar.assignments import Author
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve.form_service import Desk, Handed
from seminarkit.topics.packs.form_notebook import (
    BY_FILE_TAG,
    form_cells,
    form_notebook,
    prose_of,
    with_way_out,
)
from seminarkit.topics.packs.form_page import content_hash, form_asset, form_page
from seminarkit.topics.packs.reading_links import shelf_names, shelf_page
from seminarkit.topics.packs.tasks_page import tasks_page
from seminarkit.topics.packs.text_templates import read_template

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
_BY_LINK = (
    "Open a task, write, and press “Submit”. Your answers are kept on your computer and on the "
    "organisers’ server. They count when you have submitted them. If you have no connection for a "
    "long time, press “Save my file” and send that file to $send_to."
)
_BY_SERVER = (
    "The form below is ready: click into it and write. You need not run or save anything.",
    "Press **Submit** below the questions. The line above them then shows your **receipt**, such "
    "as `GE-7K3F`. You may submit a form that is not finished, and again later. The newer one "
    "counts. If you have no connection for a long time, press “Save my file” and send that file "
    "to $send_to.",
)
_SHOW = """\
import json
from seminarkit.core.forms.widget import FormWidget
FormWidget(**json.loads({}))
"""
_SEND = "Send your file to"
_SUBMIT = ["To submit it", "Press “Submit” below the questions."]


def policy_of(page: str) -> str:
    """Return the policy that a page states, to be sent as a header too, and nobody may frame it."""
    stated = _POLICY.search(page)
    policy = unescape(stated[1]) if stated else "default-src 'none'"
    return f"{policy}; frame-ancestors 'none'"


def tasks(desk: Desk, author: Author, *, live: bool) -> str:
    """Return the list of a person's forms; ``live`` is whether they open as notebooks too."""
    handed = [(each.assignment, each.form) for each in desk.forms(author)]
    return tasks_page(desk.now.folder, author, handed, _BY_LINK, live=live, shelf="")


def shelf(desk: Desk, author: Author, name: str) -> str | None:
    """Return the page of readings or terms, or None where the seminar has no such page."""
    audience: Audience = "core" if author.country else "public"
    folder = desk.now.folder
    return shelf_page(folder, name, audience) if name in shelf_names(folder) else None


def form(desk: Desk, author: Author, file: str) -> str:
    """Return a form's page, which saves to the server while it is being filled in."""
    handed, folder = desk.form(author, file), desk.now.folder
    made = _online(handed.form)
    book = with_way_out(_book(folder, handed, made), made)
    return form_page(
        read_template(folder, "serve", "page.html"), book, made, _line(handed, place="")
    )


def notebook(desk: Desk, author: Author, file: str) -> bytes:
    """Return a form's notebook with all that was written so far, for who has Jupyter."""
    handed = desk.form(author, file)
    book = _book(desk.now.folder, handed, handed.form)
    return to_json(with_way_out(book, handed.form)).encode("utf-8")


def live_notebook(desk: Desk, author: Author, file: str) -> Notebook:
    """Return a form's notebook that shows it as a widget with a line to this server.

    All that its kernel is to know stands in the cell: it reads no file.
    """
    handed, folder = desk.form(author, file), desk.now.folder
    made = _online(handed.form)
    book = _book(folder, handed, made)
    (cell,) = form_cells(book)
    line = _line(handed, place="../")
    text = json.dumps({"form": made, "filled": handed.filled, "line": line})
    cell["source"] = _SHOW.format(repr(text))
    cell["outputs"] = []
    words = iter(_BY_SERVER)
    for each in book["cells"]:
        if BY_FILE_TAG in each["metadata"].get("tags", ()):
            # an own notebook may have more such cells than there is to say
            each["source"] = Template(next(words, "")).substitute(send_to=folder.seminar.send_to)
    return book


def plain_text(desk: Desk, author: Author, file: str) -> str:
    """Return a note sheet as plain text, to be sent by mail where the page does not work."""
    return plain_form(desk.form(author, file).form)


def message(folder: SeminarFolder, title: str, text: str, go_to: str = "") -> str:
    """Return a page that says something; ``go_to`` is where the browser goes on to by itself."""
    style = f"\n{form_asset('tasks.css')}\n"
    refresh = f'<meta http-equiv="refresh" content="0; url={escape(go_to)}">\n' if go_to else ""
    return read_template(folder, "serve", "message.html").substitute(
        title=escape(title),
        text=escape(text),
        seminar=escape(f"{folder.seminar.series}: {folder.seminar.title}"),
        refresh=refresh,
        style=style,
        style_hash=content_hash(style),
    )


def as_json(value: object) -> str:
    """Return an answer to the page's own script."""
    return json.dumps(value, ensure_ascii=False)


def _line(handed: Handed, place: str) -> dict[str, object]:
    """Return what online.js is to know; ``place`` leads to the person's own address."""
    return {"place": place, "kept": handed.kept, "submitted": handed.submitted}


def _online(made: PersonalForm) -> PersonalForm:
    return {**made, "header": list(_header(made["header"]))}


def _header(lines: list[list[str]]) -> Iterator[list[str]]:
    for term, text in lines:
        yield _SUBMIT if term == _SEND else [term, text]


def _book(folder: SeminarFolder, handed: Handed, made: PersonalForm) -> Notebook:
    prose = prose_of(folder, made)
    return form_notebook(prose, made, handed.filled)
