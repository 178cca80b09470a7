"""The organisers' own pages: what people wrote to them, and every form that came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from seminarkit.analyse.received_answers import FilledForm, filled_forms
from seminarkit.analyse.status import Row
from seminarkit.analyse.to_organisers import Message, messages
from seminarkit.forms.answers import CompiledForm
from seminarkit.publish.answer_tables import answer_files
from seminarkit.publish.documents import Pages
from seminarkit.publish.site import render
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.index import Submission

FOLDER = "organisers"
ONLY = "For organisers alone: do not pass this page on."


def organiser_pages(
    folder: SeminarFolder, submissions: Sequence[Submission], rows: Sequence[Row]
) -> Pages:
    """Return the organisers' pages and tables by path under output/.

    The index with what people wrote to them, and for each form that came a page with all that may
    be read, the same as CSV and as a workbook beside it.
    """
    came = {
        name: filled
        for name, form in folder.forms.items()
        if (filled := filled_forms(folder, form, submissions))
    }
    pages: Pages = {f"{FOLDER}/index.html": (_index(folder, came, submissions, rows), "")}
    for name, filled in came.items():
        form = folder.forms[name]
        files = answer_files(form, filled)
        page = _form_page(folder, form, filled, list(files))
        pages[f"{FOLDER}/answers/{name}.html"] = (page, "")
        pages |= {f"{FOLDER}/answers/{file}": (data, "") for file, data in files.items()}
    return pages


def moment(saved_at: str) -> str:
    """Return when something was saved, for people."""
    return f"{saved_at[:10]}, {saved_at[11:16]} UTC" if saved_at else "at a time not known"


def _index(
    folder: SeminarFolder,
    came: dict[str, list[FilledForm]],
    submissions: Sequence[Submission],
    rows: Sequence[Row],
) -> str:
    found = messages(folder, submissions)
    owing = sum(bool(row.owes) for row in rows)
    return render(
        folder,
        "organisers.html.j2",
        only=ONLY,
        lead=f"{sum(map(len, came.values()))} filled forms have come. "
        f"{owing} of {len(rows)} countries have still something to send.",
        messages=[_shown(m) for m in found if m.kind != "correction"],
        corrections=[_shown(m) for m in found if m.kind == "correction"],
        forms=[_listed(folder.forms[name], filled) for name, filled in came.items()],
        silent=[form["title"] for name, form in folder.forms.items() if name not in came],
        footnotes=_footnotes(folder, {filled.country for each in came.values() for filled in each}),
        site=_frame(folder, ""),
    )


def _shown(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "label": message.label,
        "refused": message.kind == "refusal",
        "by": f"{message.name} ({message.person}), {message.country_name}",
        "saved": moment(message.saved_at),
        "href": f"answers/{message.form}.html#{message.person}",
        "title": message.title,
    }


def _listed(form: CompiledForm, filled: Sequence[FilledForm]) -> dict[str, Any]:
    states = Counter(each.state for each in filled)
    return {
        "name": form["form"],
        "title": form["title"],
        "complete": states["complete"],
        "drafts": states["draft"],
        "people": len({each.person for each in filled}),
        "newest": moment(max(each.saved_at for each in filled)),
    }


def _form_page(
    folder: SeminarFolder, form: CompiledForm, filled: Sequence[FilledForm], files: list[str]
) -> str:
    people: dict[str, dict[str, list[FilledForm]]] = {}
    for each in filled:
        people.setdefault(each.country_name, {}).setdefault(each.person, []).append(each)
    return render(
        folder,
        "answers.html.j2",
        only=ONLY,
        form=form,
        people=people,
        files=files,
        moment=moment,
        footnotes=_footnotes(folder, {each.country for each in filled}),
        site=_frame(folder, "../"),
    )


def _footnotes(folder: SeminarFolder, countries: set[str]) -> list[str]:
    seminar = folder.seminar
    return [
        f"{seminar.display_name(code)} {note}"
        for code in sorted(filter(None, countries))
        if (note := seminar.footnote(code))
    ]


def _frame(folder: SeminarFolder, up: str) -> dict[str, Any]:
    here = "" if up else "page"
    nav = [{"href": f"{up}index.html", "label": "What people wrote", "here": here}]
    return {"title": folder.seminar.series, "audience": FOLDER, "nav": nav, "pages": []}
