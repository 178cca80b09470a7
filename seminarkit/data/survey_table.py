"""The DataFrame of published totals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.data.frames import Column, Row
from seminarkit.data.lookup_errors import UnknownQuestion
from seminarkit.data.make_table import table
from seminarkit.data.source import Source
from seminarkit.topics.survey.dossier import TotalsDossier, TotalsQuestion

_BY = ("all", "region", "profile", "part")


def survey(source: Source, name: str | None, by: str) -> Any:
    """Return the published totals: one row per question, choice and group."""
    if by not in _BY[:3]:
        raise UsageError(f"by={by!r} is not known. Write one of: {', '.join(_BY[:3])}.")
    totals = source.totals()
    own = (name or "").rpartition(".")[2]
    if name and not any(q["name"] == own for total in totals for q in total["questions"]):
        closed = [q["name"] for total in totals for q in total["questions"]]
        hint = did_you_mean(own, closed)
        raise UnknownQuestion(f"No totals of '{name}' are issued.{hint}")
    rows = [
        row
        for total in totals
        for question in total["questions"]
        if own in ("", question["name"])
        for row in _totals(total, question, by)
    ]
    choices = dict.fromkeys(str(row["choice"]) for row in rows)
    columns = [
        Column("question"),
        Column("choice", "category", tuple(choices)),
        Column("label"),
        Column("group_by", "category", _BY),
        Column("group"),
        Column("least", "integer"),
        Column("most", "integer"),
        Column("shown", "boolean"),
        Column("answered", "integer"),
        Column("expected", "integer"),
    ]
    return table(source, "survey", columns, rows, {"question": name})


def _totals(dossier: TotalsDossier, question: TotalsQuestion, by: str) -> Iterator[Row]:
    """Yield the rows of one question; a suppressed count has no upper bound."""
    for group in dossier["groups"]:
        if group["by"] != by and not (by == "all" and group["by"] == "part"):
            continue
        counts = question["counts"].get(group["key"])
        for code, label in question["choices"]:
            count = counts[code] if counts else None
            yield {
                "question": question["name"],
                "choice": code,
                "label": label,
                "group_by": group["by"],
                "group": group["name"],
                "least": count["least"] if count else None,
                "most": count["most"] if count else None,
                "shown": count is not None and count["most"] is not None,
                "answered": group["answered"],
                "expected": dossier["expected"] if by == "all" else None,
            }
