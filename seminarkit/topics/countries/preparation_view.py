"""Show what core participants prepared beside the report: reviews, plans, cases, statements.

Each function returns an empty piece if nobody answered; public dossiers contain no preparation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from seminarkit.core.documents.pieces import Answer as Answered
from seminarkit.core.documents.pieces import (
    Cell,
    Column,
    Group,
    Heading,
    Line,
    Piece,
    Rows,
    Table,
    Text,
    section,
)
from seminarkit.core.documents.text_lines import line, person_lines
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.core.submissions.dossier_parts import Answer, Entry
from seminarkit.topics.countries.dossier import Country


def sheets(dossier: Country, heading: str, *names: str) -> Piece:
    """Show the answers to these questions, one sheet per submission, by what it is about.

    ``heading`` is the title of the section, ``names`` are the questions. Raises UsageError for a
    question that no form asks.
    """
    dossier.must_ask(*names)
    by_subject: dict[str, list[Piece]] = {}
    for _, entry in dossier.entries():
        answers = _answers(entry)
        if selected := [answers[name] for name in names if name in answers]:
            by_subject.setdefault(entry["about"], []).append(sheet(selected, entry))
    parts: list[Piece] = []
    for about, pieces in by_subject.items():
        parts += [Heading(about[:1].upper() + about[1:], 3)] if about else []
        parts += pieces
    return section(heading, parts)


def records(dossier: Country, heading: str, name: str, *, title: str) -> Piece:
    """Show each row of a repeated question as a sheet under its answer to ``title``.

    ``name`` is the repeated question, ``title`` one of its columns. Raises UsageError for a
    question that no form asks.
    """
    dossier.must_ask(name, title)
    parts: list[Piece] = []
    for _, entry in dossier.entries():
        for row in _rows(_answers(entry).get(name)):
            titles = [answer_words(answer) for answer in row if answer["name"] == title]
            rest = [answer for answer in row if answer["name"] != title]
            parts += [Heading(" · ".join(titles) or entry["title"], 3), sheet(rest, entry)]
    return section(heading, parts)


def pairs(
    dossier: Country, heading: str, left: str, right: str, *, title: str, about: Sequence[str] = ()
) -> Piece:
    """Show the rows of two repeated questions side by side, one table per submission.

    ``left`` and ``right`` are the repeated questions. The answer to ``title`` is the heading of a
    table, the answers to ``about`` are its caption. Raises UsageError for a question that no form
    asks.
    """
    dossier.must_ask(left, right, title, *about)
    parts: list[Piece] = []
    for _, entry in dossier.entries():
        answers = _answers(entry)
        sides = [answers[name] for name in (left, right) if name in answers]
        if sides:
            head = answer_words(answers[title]) if title in answers else entry["title"]
            caption = " · ".join(answer_words(answers[name]) for name in about if name in answers)
            parts += [Heading(head, 3), _two_columns(sides, caption or head), signature(entry)]
    return section(heading, parts)


def sheet(answers: Sequence[Answer], entry: Entry) -> Group:
    """Return the answers of one submission in a frame, with its author."""
    lines = [Answered(answer["label"], person_lines(answer_words(answer))) for answer in answers]
    return Group((*lines, signature(entry)), "sheet")


def signature(entry: Entry) -> Text:
    """Return the author of a submission, with a remark if it is a draft."""
    draft = "" if entry["state"] == "complete" else f", a draft, {entry['progress']} answered"
    return Text(line(entry["by"] + draft), "by")


def _answers(entry: Entry) -> dict[str, Answer]:
    return {answer["name"]: answer for answer in entry["answers"]}


def _rows(answer: Answer | None) -> list[list[Answer]]:
    return answer.get("rows", []) if answer else []


def _two_columns(sides: Sequence[Answer], caption: str) -> Table:
    columns = (Column("no", "No."), *(Column(side["name"], side["label"]) for side in sides))
    rows = tuple(
        (Cell(number), *map(_item, row))
        for number, row in enumerate(zip_longest(*map(_rows, sides), fillvalue=[]), start=1)
    )
    name = "_".join(side["name"] for side in sides)
    return Table(name, caption, columns, (Rows(rows),), look="beside")


def _item(row: Sequence[Answer]) -> Cell:
    """Return a row as a cell: its first answer, then the others below their labels."""
    return Cell("; ".join(map(answer_words, row)), tuple(_item_lines(row)))


def _item_lines(row: Sequence[Answer]) -> Iterator[Line]:
    for number, answer in enumerate(row):
        if number:
            yield line(answer["label"], "quiet")
        yield from person_lines(answer_words(answer))
