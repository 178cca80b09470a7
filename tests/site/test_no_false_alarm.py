"""A row of numbers that everybody sees anyway gives nothing away, also for few countries (O25)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.site.leaks import leaks

FEW = {"least": 0, "most": 4, "short": "<5", "words": "fewer than 5"}
SOME = {"least": 5, "most": 9, "short": "5–9", "words": "5 to 9"}
MANY = {"least": 10, "most": 14, "short": "10–14", "words": "10 to 14"}
ALL = {"answered": 13, "by": "all", "key": "all", "name": "All countries", "shown": True}
REGION = {"answered": 10, "by": "region", "key": "east", "name": "The East", "shown": True}


def totals(folder: SeminarFolder, audience: str, **counts: dict[str, Any]) -> None:
    """Write the dossier of a survey in which one question was asked."""
    groups = [group for group in (ALL, REGION) if group["key"] in counts]
    question = {
        "name": "threat",
        "label": "A threat?",
        "choices": [["agree", "I agree"], ["disagree", "I disagree"]],
        "counts": counts,
    }
    path = folder.dossiers / audience / "survey.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"groups": groups, "questions": [question]}), "utf-8")


@pytest.mark.parametrize(
    ("east", "row", "found"),
    [
        (SOME, "5–9", False),  # the only region that answered has the numbers of all
        (SOME, "10–14", False),
        (MANY, "10–14", True),  # what nobody else may read
        (MANY, "5–9", False),
    ],
)
def test_a_region_with_the_numbers_of_all_is_no_leak(
    folder: SeminarFolder, east: dict[str, Any], row: str, found: bool
) -> None:
    """O25 U02: where few answered, publishing was refused for what the public page shows rightly."""
    everybody = {"agree": FEW, "disagree": SOME}
    totals(folder, "public", all=everybody)
    totals(folder, "core", all=everybody, east={"agree": FEW, "disagree": east})
    page = f"<table><tr><th>I disagree</th><td>{row}</td></tr></table>"
    assert bool(leaks(folder, {"public/survey.html": page})) is found
