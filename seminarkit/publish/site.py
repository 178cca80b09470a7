"""The pages around the reports: their frame, the index with its map of tiles, and the board."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from seminarkit.analyse.audience import Audience
from seminarkit.analyse.status import Row
from seminarkit.prepare.guides import guide_body, guide_names, guide_title
from seminarkit.seminar.folder import SeminarFolder

_PAGES = [
    ("index.html", "All countries"),
    ("comparison.html", "Compared"),
    ("programme.html", "Programme"),
    ("readings.html", "Readings"),
    ("cases.html", "Cases"),
    ("definitions.html", "Terms"),
    ("questions.html", "Questions"),
]
_BRIEFS = "briefs/index.html"
_SUMMARIES = {"day_recap": "Recap", "conclusions": "Conclusions"}
_FIRST_GUIDE = "guides/participant.html"
_SIGNS = {"complete": "✓", "draft": "½", "missing": "–"}


def frame(folder: SeminarFolder, audience: Audience, here: str) -> dict[str, Any]:
    """Return what the frame of a page shows. ``here`` is the page's path in its site."""
    up = "../" * here.count("/")
    core = [
        ("groups.html", "Groups"),
        (_BRIEFS, "Briefs"),
        ("notes.html", "Notes"),
        ("status.html", "Who owes what"),
        (_FIRST_GUIDE, "Guides"),
    ]
    pages = [*_PAGES, *(core if audience == "core" else [])]
    if (folder.dossiers / audience / "survey.json").is_file():  # not every seminar has one
        pages.insert(2, ("survey.html", "Survey"))
    for subject, label in _SUMMARIES.items():
        if (folder.dossiers / audience / f"{subject}.json").is_file():
            pages.append((f"{subject}.html", label))
            if here == f"{subject}.html":
                pages.append((f"documents/{subject}.docx", "As a Word document"))
                pages.append((f"documents/{subject}.pptx", "As slides"))
    if audience == "core" and here.startswith("countries/"):
        document = here.replace("countries/", "documents/").replace(".html", ".docx")
        pages.append((document, "As a Word document"))
    if audience == "core" and here == "survey.html":
        pages.append(("documents/survey.pptx", "As slides"))
    nav = [
        {"href": up + path, "label": label, "here": path == here or _of_folder(path, here)}
        for path, label in pages
    ]
    return {"title": folder.seminar.series, "audience": audience, "nav": nav}


def _of_folder(path: str, here: str) -> bool:
    """Say whether a page belongs to a folder of pages that the navigation names by its first."""
    return path in (_FIRST_GUIDE, _BRIEFS) and here.startswith(path.split("/")[0] + "/")


def index_page(folder: SeminarFolder, audience: Audience) -> str:
    """Return the index of one site, from its overview dossier alone."""
    path = folder.dossiers / audience / "overview.json"
    overview = json.loads(path.read_text(encoding="utf-8"))
    countries = overview["countries"]
    counts = {s: sum(c["state"] == s for c in countries) for s in _SIGNS}
    if audience == "core":
        lead = f"{counts['complete']} of {len(countries)} countries have sent a complete report, "
        lead += f"{counts['draft']} a draft; from {counts['missing']} there is none yet."
        legend = [("complete", "complete"), ("draft", "draft"), ("missing", "no report yet")]
    else:
        lead = f"The reports of {counts['complete']} of {len(countries)} countries are public."
        legend = [("complete", "report"), ("missing", "no report here")]
    return render(
        folder,
        "overview.html.j2",
        overview=overview,
        lead=lead,
        legend=legend,
        signs=_SIGNS,
        columns=max(c["tile"][0] for c in countries) + 1,
        site=frame(folder, audience, "index.html"),
    )


def status_page(folder: SeminarFolder, rows: Sequence[Row]) -> str:
    """Return the board as a page, for the core site only."""
    seminar = folder.seminar
    clear = sum(not row.owes for row in rows)
    notes = {f"{row.name} {note}" for row in rows if (note := seminar.footnote(row.country))}
    return render(
        folder,
        "status.html.j2",
        seminar=seminar,
        rows=rows,
        footnotes=sorted(notes),
        lead=f"{clear} of {len(rows)} countries owe nothing more.",
        site=frame(folder, "core", "status.html"),
    )


def guide_page(folder: SeminarFolder, name: str) -> str:
    """Return the guide for one role, for the core site."""
    names = [each for each in guide_names(folder) if each != name]
    return render(
        folder,
        "guide.html.j2",
        title=guide_title(folder, name),
        body=guide_body(folder, name),
        others=[(each, guide_title(folder, each)) for each in names],
        series=folder.seminar.series,
        site=frame(folder, "core", f"guides/{name}.html"),
    )


def render(folder: SeminarFolder, template: str, **values: Any) -> str:
    """Return a page of templates/site/: what comes in is text, and is escaped there."""
    paths = (folder.material("templates", "site"), folder.material("templates", "report"))
    return _environment(paths).get_template(template).render(**values)


@cache
def _environment(paths: tuple[Path, ...]) -> Environment:
    return Environment(
        loader=FileSystemLoader(list(paths)),
        autoescape=select_autoescape(["html", "j2"]),
        undefined=StrictUndefined,
        trim_blocks=False,
    )
