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
from seminarkit.serve.form_service import FormService, PersonForm
from seminarkit.topics.packs.form_notebook import (
    BY_FILE_TAG,
    form_cells,
    form_notebook,
    prose_of,
    with_advice,
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
    """Return the content security policy of a page as a header, which also forbids framing."""
    match = _POLICY.search(page)
    policy = unescape(match[1]) if match else "default-src 'none'"
    return f"{policy}; frame-ancestors 'none'"


def tasks(desk: FormService, author: Author, *, live: bool) -> str:
    """Return a person's list of tasks; ``live`` is whether forms also open as notebooks."""
    forms = [(person_form.assignment, person_form.form) for person_form in desk.forms(author)]
    return tasks_page(desk.now.folder, author, forms, _BY_LINK, live=live, shelf="")


def shelf(desk: FormService, author: Author, name: str) -> str | None:
    """Return the page of readings or terms, or None if the seminar has no such page."""
    audience: Audience = "core" if author.country else "public"
    folder = desk.now.folder
    return shelf_page(folder, name, audience) if name in shelf_names(folder) else None


def form(desk: FormService, author: Author, file: str) -> str:
    """Return the page of a form, which saves drafts to the server."""
    person_form, folder = desk.form(author, file), desk.now.folder
    made = _online(person_form.form)
    book = with_advice(_book(folder, person_form, made), made)
    return form_page(
        read_template(folder, "serve", "page.html"), book, made, _line(person_form, place="")
    )


def notebook(desk: FormService, author: Author, file: str) -> bytes:
    """Return the notebook of a form with its newest answers, for people with Jupyter."""
    person_form = desk.form(author, file)
    book = _book(desk.now.folder, person_form, person_form.form)
    return to_json(with_advice(book, person_form.form)).encode("utf-8")


def live_notebook(desk: FormService, author: Author, file: str) -> Notebook:
    """Return a form's notebook that shows it as a widget connected to this server.

    The cell contains everything that the kernel needs, so that the kernel reads no file.
    """
    person_form, folder = desk.form(author, file), desk.now.folder
    made = _online(person_form.form)
    book = _book(folder, person_form, made)
    (cell,) = form_cells(book)
    line = _line(person_form, place="../")
    text = json.dumps({"form": made, "filled": person_form.filled, "line": line})
    cell["source"] = _SHOW.format(repr(text))
    cell["outputs"] = []
    words = iter(_BY_SERVER)
    for text_cell in book["cells"]:
        if BY_FILE_TAG in text_cell["metadata"].get("tags", ()):
            # a seminar's own notebook may have more such cells than there are texts
            text = Template(next(words, "")).substitute(send_to=folder.seminar.send_to)
            text_cell["source"] = text
    return book


def plain_text(desk: FormService, author: Author, file: str) -> str:
    """Return a note sheet as plain text, to be sent by mail if the page does not work."""
    return plain_form(desk.form(author, file).form)


def message(folder: SeminarFolder, title: str, text: str, go_to: str = "") -> str:
    """Return a page with a message; ``go_to`` is the URL that it refreshes to, if any."""
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
    """Return a response to the page's script."""
    return json.dumps(value, ensure_ascii=False)


def _line(person_form: PersonForm, place: str) -> dict[str, object]:
    """Return the settings for online.js; ``place`` is the relative URL of the person's pages."""
    return {"place": place, "kept": person_form.kept, "submitted": person_form.submitted}


def _online(made: PersonalForm) -> PersonalForm:
    return {**made, "header": list(_header(made["header"]))}


def _header(lines: list[list[str]]) -> Iterator[list[str]]:
    for term, text in lines:
        yield _SUBMIT if term == _SEND else [term, text]


def _book(folder: SeminarFolder, person_form: PersonForm, made: PersonalForm) -> Notebook:
    prose = prose_of(folder, made)
    return form_notebook(prose, made, person_form.filled)
