"""Does the README list the columns that tables have?"""

from __future__ import annotations

import re

import pytest
from shared import ROOT

from seminarkit import data
from seminarkit.core.seminar.folder import SeminarFolder

_ROW = re.compile(r"^\| `([a-z_]+\([^`]*\))`[^|]*\| ([^|]+) \|$", re.MULTILINE)
LISTED = dict(_ROW.findall((ROOT / "README.md").read_text("utf-8")))
_BY_FORM = re.compile(r"a column per [a-z ]+")


def columns(listed: str) -> list[str]:
    """Return the names in a row of the README, those of the answers' key written out."""
    whole = LISTED['answers("obstacle")'].split(", question")[0]
    words = listed.replace("as `answers` to role;", f"{whole},").replace("email for", "email for ")
    names = re.split(r"[,;] ", words)
    return [
        name.split(" for ")[0].strip() for name in names if not _BY_FORM.fullmatch(name.strip())
    ]


def test_every_table_is_listed() -> None:
    """J04"""
    tables = {name.split("(")[0] for name in LISTED}
    not_listed = {"read", "read_file", "reports", "decisions", "to_csv", "to_excel"}
    assert tables | not_listed == {name for name in data.__all__ if name.islower()}


@pytest.mark.parametrize("call", LISTED)
def test_the_readme_lists_the_columns(call: str, answered: SeminarFolder) -> None:
    """J04: for organisers all, for the public those without a *."""
    listed = columns(LISTED[call])
    for audience in ("organisers", "public"):
        material = data.read(answered.root, audience=audience)  # type: ignore[arg-type]
        name, _, given = call.partition("(")
        try:
            table = eval(f"material.{name}({given}", {"material": material})
        except data.AudienceError:
            assert audience == "public" and name in ("people", "status")
            continue
        wanted = [each.rstrip("*") for each in listed if audience != "public" or "*" not in each]
        there = [
            column for column in table.columns if column in {each.rstrip("*") for each in listed}
        ]
        assert there == wanted
        if "a column per" not in LISTED[call]:
            assert list(table.columns) == there
