"""The pages around the reports: their frame, the index with its tile map, and the status board."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import Frame, render
from seminarkit.core.submissions.board_rows import BoardRow
from seminarkit.core.submissions.set_aside_files import waiting_sentence
from seminarkit.reports import kinds
from seminarkit.site.page_files import PageFile, files_beside
from seminarkit.topics.packs.guides import guide_body, guide_names, guide_title

_BRIEFS = f"{kinds.BRIEFS}/index.html"
_FIRST_GUIDE = "guides/participant.html"


class _Page(NamedTuple):
    """A page in the navigation; it is left out if it has a ``dossier`` that does not exist."""

    path: str
    label: str
    core_only: bool = False
    dossier: str = ""


_REPORTS = _Page("", "")  # a placeholder for the reports of a section: reports/kinds.py
_SECTIONS = {
    "Countries": [
        _Page("index.html", "All countries"),
        _REPORTS,
        _Page("status.html", "What is still missing", core_only=True),
    ],
    "Seminar": [
        _Page("programme.html", "Programme"),
        _Page("groups.html", "Groups", core_only=True),
        _Page(_BRIEFS, "Briefs", core_only=True),
        _REPORTS,
    ],
    "Materials": [
        _Page("readings.html", "Readings"),
        _Page("cases.html", "Cases"),
        _Page("definitions.html", "Terms"),
        _Page("facts.html", "Known facts"),
        _REPORTS,
    ],
    "Discussion": [
        _Page("questions.html", "Questions"),
        _Page("notes.html", "Notes", core_only=True),
        _REPORTS,
    ],
    "Guides": [_Page(_FIRST_GUIDE, "Guides", core_only=True)],
}
_FIRST_OF = {"countries": "index.html", kinds.BRIEFS: _BRIEFS, "guides": _FIRST_GUIDE}
_SIGNS = {"complete": "✓", "draft": "½", "missing": "–"}


def frame(folder: SeminarFolder, audience: Audience, here: str) -> dict[str, object]:
    """Return the template variables of a page's frame; ``here`` is the page's path in its site.

    ``nav`` lists the sections, ``pages`` the pages of the open section and the files beside the
    page.
    """
    up, section_page = "../" * here.count("/"), _FIRST_OF.get(here.split("/")[0], here)
    nav: list[dict[str, object]] = []
    open_pages: list[tuple[str, str]] = []
    for label, entries in _SECTIONS.items():
        pages = [
            (page.path, page.label)
            for entry in entries
            for page in (_reports(folder, label) if entry is _REPORTS else [entry])
            if _exists(folder, audience, page)
        ]
        if pages:
            is_open = section_page in dict(pages)
            open_pages = pages if is_open else open_pages
            nav.append(
                {"href": up + pages[0][0], "label": label, "here": "true" if is_open else ""}
            )
    links = [
        {"href": up + path, "label": name, "here": _aria_current(path, here, section_page)}
        for path, name in [*open_pages, *_files(folder, audience, here)]
    ]
    return {
        "title": folder.seminar.series,
        "audience": audience,
        "nav": nav,
        "pages": links if len(links) > 1 else [],
    }


def _reports(folder: SeminarFolder, section: str) -> list[_Page]:
    """Return the pages of reports in a section of the navigation."""
    return [
        _Page(kind.page(subject), kind.title(folder, subject), dossier=subject)
        for kind in kinds.KINDS
        if kind.section == section
        for subject in kind.subjects(folder)
    ]


def _aria_current(path: str, here: str, section_page: str) -> str:
    """Return aria-current of a link: 'page' here, 'true' for the first page of this folder."""
    return "page" if path == here else "true" if path == section_page else ""


def _exists(folder: SeminarFolder, audience: Audience, page: _Page) -> bool:
    """Say whether an audience has a page."""
    if page.dossier:
        return (folder.dossiers / audience / f"{page.dossier}.json").is_file()
    return audience == "core" or not page.core_only


def _files(folder: SeminarFolder, audience: Audience, here: str) -> list[tuple[str, str]]:
    """Return the path and label of each document with the content of a page."""
    documents, _ = files_beside(folder, audience, _subject(here))
    return [(file.path, file.label) for file in documents]


def _subject(here: str) -> str:
    """Return the subject of the report on a page; for other pages, a name that no report has."""
    place, slash, name = here.rpartition("/")
    prefixes = {kind.site_folder: kind.prefix for kind in kinds.KINDS}
    return prefixes.get(place + slash, "") + name.removesuffix(".html")


def index_page(folder: SeminarFolder, audience: Audience, site: Frame) -> str:
    """Return the index of a site, made from its overview dossier alone."""
    path = folder.dossiers / audience / "overview.json"
    overview = json.loads(path.read_text(encoding="utf-8"))
    countries = overview["countries"]
    counts = {s: sum(c["state"] == s for c in countries) for s in _SIGNS}
    if audience == "core":
        lead = f"{counts['complete']} of {len(countries)} countries have sent a complete report, "
        lead += f"{counts['draft']} a draft. No report yet from {counts['missing']}."
        legend = [("complete", "complete"), ("draft", "draft"), ("missing", "no report yet")]
    else:
        lead = f"The reports of {counts['complete']} of {len(countries)} countries are public."
        legend = [("complete", "report"), ("missing", "no report here")]
    return render(
        folder,
        "overview.html.j2",
        overview=overview,
        seminar=folder.seminar,
        lead=lead,
        legend=legend,
        signs=_SIGNS,
        columns=max(c["tile"][0] for c in countries) + 1,
        site=site,
    )


def status_page(folder: SeminarFolder, rows: Sequence[BoardRow]) -> str:
    """Return the status board as a page of the core site."""
    seminar = folder.seminar
    clear = sum(not row.owes for row in rows)
    notes = {f"{row.name} {note}" for row in rows if (note := seminar.footnote(row.country))}
    return render(
        folder,
        "status.html.j2",
        seminar=seminar,
        rows=rows,
        footnotes=sorted(notes),
        lead=f"{clear} of {len(rows)} countries have sent everything.",
        waiting=waiting_sentence(folder),
        site=frame(folder, "core", "status.html"),
    )


def report_page(
    folder: SeminarFolder, audience: Audience, here: str, title: str, content: Path
) -> str:
    """Return a report as a page of a site: the content from its run, in the frame."""
    _, tables = files_beside(folder, audience, _subject(here))
    links = links_to(tables, "../" * here.count("/"))
    return report_in(folder, title, content, frame(folder, audience, here), links)


def links_to(files: Sequence[PageFile], up: str = "") -> list[dict[str, str]]:
    """Return links to files of a site; ``up`` is the relative path from the page to its root."""
    return [{"href": up + file.path, "label": file.label, "here": ""} for file in files]


def report_in(
    folder: SeminarFolder,
    title: str,
    content: Path,
    site: dict[str, object],
    tables: Sequence[Mapping[str, str]] = (),
) -> str:
    """Return a report as a page in a given frame; ``tables`` are links to its CSV files."""
    body = content.read_text(encoding="utf-8")
    return render(folder, "report.html.j2", title=title, body=body, site=site, tables=tables)


def guide_page(folder: SeminarFolder, name: str) -> str:
    """Return the guide for one role, as a page of the core site."""
    names = [role for role in guide_names(folder) if role != name]
    return render(
        folder,
        "guide.html.j2",
        title=guide_title(folder, name),
        body=guide_body(folder, name),
        others=[(role, guide_title(folder, role)) for role in names],
        series=folder.seminar.series,
        site=frame(folder, "core", f"guides/{name}.html"),
    )
