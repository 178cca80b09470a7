"""The organisers' own pages: messages to them, and all submissions by form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from seminarkit.core.documents.table_files import xlsx_file
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.package_hash import package_hash
from seminarkit.core.seminar.clock import moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.page_templates import render
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.board_rows import BoardRow
from seminarkit.core.submissions.messages_to_organisers import Message, messages
from seminarkit.core.submissions.received_answers import FilledForm, filled_forms
from seminarkit.core.submissions.set_aside_files import set_aside
from seminarkit.site.form_tables import csv_files, workbook_sheets
from seminarkit.site.making import PageBuild
from seminarkit.site.page_files import Pages, content_hash, published_before
from seminarkit.site.published_file import PublishedFile

FOLDER = "organisers"
ONLY = "For organisers alone: do not pass this page on."


def organiser_pages(
    folder: SeminarFolder,
    submissions: Sequence[Submission],
    rows: Sequence[BoardRow],
    before: Mapping[str, PublishedFile],
    making: PageBuild,
) -> None:
    """Make the organisers' pages and tables.

    These are the index with messages to the organisers, and for each form a page with all readable
    submissions, CSV files and a workbook. ``before`` is the list of what was last published.
    """
    by_form: dict[str, list[FilledForm]] = {}
    failed: list[str] = []
    for name, form in folder.forms.items():
        page = f"{FOLDER}/answers/{name}.html"
        with making.attempts.at(page):
            if forms := filled_forms(folder, form, submissions):
                by_form[name] = forms
        if making.has_failed(page):
            failed.append(form["title"])
        elif name in by_form:
            _form_files(folder, form, by_form[name], before, making)
    making.page(f"{FOLDER}/index.html", partial(_index, folder, by_form, submissions, rows, failed))


def _form_files(
    folder: SeminarFolder,
    form: CompiledForm,
    forms: Sequence[FilledForm],
    before: Mapping[str, PublishedFile],
    making: PageBuild,
) -> None:
    """Make the page, the CSV files and the workbook of one form."""
    place, name = f"{FOLDER}/answers", form["form"]
    tables: Pages = {}

    def csv() -> Pages:
        tables.update({f"{place}/{f}": (data, "") for f, data in csv_files(form, forms).items()})
        return tables

    making.files(f"{place}/{name}*.csv", csv)
    making.file(f"{place}/{name}.xlsx", lambda: _workbook(folder, form, forms, before))
    files = [path.rpartition("/")[2] for path in (*tables, f"{place}/{name}.xlsx")]
    making.page(f"{place}/{name}.html", lambda: _form_page(folder, form, forms, files))


def _workbook(
    folder: SeminarFolder,
    form: CompiledForm,
    forms: Sequence[FilledForm],
    before: Mapping[str, PublishedFile],
) -> tuple[bytes, str]:
    """Return the workbook of one form and the hash of its sources; reuse the last one if equal."""
    sheets = workbook_sheets(form, forms)
    parts = [[sheet.name, sheet.heads, sheet.rows] for sheet in sheets]
    source = content_hash(json.dumps([parts, package_hash()]))
    path = f"{FOLDER}/answers/{form['form']}.xlsx"
    content = published_before(folder, path, source, before)
    return (xlsx_file(sheets) if content is None else content), source


def moment(seminar: Seminar, saved_at: str) -> str:
    """Return the time of a save, for people."""
    return moment_words(seminar, saved_at) or "at an unknown time"


def _index(
    folder: SeminarFolder,
    by_form: dict[str, list[FilledForm]],
    submissions: Sequence[Submission],
    rows: Sequence[BoardRow],
    failed: Sequence[str],
) -> str:
    if failed:
        raise SeminarError(
            f"It lacks the answers to {', '.join(failed)}: see the message on those."
        )
    inbox = messages(folder, submissions)
    incomplete = sum(bool(row.owes) for row in rows)
    countries = {submission.country for forms in by_form.values() for submission in forms}
    return render(
        folder,
        "organisers.html.j2",
        only=ONLY,
        lead=f"Filled forms received: {sum(map(len, by_form.values()))}. "
        f"{incomplete} of {len(rows)} countries still have something to send.",
        messages=[_message_row(folder, m) for m in inbox if m.kind != "correction"],
        corrections=[_message_row(folder, m) for m in inbox if m.kind == "correction"],
        forms=[_form_row(folder, name, forms) for name, forms in by_form.items()],
        silent=[form["title"] for name, form in folder.forms.items() if name not in by_form],
        footnotes=folder.seminar.footnote_lines(countries),
        waiting=set_aside(folder),
        site=_frame(folder, ""),
    )


def _message_row(folder: SeminarFolder, message: Message) -> dict[str, object]:
    return {
        "text": message.text,
        "label": message.label,
        "refused": message.kind == "refusal",
        "by": f"{message.name} ({message.person}), {message.country_name}",
        "saved": moment(folder.seminar, message.saved_at),
        "href": f"answers/{message.form}.html#{message.person}",
        "title": message.title,
    }


def _form_row(folder: SeminarFolder, name: str, forms: Sequence[FilledForm]) -> dict[str, object]:
    states = Counter(entry.state for entry in forms)
    return {
        "name": name,
        "title": folder.forms[name]["title"],
        "complete": states["complete"],
        "drafts": states["draft"],
        "people": len({entry.person for entry in forms}),
        "newest": moment(folder.seminar, max(entry.saved_at for entry in forms)),
    }


def _form_page(
    folder: SeminarFolder, form: CompiledForm, forms: Sequence[FilledForm], files: list[str]
) -> str:
    people: dict[str, dict[str, list[FilledForm]]] = {}
    for entry in forms:
        people.setdefault(entry.country_name, {}).setdefault(entry.person, []).append(entry)
    return render(
        folder,
        "answers.html.j2",
        only=ONLY,
        form=form,
        people=people,
        files=files,
        moment=partial(moment, folder.seminar),
        footnotes=folder.seminar.footnote_lines({entry.country for entry in forms}),
        site=_frame(folder, "../"),
    )


def _frame(folder: SeminarFolder, up: str) -> dict[str, object]:
    current = "" if up else "page"
    nav = [
        {"href": f"{up}index.html", "label": "What people wrote", "here": current},
        {"href": f"{up}hand-over.html", "label": "What to give to whom", "here": ""},
    ]
    return {"title": folder.seminar.series, "audience": FOLDER, "nav": nav, "pages": []}
