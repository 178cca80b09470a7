"""Is a link that several reports name found, and told with who else named it?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared import complete_report

from seminarkit.core.documents.html import html
from seminarkit.core.documents.pieces import EMPTY
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports import comparison_view as compare
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.topics.countries import view as show
from seminarkit.topics.intake.collect import collect

Send = Callable[[str, Any], Path]
Filled = Callable[..., dict[str, Any]]
COURSE = {"example_title": "Data", "example_provider": "public"}


def dossiers(folder: SeminarFolder, audience: str, *subjects: str) -> list[Dossier]:
    collect(folder)
    build_dossiers(folder, submissions(folder.database))
    paths = (folder.dossiers / audience / f"{subject}.json" for subject in subjects)
    return [Dossier(json.loads(path.read_text("utf-8"))) for path in paths]


def report(link: str, **changed: Any) -> dict[str, Any]:
    return complete_report(examples=[{**COURSE, "example_link": link}], **changed)


def test_colleagues_and_countries_that_name_the_same_link_are_told(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """C09: on each country's page and on the comparison, whichever way the link was copied."""
    send("1.ipynb", filled("country_report", "GE-1", report("https://www.example.org/a")))
    other = report("http://example.org/a/?utm_source=x", legislation_link="https://example.org/b")
    send("2.ipynb", filled("country_report", "GE-2", other))
    send("3.ipynb", filled("country_report", "AM-1", report("https://example.org/a#top")))
    ge, am, compared = dossiers(folder, "core", "GE", "AM", "comparison")
    page = html(show.rows(ge, "Examples", "examples"))
    assert "Also named by Core participant 2, Georgia and Armenia." in page
    assert "Also named by NEO representative, Georgia and Armenia." in page
    assert "Also named by Georgia." in html(show.rows(am, "Examples", "examples"))
    assert "Also named" not in html(show.answers(ge, "Law", "legislation_link"))
    table = html(compare.links(compared, "The same link"))
    georgia = "Georgia (NEO representative, Georgia; Core participant 2, Georgia)"
    assert f"Armenia (NEO representative, Armenia)</div><div>{georgia}" in table
    assert "example.org/b" not in table


def test_a_link_of_a_report_that_is_not_public_is_not_told_to_the_public(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """C09 O24 O25"""
    send("1.ipynb", filled("country_report", "GE-1", report("https://www.example.org/a")))
    send("2.ipynb", filled("country_report", "AM-1", report("https://example.org/a", publish="no")))
    ge, compared = dossiers(folder, "public", "GE", "comparison")
    assert "Also named" not in html(show.rows(ge, "Examples", "examples"))
    assert compare.links(compared, "The same link") == EMPTY
