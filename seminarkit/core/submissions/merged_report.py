"""Merges a delegation's reports into one: agreed answers are taken, the others are offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.shapes import CompiledForm, is_repeat, questions, rows_of
from seminarkit.core.seminar.model import JOINT
from seminarkit.core.store.submission import Submission

_Value = TypeVar("_Value")
_Version = TypeVar("_Version", bound=Submission)


@dataclass(frozen=True)
class Merged:
    """A draft of a joint report.

    ``answers`` contains the answers that all agree on, and all rows of repeated questions.
    ``offers`` maps each other question to its (person, answer) pairs.
    """

    answers: dict[str, object]
    offers: dict[str, list[tuple[str, object]]]


def counted_submissions(submissions: Sequence[_Version], form: str) -> list[_Version]:
    """Return a delegation's submissions of a form that count: the joint one, else all."""
    of_form = [s for s in submissions if s.form == form]
    return [s for s in of_form if s.subject == JOINT] or of_form


def merge(form: CompiledForm, submissions: Sequence[Submission]) -> Merged:
    """Merge the reports of one delegation by question; conflicting answers are left to people."""
    answers: dict[str, object] = {}
    offers: dict[str, list[tuple[str, object]]] = {}
    for field in questions(form["fields"]):
        name = field["name"]
        pairs = [(s.person, s.answers[name]) for s in submissions if not _blank(s.answers, name)]
        values = _distinct([value for _, value in pairs])
        if is_repeat(field):
            all_rows = [row for value in values for row in rows_of(value)]
            rows = _distinct([row for row in all_rows if not is_blank(row)])
            if rows:
                answers[name] = rows[: field["max"]]
        elif len(values) == 1:
            answers[name] = values[0]
        elif values:
            offers[name] = pairs
    return Merged(answers, offers)


def writers(name: str, value: object, submissions: Sequence[Submission]) -> list[str]:
    """Return the people who gave this answer in their own report."""
    return [s.person for s in submissions if s.subject != JOINT and s.answers.get(name) == value]


def row_writers(name: str, row: object, submissions: Sequence[Submission]) -> list[str]:
    """Return the people who gave this row of a repeated question in their own report."""
    return [
        s.person for s in submissions if s.subject != JOINT and row in rows_of(s.answers.get(name))
    ]


def _blank(answers: Mapping[str, object], name: str) -> bool:
    return is_blank(answers.get(name))


def _distinct(values: Iterable[_Value]) -> list[_Value]:
    distinct: list[_Value] = []
    for value in values:
        if value not in distinct:
            distinct.append(value)
    return distinct
