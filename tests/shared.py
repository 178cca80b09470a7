"""What tests of several rooms use: the repository's root, and a complete country report."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pytest

from seminarkit.topics.intake.reader import PartRead

ROOT = Path(__file__).resolve().parent.parent


def by_day(values: Iterable[Any], *, every: int) -> list[Any]:
    """Return cases of which every so many-th is tried each time, and the others in the night."""
    rows = [value if isinstance(value, tuple) else (value,) for value in values]
    marks = [[pytest.mark.nightly] if number % every else [] for number in range(len(rows))]
    return [pytest.param(*row, marks=mark) for row, mark in zip(rows, marks, strict=True)]


def arrives(path: Path, text: str) -> Path:
    """Write a file that has lain there for a moment: collect waits for one that is just written."""
    path.write_text(text, encoding="utf-8")
    then = path.stat().st_mtime - 3
    os.utime(path, (then, then))
    return path


def log_of(root: Path, name: str) -> Path:
    """Return the one log of a name that was written in this folder."""
    (path,) = (root / "received" / "logs").glob(f"*/{name}.jsonl")
    return path


def keep_countries(root: Path, codes: Collection[str]) -> None:
    """Cut a seminar.yml to a few countries, their contacts and delegations.

    Reports, pages and documents of each country are made in the same way: for what holds of any
    of them, a few are enough, and a walk over all commands takes a fraction of the time.
    """
    path = root / "seminar.yml"
    others = rf"^  (?!{'|'.join(codes)})[A-Z]{{2}}:.*\n(?:    - .*\n)*"
    path.write_text(re.sub(others, "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")


def complete_report(**changed: Any) -> dict[str, Any]:
    """Return a complete country report, some answers changed."""
    return {
        "examples": [
            {
                "example_title": "Data analysis for teachers",
                "example_provider": "public",
                "example_credits": 6,
                "example_link": "https://www.example.org/data",
            }
        ],
        "institutions_share": "few",
        "institutions": "Two public universities offer them.",
        "legislation": "The law does not name them.",
        "evaluated": "By the faculty.",
        "accredited": "Not by themselves.",
        "recognised": "Case by case.",
        "has_definition": "absent",
        "has_law": "in_preparation",
        "has_level": "absent",
        "has_quality": "in_place",
        "has_recognition": "unknown",
        "opportunity": "Re-training of teachers.",
        "obstacle": "No level in the framework.",
        "publish": "yes",
        **changed,
    }


# a page of every form: whose it is, and the rest of its file name
EVERY_FORM = [
    ("GE-NEO", "nomination"),
    ("GE-NEO", "sign_off"),
    ("GE-2", "pre_survey"),
    ("GE-2", "country_report"),
    ("GE-2", "questions"),
    ("GE-2", "case_review-ghent"),
    ("GE-2", "registration"),
    ("GE-2", "reading_notes"),
    ("GE-2", "own_institution"),
    ("GE-2", "strategy_plan-national"),
    ("GE-2", "recognition_case"),
    ("GE-2", "mini_statement"),
    ("GE-2", "learning_check-before"),
    ("decker", "case_study_submission-ghent"),
    ("decker", "day_notes-g-ghent"),
    ("GE-2", "group_notes-g-national"),
]


def only(parts: list[PartRead]) -> PartRead:
    """Return the one part that was read of a file."""
    assert len(parts) == 1, parts
    return parts[0]
