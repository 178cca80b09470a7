"""Pieces of a page of totals: all answers, by region and profile, and the response.

Notebooks call one function per cell. ``title`` is the heading of the section; a function returns
EMPTY where it has nothing to show. Counts are numbers of respondents, as published: exact, as an
interval such as "5 to 9", as "fewer than 5", or not shown (disclosure/suppression.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from seminarkit.core.documents.pieces import (
    CORE,
    EMPTY,
    Cell,
    Chart,
    Column,
    Group,
    Heading,
    Look,
    Piece,
    Rows,
    Table,
    Text,
    Title,
    section,
)
from seminarkit.core.documents.text_lines import line
from seminarkit.core.number_words import count
from seminarkit.topics.survey.charts_view import split, total
from seminarkit.topics.survey.dossier import (
    Numbers,
    Response,
    Shown,
    Totals,
    TotalsQuestion,
)
from seminarkit.topics.survey.slides_view import slide_pieces

_SMALL = "A count below {small}, including zero, is shown as “fewer than {small}”. "
_PARTS = (
    "Numbers by region and profile are shown in steps of {small}. Groups of fewer than "
    "{least_group} people are not shown. "
)
_WORKED_OUT = (
    "Some numbers could be worked out from others, shown here or earlier, or by a delegation that "
    "knows its own answers. These are shown less exactly, or left out. New numbers appear only "
    "when enough answers are new or changed."
)
_RULE = _SMALL + _PARTS + _WORKED_OUT
_RULE_OF_ALL = _SMALL + _WORKED_OUT
_LESS = (
    "Numbers are shown when at least {least_group} people have answered, so that nobody can be "
    "recognised."
)


def heading(dossier: Totals) -> Piece:
    """Show the title, the date of the numbers with the response, and the rule on small numbers."""
    answered = any(numbers["so_far"] for numbers in dossier.data["numbers"])
    lead = " ".join(as_of(dossier, numbers) for numbers in dossier.data["numbers"])
    drafts = sum(row["drafts"] for row in dossier.data.get("response", []))
    if drafts:
        verb = "is" if drafts == 1 else "are"
        lead += f" {count(drafts, 'draft').capitalize()} {verb} not counted."
    return Title(
        dossier.data["title"],
        kicker=dossier.data["seminar"]["series"],
        lead=lead if answered else "There are no answers yet.",
        notes=(line(rule(dossier)),),
        seminar=dossier.data["seminar"].get("title", ""),
        readers="" if dossier.public else CORE,
    )


def as_of(dossier: Totals, numbers: Numbers) -> str:
    """Return a sentence on the date of one part's numbers, and how many changes they leave out."""
    head = f"{numbers['part']}: " if numbers["part"] else ""
    response_words = f"{numbers['answered']} of {dossier.data['expected']} core participants"
    if not numbers["day"]:
        return f"{head}{response_words} have answered."
    words = f"{head}As of {numbers['day']}, {response_words} have answered."
    if changed := numbers["changed"]:
        one = changed == 1
        changes = "One answer is new or changed" if one else f"{changed} answers are new or changed"
        words += f" {changes} since then, and {'is' if one else 'are'} not in these numbers yet."
    return words


def rule(dossier: Totals) -> str:
    """Return the sentences on how small numbers are suppressed."""
    by = {group["by"] for group in dossier.data["groups"]}
    words = _RULE if by & {"region", "profile"} else _RULE_OF_ALL
    return (words if dossier.data["questions"] else _LESS).format(**dossier.data)


def slides(dossier: Totals) -> Piece:
    """Show the charts for slides, fewer and larger than those of the page; core only."""
    if dossier.public or not dossier.data.get("response"):
        return EMPTY
    return Group(tuple(slide_pieces(dossier, rule(dossier))))


def totals(dossier: Totals, title: str) -> Piece:
    """Draw one bar chart per closed question: how many respondents gave each answer.

    For a form that is filled in before and after, both are side by side, as ``by`` draws them.
    """
    if len(dossier.data["numbers"]) > 1:
        return by(dossier, title, "part")
    return _section(title, ((q, total(dossier, q)) for q in dossier.data["questions"]))


def by(dossier: Totals, title: str, kind: str) -> Piece:
    """Draw one chart per closed question, with one column per region, profile or part; core only.

    ``kind`` is region, profile or part. Groups that are too small to be published are named in a
    note.
    """
    left_out = [
        f"{group['name']} ({group['answered']})"
        for group in dossier.data["groups"]
        if group["by"] == kind and not group["shown"]
    ]
    words = (
        f"Not shown, as fewer than {dossier.data['least_group']} answered: {', '.join(left_out)}."
    )
    note = [Text(line(words), "note")] if left_out else []
    return _section(title, ((q, split(dossier, q, kind)) for q in dossier.data["questions"]), note)


def numbers(dossier: Totals, title: str) -> Piece:
    """Show all published counts: one table per question, a row per answer, a column per group."""
    parts: list[Piece] = []
    for question in dossier.data["questions"]:
        parts += [Heading(question["label"], 3), _counts(dossier, question)]
    return section(title, parts)


def _counts(dossier: Totals, question: TotalsQuestion) -> Table:
    groups = [group for group in dossier.data["groups"] if group["shown"]]
    columns = (
        Column("answer", "Answer"),
        *(
            Column(re.sub(r"\W", "_", group["key"]), f"{group['name']} ({group['answered']})")
            for group in groups
        ),
    )
    rows = tuple(
        (Cell(label), *(_count(question["counts"][group["key"]][name]) for group in groups))
        for name, label in question["choices"]
    )
    several = " People could choose several answers." if question["several"] else ""
    note = f"The number in brackets shows how many answered. A dash means: not shown.{several}"
    return Table(question["name"], note, columns, (Rows(rows),), look="numbers")


def _count(published: Shown) -> Cell:
    """Return a published count as a cell: a number where it is exact, else text."""
    words = published["short"]
    return Cell(int(words) if words.isdecimal() else words)


def response(dossier: Totals, title: str) -> Piece:
    """Show how many of each country have answered, of how many expected; core only.

    The table has one row per country, grouped by region, with complete answers and drafts.
    """
    if not dossier.data.get("response"):
        return EMPTY
    columns = (
        Column("country", "Country"),
        Column("answered", "Answered"),
        Column("drafts", "Drafts"),
    )
    groups = tuple(_region(dossier.data["response"], region) for region in dossier.data["regions"])
    note = "Complete answers, and how many are expected from each delegation."
    notes = {c["footnote"]: c["name"] for c in dossier.data["response"] if c["footnote"]}
    footnotes = [Text(line(f"{name} {note}"), "footnote") for note, name in notes.items()]
    return section(title, [Table("response", note, columns, groups), *footnotes])


def _region(response: Iterable[Response], region: str) -> Rows:
    rows = [row for row in response if row["region"] == region]
    answered, expected = (sum(row[key] for row in rows) for key in ("answered", "expected"))
    return Rows(tuple(map(_response, rows)), f"{region}: {answered} of {expected}")


def _response(row: Response) -> tuple[Cell, ...]:
    done = row["answered"] >= row["expected"]
    look: Look = "complete" if done else "draft" if row["answered"] or row["drafts"] else "missing"
    words = f"{row['answered']} of {row['expected']}"
    return Cell(row["name"]), Cell(words, (line(words, look),)), Cell(row["drafts"] or None)


def _section(
    title: str,
    charts: Iterable[tuple[TotalsQuestion, Chart | None]],
    note: list[Text] | None = None,
) -> Piece:
    parts: list[Piece] = []
    for question, chart in charts:
        parts += [Heading(question["label"], 3), chart] if chart else []
    return section(title, [*(note or []), *parts] if parts else [])
