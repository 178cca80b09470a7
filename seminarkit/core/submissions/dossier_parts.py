"""Filled forms as dossiers hold them, and what all dossiers have in common.

These are ``typing_extensions``' TypedDicts: below Python 3.12, pydantic makes no schema of others.
"""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from seminarkit.core.forms.shapes import Audience, Choice

SCHEMAS = "schemas"  # the folder in that of the dossiers, for JSON Schemas of them
_Writers = TypedDict("_Writers", {"from": NotRequired[list[str]]})


class Answer(_Writers):
    """An answer: its value with its words (``shown``), or the ``rows`` of a repeated question.

    ``row`` names one of the rows. In a joint form, ``from`` are the names of who of the delegation
    gave this answer, and ``rows_from`` those of each row.
    """

    name: str
    label: str
    value: NotRequired[object]
    shown: NotRequired[str]
    row: NotRequired[str]
    rows: NotRequired[list[list[Answer]]]
    rows_from: NotRequired[list[list[str]]]


class Entry(TypedDict):
    """One filled form. ``about`` is the name of its ``subject``, ``progress`` as "3 of 5".

    The public is shown none of ``receipt``, ``saved_at``, ``late``, ``person`` (the id) and
    ``role``. ``country`` is the name of the writer's country, where people of several have written.
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
    """A field of a compiled form as far as tables of its answers must know it."""

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
    """A form that a reader may read, without what only its page shows."""

    form: str
    version: str
    title: str
    audience: Audience
    lang: str
    fields: list[AskedField]


class SeminarName(TypedDict):
    """The seminar as a report names it; dossiers of early versions lack its title."""

    title: NotRequired[str]
    series: str


class Head(TypedDict):
    """What every dossier begins with: what it is on, and who may read it."""

    subject: str
    audience: Audience


class Asking(Head):
    """A dossier that says which questions a notebook may name: bare, and as ``form.question``."""

    asks: NotRequired[list[str]]


class CountryName(TypedDict):
    """A country: its name as printed, and as a sentence has it."""

    code: str
    name: str
    in_text: str
    footnote: str | None
    region: str


class NamedLink(TypedDict):
    """A link as one report names it, with who signed it."""

    code: str
    country: str
    by: str
    url: str


class SharedLink(TypedDict):
    """A link that several reports name."""

    named: list[NamedLink]


class SignMark(TypedDict):
    """What a page says of the sign-off: ``state`` for its readers, the day, and what changed."""

    state: str
    day: str
    changed: list[str]


class Correction(TypedDict):
    """What somebody says is wrong, old or missing in the facts, and the names of who says so."""

    text: str
    by: list[str]


class ReportDossier(Asking):
    """A dossier on one country, with the forms that its people filled in and the links in them."""

    country: CountryName
    forms: dict[str, list[Entry]]
    links: list[SharedLink]
