"""The kinds of question: the one registry of what is checked, written, read back and shown.

A new kind is one entry here, its twin in form.js, and its cases in tests/core/forms/vectors.json.
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
_WHOLE_NUMBER = re.compile(r"-?\d{1,15}")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)


class AnswersError(ValueError):
    """The answers are not what the form asks for; the message says which one, and why."""


def _as_it_is(words: str) -> object | None:
    return words


def _no_fault(value: object) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    ``check`` returns an answer from outside as it is stored, by question, its path and the JSON
    value, and raises AnswersError; what is half typed passes, and ``fault`` says what is wrong with
    it. ``schema`` is the JSON Schema of what ``check`` lets pass. Of a kind with ``choices`` one is
    ticked, or ``several``; any other is a text, which ``read`` turns into an answer where somebody
    wrote it in Word, or into None, and then ``not_read`` ends the remark on it. ``words`` gives an
    answer back as text: in a preview, a document, a mail. ``hint`` stands below the label in Word.
    """

    name: str
    check: Callable[[QuestionField, str, object], object]
    schema: Callable[[QuestionField], Schema]
    hint: str = ""
    choices: bool = False
    several: bool = False
    fault: Callable[[object], str] = _no_fault
    read: Callable[[str], object | None] = _as_it_is
    not_read: str = ""
    words: Callable[[object], str] = str


def json_kind(value: object) -> str:
    """Return in words what a JSON value is."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    names = {str: "text", int: "a number", float: "a number", list: "a list", dict: "a block"}
    return names.get(type(value), "something else")


def text_answer(field: QuestionField, path: str, value: object) -> str:
    """Return an answer that must be text; raises AnswersError where it is not."""
    if not isinstance(value, str):
        raise AnswersError(f"the answer to '{path}' is {json_kind(value)}, not text")
    return value


def _one_choice(field: QuestionField, path: str, value: object) -> str:
    name = text_answer(field, path, value)
    _check_choices(field, path, [name])
    return name


def _several_choices(field: QuestionField, path: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise AnswersError(f"the answer to '{path}' is {json_kind(value)}, not a list of choices")
    _check_choices(field, path, value)
    return value


def _check_choices(field: QuestionField, path: str, names: Sequence[str]) -> None:
    known = {name for name, _ in choices_of(field)}
    filled = "fill" in field  # with what was known when the form was made out: codes of questions
    for name in names:
        if name not in known and not (filled and _CODE.fullmatch(name)):
            raise AnswersError(f"'{name[:40]}' is no choice of the question '{path}'")


def _whole_number(field: QuestionField, path: str, value: object) -> int | str:
    # a number half typed travels as the text it is, and counts as a gap
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise AnswersError(f"the answer to '{path}' is {json_kind(value)}, not a number")
    digits = str(value)
    return int(digits) if digits.isascii() and _WHOLE_NUMBER.fullmatch(digits) else digits


def _read_number(words: str) -> int | None:
    return int(words) if _WHOLE_NUMBER.fullmatch(words) else None  # in digits of any script


def _number_fault(value: object) -> str:
    return "" if isinstance(value, int) else "Write a whole number, such as 5."


def _one_of(field: QuestionField) -> Schema:
    return {"enum": [name for name, _ in choices_of(field)]}


def _some_of(field: QuestionField) -> Schema:
    filled = "fill" in field
    return {
        "type": "array",
        "items": {"type": "string", "maxLength": 60} if filled else _one_of(field),
    }


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", text_answer, lambda field: TEXT),
        Kind(
            "integer",
            _whole_number,
            lambda field: {"anyOf": [{"type": "integer"}, TEXT]},
            fault=_number_fault,
            read=_read_number,
            not_read="which is no whole number",
        ),
        Kind("select_one", _one_choice, _one_of, hint="Tick one.", choices=True),
        Kind("select_multiple", _several_choices, _some_of, choices=True, several=True),
    )
}


def kind_of(field: QuestionField) -> Kind:
    """Return the kind of a question. A form of a later version may have one that is not known:
    it is read as text.
    """
    return KINDS.get(field["type"], KINDS["text"])


def words_of(field: QuestionField, value: object) -> str:
    """Return one answer as a person reads it: choices by their labels, several by semicolons."""
    kind, labels = kind_of(field), labels_of(field)
    if not kind.choices:
        return kind.words(value)
    names = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(name, name) for name in map(str, names))
