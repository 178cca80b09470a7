"""One report from several: what people agree on is taken, where they differ somebody chooses."""

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
    """A joint report to begin with.

    ``answers`` holds what all who answered agree on, and every row that anybody gave. ``offers``
    maps each other question to what was given, as (person, answer) pairs.
    """

    answers: dict[str, object]
    offers: dict[str, list[tuple[str, object]]]


def counted(submissions: Sequence[_Version], form: str) -> list[_Version]:
    """Return what stands for a delegation in a form: its joint one, or else each person's."""
    given = [s for s in submissions if s.form == form]
    return [s for s in given if s.subject == JOINT] or given


def merge(form: CompiledForm, submissions: Sequence[Submission]) -> Merged:
    """Merge the reports of one delegation question by question; nothing is chosen by itself."""
    answers: dict[str, object] = {}
    offers: dict[str, list[tuple[str, object]]] = {}
    for field in questions(form["fields"]):
        name = field["name"]
        given = [(s.person, s.answers[name]) for s in submissions if not _blank(s.answers, name)]
        values = _distinct([value for _, value in given])
        if is_repeat(field):
            every = [row for value in values for row in rows_of(value)]
            rows = _distinct([row for row in every if not is_blank(row)])
            if rows:
                answers[name] = rows[: field["max"]]
        elif len(values) == 1:
            answers[name] = values[0]
        elif values:
            offers[name] = given
    return Merged(answers, offers)


def writers(name: str, value: object, submissions: Sequence[Submission]) -> list[str]:
    """Return the people who gave this very answer in their own report: where it comes from."""
    return [s.person for s in submissions if s.subject != JOINT and s.answers.get(name) == value]


def row_writers(name: str, row: object, submissions: Sequence[Submission]) -> list[str]:
    """Return the people who gave this very row of a repeated question."""
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
