"""The shapes of compiled forms, answers and filled-in forms, as they are in JSON.

A compiled form (``definition.py``) is what form.js, the checks of answers and the collector
read. A payload is one version of the answers as it travels. JSON from outside is ``object`` until
``is_whole`` (``answer_versions.py``) or ``take`` (``topics/intake/payload.py``) has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict, TypeGuard, TypeVar

if TYPE_CHECKING:
    from typing_extensions import TypeIs

Audience = Literal["organisers", "chairs", "presenter", "group", "delegation", "core", "public"]
Tree = list[Any] | str | int | float  # an expression: a value, or a name and its arguments
Choice = list[str]  # name and label

# By the names of questions. Values are checked for the questions that a form asks; what came under
# another name is stored as it came, so a value is an object until somebody looks.
Answers = Mapping[str, object]


class KnownLine(TypedDict):
    """One line that the seminar knows: below a note, or with a ``code`` as a choice to tick."""

    text: str
    links: list[list[str]]  # words and address
    code: NotRequired[str]


class _Written(TypedDict):
    """What every field has, and what it may have."""

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


class QuestionField(_Written):
    """A question with one answer, of one of the ``KINDS`` (``kinds.py``).

    ``offers`` is what people of a delegation wrote where they differ.
    """

    type: str
    choices: NotRequired[list[Choice]]
    links: NotRequired[dict[str, str]]
    offers: NotRequired[list[list[object]]]  # name, words, answer


class NoteField(_Written):
    """A text that asks nothing, with what the seminar knows below it."""

    type: Literal["note"]
    lines: NotRequired[list[KnownLine]]


class RepeatField(_Written):
    """Questions that are answered several times, ``min`` to ``max``; ``row`` names one of them."""

    type: Literal["repeat"]
    row: str
    min: int
    max: int
    fields: list[QuestionField | NoteField]
    offers: NotRequired[list[list[object]]]  # name, words, answer


class GroupField(_Written):
    """Fields under one heading."""

    type: Literal["group"]
    fields: list[Field]


AnswerField = QuestionField | RepeatField
Field = QuestionField | NoteField | RepeatField | GroupField
AnyAnswerField = TypeVar("AnyAnswerField", QuestionField, AnswerField)
AnyField = TypeVar("AnyField", QuestionField | NoteField, Field)


class CompiledForm(TypedDict):
    """A form with expressions parsed and choices written out.

    ``consent`` is a question and the answer that allows publication. ``was`` leads from names that
    questions had before to those they have now. ``read_by`` is added where the seminar is known.
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
    """Who fills in a form."""

    id: str
    name: str
    role: str


class PersonalForm(CompiledForm):
    """A compiled form made out to one person. ``file`` is the name of its files, without ending."""

    subject: NotRequired[str]
    instance: str
    seminar: str
    country: str
    author: Author
    header: list[list[str]]  # term and text
    file: str
    remarks: NotRequired[list[str]]


class Version(TypedDict):
    """What a version of answers is identified by; see ``core/forms/answer_versions.py``."""

    instance: str
    country: str
    rev: int
    answers: Answers
    saved_at: NotRequired[str]
    ancestors: NotRequired[list[str]]
    salt: NotRequired[str]
    window: NotRequired[str]


class Payload(Version):
    """One version of the answers as it travels."""

    form: str
    form_version: str
    subject: NotRequired[str]
    seminar: str
    author: Author


def is_group(field: Field) -> TypeIs[GroupField]:
    """Say whether a field is a heading with fields below it."""
    return field["type"] == "group"


def is_repeat(field: Field) -> TypeIs[RepeatField]:
    """Say whether a field is a list of rows."""
    return field["type"] == "repeat"


def is_note(field: Field) -> TypeIs[NoteField]:
    """Say whether a field is a text that asks nothing."""
    return field["type"] == "note"


def is_question(field: Field) -> TypeIs[QuestionField]:
    """Say whether a field is a question with one answer."""
    return field["type"] not in ("group", "repeat", "note")


def questions(fields: Iterable[Field]) -> Iterator[AnswerField]:
    """Yield the fields of a compiled form that hold an answer, groups opened, repeats whole."""
    for field in fields:
        if is_group(field):
            yield from questions(field["fields"])
        elif not is_note(field):
            yield field


def row_questions(repeat: RepeatField) -> Iterator[QuestionField]:
    """Yield the questions that each row of a repeat answers."""
    for field in repeat["fields"]:
        if is_question(field):
            yield field


def fields_in(field: Field) -> Sequence[Field]:
    """Return the fields that a group or repeat holds; none of any other."""
    return field["fields"] if is_group(field) or is_repeat(field) else ()


def all_fields(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield every field of a compiled form: notes, groups and repeats, and what is in them."""
    for field in fields:
        yield field
        yield from all_fields(fields_in(field))


def choices_of(field: Field) -> Sequence[Choice]:
    """Return the choices of a question as name and label; none where nothing is ticked."""
    return field.get("choices", ()) if is_question(field) else ()


def labels_of(field: Field) -> dict[str, str]:
    """Return the labels of a question's choices, by their names."""
    return dict(choices_of(field))


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Say whether a JSON value is an object."""
    return isinstance(value, dict)


def is_texts(value: object) -> TypeGuard[list[str]]:
    """Say whether a JSON value is a list of texts."""
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def object_of(value: object) -> dict[str, object]:
    """Return a JSON value if it is an object, else an empty one."""
    return value if is_object(value) else {}


def list_of(value: object) -> list[object]:
    """Return a JSON value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def rows_of(value: object) -> list[dict[str, object]]:
    """Return an answer's rows; none where it is no list, and without what is no row."""
    return [row for row in value if is_object(row)] if isinstance(value, list) else []
