"""The JSON types of compiled forms, answers and payloads, and helpers to read them.

A compiled form (``definition.py``) is read by form.js, the checks of answers and the collector. A
payload is one version of the answers as it is sent. Received JSON is an ``object`` until
``is_whole`` (``answer_versions.py``) or ``take`` (``topics/intake/payload.py``) has checked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict, TypeGuard, TypeVar

if TYPE_CHECKING:
    from typing_extensions import TypeIs

Audience = Literal["organisers", "chairs", "presenter", "group", "delegation", "core", "public"]
Tree = list[Any] | str | int | float  # an expression: a value, or a name and its arguments
Choice = list[str]  # name and label

# By question name. Values are checked for the questions of a form only; values under other names
# are stored as received, so the type of a value is ``object``.
Answers = Mapping[str, object]


class KnownLine(TypedDict):
    """A line of seminar data: shown below a note, or with a ``code`` offered as a choice."""

    text: str
    links: list[list[str]]  # words and address
    code: NotRequired[str]


class _CommonKeys(TypedDict):
    """The common keys of all fields."""

    name: str
    label: str
    hint: NotRequired[str]
    example: NotRequired[str]
    required: NotRequired[bool]
    appearance: NotRequired[str]
    max_words: NotRequired[int]
    private: NotRequired[bool]
    quoted: NotRequired[bool]
    codes: NotRequired[bool]
    unique: NotRequired[bool]
    fill: NotRequired[str]
    audience: NotRequired[Audience]
    relevant: NotRequired[Tree]
    constraint: NotRequired[Tree]
    message: NotRequired[str]


class QuestionField(_CommonKeys):
    """A question with one answer, of a type in ``KINDS`` (``question_kinds.py``).

    ``offers`` are the different answers that members of a delegation gave.
    """

    type: str
    choices: NotRequired[list[Choice]]
    links: NotRequired[dict[str, str]]
    offers: NotRequired[list[list[object]]]  # name, words, answer


class NoteField(_CommonKeys):
    """A text without an answer, with seminar data below it."""

    type: Literal["note"]
    lines: NotRequired[list[KnownLine]]


class RepeatField(_CommonKeys):
    """Questions that are answered ``min`` to ``max`` times; ``row`` is the label of a row."""

    type: Literal["repeat"]
    row: str
    min: int
    max: int
    fields: list[QuestionField | NoteField]
    offers: NotRequired[list[list[object]]]  # name, words, answer


class GroupField(_CommonKeys):
    """Fields under a heading."""

    type: Literal["group"]
    fields: list[Field]


AnswerField = QuestionField | RepeatField
Field = QuestionField | NoteField | RepeatField | GroupField
AnyAnswerField = TypeVar("AnyAnswerField", QuestionField, AnswerField)
AnyField = TypeVar("AnyField", QuestionField | NoteField, Field)


class CompiledForm(TypedDict):
    """A form definition with expressions parsed and choices written out.

    ``consent`` is a question and the answer that allows publication. ``was`` maps earlier names of
    questions to present names. ``read_by`` is added once the seminar is known.
    """

    form: str
    version: str
    title: str
    intro: NotRequired[str]
    rooms: NotRequired[list[str]]
    audience: Audience
    consent: NotRequired[list[str]]
    consent_shows: NotRequired[list[str]]
    totals: NotRequired[Literal["core", "public"]]
    totals_by: NotRequired[list[Literal["region", "profile"]]]
    was: NotRequired[dict[str, str]]
    lang: str
    read_by: NotRequired[str]
    fields: list[Field]


class Author(TypedDict):
    """The person who fills in a form."""

    id: str
    name: str
    role: str


class PersonalForm(CompiledForm):
    """A compiled form for one person; ``file`` is the name of its files without extension."""

    subject: NotRequired[str]
    instance: str
    seminar: str
    country: str
    author: Author
    header: list[list[str]]  # term and text
    file: str
    remarks: NotRequired[list[str]]


class Version(TypedDict):
    """The fields that identify a version of answers; see ``core/forms/answer_versions.py``."""

    instance: str
    country: str
    rev: int
    answers: Answers
    saved_at: NotRequired[str]
    ancestors: NotRequired[list[str]]
    salt: NotRequired[str]
    window: NotRequired[str]


class Payload(Version):
    """One version of the answers as it is sent: a submission before it is checked."""

    form: str
    form_version: str
    subject: NotRequired[str]
    seminar: str
    author: Author


def is_group(field: Field) -> TypeIs[GroupField]:
    """Return whether a field is a group: a heading with fields below it."""
    return field["type"] == "group"


def is_repeat(field: Field) -> TypeIs[RepeatField]:
    """Return whether a field is a repeat: a list of rows."""
    return field["type"] == "repeat"


def is_note(field: Field) -> TypeIs[NoteField]:
    """Return whether a field is a note: a text without an answer."""
    return field["type"] == "note"


def is_question(field: Field) -> TypeIs[QuestionField]:
    """Return whether a field is a question with one answer."""
    return field["type"] not in ("group", "repeat", "note")


def questions(fields: Iterable[Field]) -> Iterator[AnswerField]:
    """Yield the fields with an answer, also those in groups; a repeat is one field."""
    for field in fields:
        if is_group(field):
            yield from questions(field["fields"])
        elif not is_note(field):
            yield field


def row_questions(repeat: RepeatField) -> Iterator[QuestionField]:
    """Yield the questions of a repeat."""
    for field in repeat["fields"]:
        if is_question(field):
            yield field


def fields_in(field: Field) -> Sequence[Field]:
    """Return the fields in a group or repeat; none for other fields."""
    return field["fields"] if is_group(field) or is_repeat(field) else ()


def all_fields(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield all fields, with the fields inside groups and repeats."""
    for field in fields:
        yield field
        yield from all_fields(fields_in(field))


def choices_of(field: Field) -> Sequence[Choice]:
    """Return the choices of a question as [name, label]; none if it has no choices."""
    return field.get("choices", ()) if is_question(field) else ()


def labels_of(field: Field) -> dict[str, str]:
    """Return the labels of a question's choices, by name."""
    return dict(choices_of(field))


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def is_texts(value: object) -> TypeGuard[list[str]]:
    """Return whether a JSON value is a list of texts."""
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def object_of(value: object) -> dict[str, object]:
    """Return a JSON value if it is an object, else an empty object."""
    return value if is_object(value) else {}


def list_of(value: object) -> list[object]:
    """Return a JSON value if it is a list, else an empty list."""
    return value if isinstance(value, list) else []


def rows_of(value: object) -> list[dict[str, object]]:
    """Return the objects in a list as rows; none if the value is not a list."""
    return [row for row in value if is_object(row)] if isinstance(value, list) else []
