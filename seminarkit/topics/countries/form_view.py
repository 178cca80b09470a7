"""Show a whole form in its own order, whatever it asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from seminarkit.core.documents.pieces import EMPTY, Group, Piece, section
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.submissions.dossier import bare_name
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.topics.countries import country_charts
from seminarkit.topics.countries.dossier import Country
from seminarkit.topics.countries.question_view import question_pieces, row_table


def form_pieces(dossier: Country, name: str) -> Piece:
    """Return the answers to a form, one section per group; EMPTY if nobody answered.

    Raises UsageError for a form that country reports do not show.
    """
    outlines = dossier.data.get("outlines", {})
    if name not in outlines:
        raise UsageError(f"'{name}' is not a form that reports show.{did_you_mean(name, outlines)}")
    sections = [
        section(part["label"], list(_part(dossier, [f"{name}.{q}" for q in part["questions"]])))
        for part in outlines[name]
    ]
    return Group(tuple(part for part in sections if part != EMPTY))


def _part(dossier: Country, names: Sequence[str]) -> Iterator[Piece]:
    """Yield the answers of one group; consecutive questions with the same choices share a chart."""
    choices = dossier.data["choices"]
    for choices_key, questions in groupby(
        names, key=lambda name: str(choices.get(bare_name(name), ""))
    ):
        group = list(questions)
        if choices_key and len(group) > 1:
            chart = country_charts.states(dossier, *group)
            yield from [chart] if chart != EMPTY else []
        else:
            for name in group:
                yield from _question(dossier, name)


def _question(dossier: Country, name: str) -> Iterator[Piece]:
    rows = [row for _, row in dossier.rows(name)]
    table = row_table(dossier, name)
    if table is None or not rows:
        yield from question_pieces(dossier, name)
        return
    yield table
    heads = [row[0]["name"] for row in rows if row]
    numbers = {answer["name"]: answer for row in rows for answer in row if _is_number(answer)}
    for number, answer in numbers.items():
        unit = answer["label"].split("?")[0].lower()
        yield country_charts.numbers(dossier, name, name=heads[0], value=number, unit=unit)


def _is_number(answer: Answer) -> bool:
    return isinstance(answer.get("value"), int) and not isinstance(answer.get("value"), bool)
