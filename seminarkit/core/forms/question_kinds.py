"""The registry of question types: how answers of each are checked, read and shown.

A new type needs an entry here, the same in form.js, and cases in tests/core/forms/vectors.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seminarkit.core.forms.shapes import QuestionField, choices_of, labels_of

Schema = dict[str, object]

MAX_CHARACTERS = 50_000
NO_ANSWER = "No answer yet"
TEXT: Schema = {"type": "string", "maxLength": MAX_CHARACTERS}
_INTEGER = re.compile(r"-?\d{1,15}")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)


class AnswersError(ValueError):
    """An answer does not fit its question; the message says which one and why."""


def _unchanged(words: str) -> object | None:
    return words


def _no_fault(value: object) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """A question type.

    ``check`` takes a question, a path and a received JSON value, and returns the answer to store or
    raises AnswersError. It accepts incomplete input, for which ``fault`` returns a message.
    ``schema`` is the JSON Schema of what ``check`` accepts. A type with ``choices`` has one of them
    or ``several`` as its answer. Other types are text in a Word form: ``read`` returns the answer
    or None, and then ``not_read`` ends the remark on it. ``words`` returns an answer as text, for
    previews, documents and mails. ``hint`` is shown below the label in Word.
    """

    name: str
    check: Callable[[QuestionField, str, object], object]
    schema: Callable[[QuestionField], Schema]
    hint: str = ""
    choices: bool = False
    several: bool = False
    fault: Callable[[object], str] = _no_fault
    read: Callable[[str], object | None] = _unchanged
    not_read: str = ""
    words: Callable[[object], str] = str


def json_kind(value: object) -> str:
    """Return the type of a JSON value in words."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    names = {str: "text", int: "a number", float: "a number", list: "a list", dict: "a block"}
    return names.get(type(value), "something else")


def text_answer(field: QuestionField, path: str, value: object) -> str:
    """Return an answer if it is text; else raise AnswersError."""
    if not isinstance(value, str):
        raise AnswersError(f"the answer to '{path}' is {json_kind(value)}, not text")
    return value


def _check_one_choice(field: QuestionField, path: str, value: object) -> str:
    name = text_answer(field, path, value)
    _check_names(field, path, [name])
    return name


def _check_several_choices(field: QuestionField, path: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise AnswersError(f"the answer to '{path}' is {json_kind(value)}, not a list of choices")
    _check_names(field, path, value)
    return value


def _check_names(field: QuestionField, path: str, names: Sequence[str]) -> None:
    choices = {name for name, _ in choices_of(field)}
    filled = "fill" in field  # its choices were codes that the seminar had when the form was made
    for name in names:
        if name not in choices and not (filled and _CODE.fullmatch(name)):
            raise AnswersError(f"'{name[:40]}' is not a choice of the question '{path}'")


def _check_integer(field: QuestionField, path: str, value: object) -> int | str:
    # an incomplete number is stored as text, and counts as a gap
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise AnswersError(f"the answer to '{path}' is {json_kind(value)}, not a number")
    digits = str(value)
    return int(digits) if digits.isascii() and _INTEGER.fullmatch(digits) else digits


def _read_number(words: str) -> int | None:
    return int(words) if _INTEGER.fullmatch(words) else None  # digits of any script


def _number_fault(value: object) -> str:
    return "" if isinstance(value, int) else "Write a whole number, such as 5."


def _one_choice_schema(field: QuestionField) -> Schema:
    return {"enum": [name for name, _ in choices_of(field)]}


def _several_choices_schema(field: QuestionField) -> Schema:
    filled = "fill" in field
    return {
        "type": "array",
        "items": {"type": "string", "maxLength": 60} if filled else _one_choice_schema(field),
    }


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", text_answer, lambda field: TEXT),
        Kind(
            "integer",
            _check_integer,
            lambda field: {"anyOf": [{"type": "integer"}, TEXT]},
            fault=_number_fault,
            read=_read_number,
            not_read="which is not a whole number",
        ),
        Kind("select_one", _check_one_choice, _one_choice_schema, hint="Tick one.", choices=True),
        Kind(
            "select_multiple",
            _check_several_choices,
            _several_choices_schema,
            choices=True,
            several=True,
        ),
    )
}


def kind_of(field: QuestionField) -> Kind:
    """Return the type of a question; a type unknown to this version of the kit counts as text."""
    return KINDS.get(field["type"], KINDS["text"])


def words_of(field: QuestionField, value: object) -> str:
    """Return an answer as text: choices by their labels, several separated by semicolons."""
    kind, labels = kind_of(field), labels_of(field)
    if not kind.choices:
        return kind.words(value)
    names = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(name, name) for name in map(str, names))
