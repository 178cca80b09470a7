"""The shapes of filled forms in dossiers, and the common parts of all dossiers.

They use ``typing_extensions``' TypedDict: below Python 3.12, pydantic needs it for JSON Schemas.
"""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from seminarkit.core.forms.shapes import Audience, Choice

SCHEMAS = "schemas"  # the subfolder of dossiers/ for their JSON Schemas
_Writers = TypedDict("_Writers", {"from": NotRequired[list[str]]})


class Answer(_Writers):
    """An answer: its value with its text (``shown``), or the ``rows`` of a repeated question.

    ``row`` is the word for one row. In a joint form, ``from`` lists the names of the people of the
    delegation who gave this answer, and ``rows_from`` those for each row.
    """

    name: str
    label: str
    value: NotRequired[object]
    shown: NotRequired[str]
    row: NotRequired[str]
    rows: NotRequired[list[list[Answer]]]
    rows_from: NotRequired[list[list[str]]]


class Entry(TypedDict):
    """One filled form. ``about`` is the name of its ``subject``, ``progress`` is as in "3 of 5".

    Public dossiers contain no ``receipt``, ``saved_at``, ``late``, ``person`` (the id) or
    ``role``. ``country`` is given where authors from several countries are listed.
    """

    title: str
    subject: str
    about: str
    by: str
    state: str
    progress: str
    answers: list[Answer]
    receipt: NotRequired[str]
    saved_at: NotRequired[str]
    late: NotRequired[bool]
    person: NotRequired[str]
    role: NotRequired[str]
    form_version: NotRequired[str]
    country: NotRequired[str]


class AskedField(TypedDict):
    """A field of a compiled form, with the keys that tables of answers need."""

    type: str
    name: str
    label: str
    hint: NotRequired[str]
    audience: NotRequired[Audience]
    required: NotRequired[bool]
    relevant: NotRequired[object]
    appearance: NotRequired[str]
    unique: NotRequired[bool]
    choices: NotRequired[list[Choice]]
    row: NotRequired[str]
    min: NotRequired[int]
    fields: NotRequired[list[AskedField]]


class AskedForm(TypedDict):
    """A form that the reader may read, without the keys that only its page uses."""

    form: str
    version: str
    title: str
    audience: Audience
    lang: str
    fields: list[AskedField]


class SeminarName(TypedDict):
    """The names of the seminar; dossiers of early versions have no title."""

    title: NotRequired[str]
    series: str


class Head(TypedDict):
    """The head of every dossier: its subject and its audience."""

    subject: str
    audience: Audience


class Asking(Head):
    """A dossier with its question names: bare, and as ``form.question``."""

    asks: NotRequired[list[str]]


class CountryName(TypedDict):
    """A country: its printed name, and its name within a sentence."""

    code: str
    name: str
    in_text: str
    footnote: str | None
    region: str


class NamedLink(TypedDict):
    """A link in one report, with its author."""

    code: str
    country: str
    by: str
    url: str


class SharedLink(TypedDict):
    """A link that several reports contain."""

    named: list[NamedLink]


class SignMark(TypedDict):
    """The sign-off on a page: ``state`` for the audience, the day, and the changed questions."""

    state: str
    day: str
    changed: list[str]


class Correction(TypedDict):
    """A correction of the known facts, with the names of the people who sent it."""

    text: str
    by: list[str]


class ReportDossier(Asking):
    """A dossier on one country, with the filled forms of its delegation and their links."""

    country: CountryName
    forms: dict[str, list[Entry]]
    links: list[SharedLink]
