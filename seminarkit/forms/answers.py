"""Judges a set of answers: are they of the right kind, what is still open, which receipt is theirs.

Everything works on a compiled form and on plain JSON, needs nothing beyond the standard library and
is safe on answers from anywhere. form.js does the same sums; tests/forms/vectors.json holds both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seminarkit.forms.expressions import evaluate, truth
from seminarkit.forms.links import bare_link

CompiledForm = dict[str, Any]

MAX_CHARACTERS = 50_000
MAX_ROWS = 50
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)
_BLANK = " \t\r\n\f\v\u00a0"
NOT_ANSWERED = "Not answered yet."
NOT_A_NUMBER = "Write a whole number, such as 5."


class AnswersError(ValueError):
    """The answers are not what the form asks for; the message says which one, and why."""


@dataclass(frozen=True)
class Gap:
    """One thing still to do: where (``examples.0.link``), the question's label, and what."""

    path: str
    label: str
    message: str


@dataclass(frozen=True)
class Progress:
    """How far a form is filled in: ``answered`` of ``total`` required questions, and the gaps."""

    answered: int
    total: int
    gaps: tuple[Gap, ...]

    @property
    def complete(self) -> bool:
        """Every required question is answered and nothing is wrong."""
        return not self.gaps

    def __str__(self) -> str:
        return f"{self.answered} of {self.total}"


def questions(fields: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the fields of a compiled form that hold an answer, groups opened, repeats whole."""
    for field in fields:
        if field["type"] == "group":
            yield from questions(field["fields"])
        elif field["type"] != "note":
            yield dict(field)


def all_fields(fields: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield every field of a compiled form: notes, groups and repeats, and what is in them."""
    for field in fields:
        yield field
        yield from all_fields(field.get("fields", ()))


def is_blank(value: Any) -> bool:
    """Say whether a value is no answer: nothing, white space, or a list or row of blanks."""
    if isinstance(value, str):
        return not value.strip(_BLANK)
    if isinstance(value, list):
        return all(is_blank(v) for v in value)
    if isinstance(value, dict):
        return all(is_blank(v) for v in value.values())
    return value is None


def check_types(form: CompiledForm, answers: Any) -> dict[str, Any]:
    """Return the answers without blanks; raises AnswersError when one is of the wrong kind.

    Answers to questions that the form does not (or no longer) ask are kept.
    """
    if not isinstance(answers, dict):
        raise AnswersError(f"the answers are {_kind(answers)}, not a list of named answers")
    known = {field["name"]: field for field in questions(form["fields"])}
    return {
        name: _checked(known.get(name), name, value)
        for name, value in answers.items()
        if not is_blank(value)
    }


def progress(form: CompiledForm, answers: Mapping[str, Any]) -> Progress:
    """Count the required questions that are answered, and list every gap in the form's order.

    A repeat counts as many as it asks for rows at least.
    """
    answered = total = 0
    gaps: list[Gap] = []
    for field in relevant_fields(form["fields"], answers):
        own = list(_gaps(field, field["name"], answers.get(field["name"], ""), answers))
        needed = field.get("min", int(field.get("required", False)))
        total += needed
        answered += min(needed, _good(field, answers.get(field["name"]), own))
        gaps += own
    return Progress(answered, total, tuple(gaps))


def relevant_fields(
    fields: list[dict[str, Any]], answers: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the questions that these answers make relevant, groups opened."""
    for field in fields:
        if "relevant" in field and not truth(evaluate(field["relevant"], answers)):
            continue
        if field["type"] == "group":
            yield from relevant_fields(field["fields"], answers)
        elif field["type"] != "note":
            yield field


def _good(field: Mapping[str, Any], value: Any, gaps: list[Gap]) -> int:
    """Return 1 for a question without a gap, for a repeat the number of rows without one."""
    if field["type"] != "repeat":
        return int(not gaps)
    bad = {gap.path.split(".")[1] for gap in gaps if "." in gap.path}
    rows = value if isinstance(value, list) else []
    return sum(str(i) not in bad and not is_blank(row) for i, row in enumerate(rows))


def _gaps(
    field: Mapping[str, Any], path: str, value: Any, answers: Mapping[str, Any]
) -> Iterator[Gap]:
    if field["type"] == "repeat":
        yield from _repeat_gaps(field, path, value if isinstance(value, list) else [], answers)
    elif is_blank(value):
        if field.get("required"):
            yield Gap(path, field["label"], NOT_ANSWERED)
    elif field["type"] == "integer" and not isinstance(value, int):
        yield Gap(path, field["label"], NOT_A_NUMBER)
    elif "constraint" in field and not truth(evaluate(field["constraint"], answers, value)):
        yield Gap(path, field["label"], field["message"])
    elif field.get("unique"):
        yield from _twin_gap(field, path, value, answers)


def _twin_gap(
    field: Mapping[str, Any], path: str, link: Any, answers: Mapping[str, Any]
) -> Iterator[Gap]:
    """Yield a gap if a row above holds the same link."""
    repeat, row = path.split(".")[:2]
    above = [bare_link(str(each.get(field["name"], ""))) for each in answers[repeat][: int(row)]]
    if bare_link(str(link)) in above:
        number = above.index(bare_link(str(link))) + 1
        yield Gap(path, field["label"], f"The same link as in number {number} above.")


def _repeat_gaps(
    field: Mapping[str, Any], path: str, rows: list[dict[str, Any]], answers: Mapping[str, Any]
) -> Iterator[Gap]:
    filled = [(i, row) for i, row in enumerate(rows) if not is_blank(row)]
    for i, row in filled:
        scope = {**answers, **row}
        for inner in relevant_fields(field["fields"], scope):
            yield from _gaps(
                inner, f"{path}.{i}.{inner['name']}", row.get(inner["name"], ""), scope
            )
    if len(filled) < field["min"]:
        yield Gap(path, field["label"], f"{len(filled)} of at least {field['min']} given.")


def _checked(field: Mapping[str, Any] | None, name: str, value: Any) -> Any:
    """Return a value without blanks, or raise if it is not of the field's kind."""
    if isinstance(value, str) and len(value) > MAX_CHARACTERS:
        raise AnswersError(
            f"the answer to '{name}' has {len(value):,} characters; {MAX_CHARACTERS:,} is the limit"
        )
    if field is None:
        return value
    kind = field["type"]
    if kind == "repeat":
        return _checked_rows(field, name, value)
    if kind == "select_multiple":
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise AnswersError(f"the answer to '{name}' is {_kind(value)}, not a list of choices")
        _check_choices(field, name, value)
        return value
    if kind == "integer":
        # a number half typed travels as the text it is, and counts as a gap
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise AnswersError(f"the answer to '{name}' is {_kind(value)}, not a number")
        return int(value) if _WHOLE.fullmatch(str(value)) else str(value)
    if not isinstance(value, str):
        raise AnswersError(f"the answer to '{name}' is {_kind(value)}, not text")
    if kind == "select_one":
        _check_choices(field, name, [value])
    return value


def _checked_rows(field: Mapping[str, Any], name: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise AnswersError(f"the answer to '{name}' is {_kind(value)}, not a list of rows")
    if len(value) > MAX_ROWS:
        raise AnswersError(f"'{name}' has {len(value)} rows; {MAX_ROWS} is the limit")
    inner = {f["name"]: f for f in field["fields"]}
    return [
        {k: _checked(inner.get(k), f"{name}.{i}.{k}", v) for k, v in row.items() if not is_blank(v)}
        for i, row in enumerate(value)
    ]


def _check_choices(field: Mapping[str, Any], name: str, picked: list[str]) -> None:
    known = {choice[0] for choice in field["choices"]}
    filled = "fill" in field  # with what was known when the form was made out: codes of questions
    for value in picked:
        if value not in known and not (filled and _CODE.fullmatch(value)):
            raise AnswersError(f"'{value[:40]}' is no choice of the question '{name}'")


def _kind(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    names = {str: "text", int: "a number", float: "a number", list: "a list", dict: "a block"}
    return names.get(type(value), "something else")
