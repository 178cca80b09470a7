"""A form as an organiser writes it: YAML with XLSForm's words, as the pydantic models read it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from seminarkit.core.forms.question_kinds import KINDS
from seminarkit.core.forms.shapes import Audience

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
_STRUCTURE = ("note", "group", "repeat")


def _known_type(name: str) -> str:
    """Return the type of a field if there is such a kind of question, or part of a form."""
    if name in KINDS or name in _STRUCTURE:
        return name
    *most, last = (f"'{known}'" for known in (*KINDS, *_STRUCTURE))
    raise ValueError(f"'type' is '{name}'; write one of {', '.join(most)} or {last}.")


def _listed(names: object) -> object:
    return [names] if isinstance(names, str) else names


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Strict):
    """One answer that a person can pick."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")
    label: str


class Question(_Strict):
    """One question, or a group or repeat of questions.

    ``audience`` is narrower than that of the form. What is ``private`` stays with who wrote it and
    is in no dossier; what is ``quoted`` is laid before who takes notes. ``codes`` holds codes of
    countries, questions or outcomes. ``fill`` names what the seminar knows and shows below a note,
    or offers as choices. ``example`` is a good answer, made up; ``terms`` are words of the
    glossary that stand explained in the hint. ``was`` are names that the question had before: what
    was answered under them is its answer.
    """

    type: Annotated[str, AfterValidator(_known_type)]
    name: Name
    was: Annotated[list[Name], BeforeValidator(_listed)] = []
    label: str
    hint: str = ""
    example: str = ""
    terms: list[str] = []
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    appearance: Literal["", "multiline", "url"] = ""
    max_words: int | None = Field(default=None, ge=1)
    audience: Audience | None = None
    private: bool = False
    quoted: bool = False
    codes: bool = False
    unique: bool = False
    choices: str = ""
    fill: Literal[
        "",
        "country_facts",
        "case",
        "case_questions",
        "group",
        "group_questions",
        "group_five",
        "group_reports",
    ] = ""
    row_label: str = ""
    min_rows: int = Field(default=0, ge=0)
    max_rows: int = Field(default=20, ge=1, le=50)
    fields: list[Question] = []


class Consent(_Strict):
    """The answer that allows a filled form on the public pages.

    Of a form that is not for the public it allows the questions in ``shows``, and no others.
    """

    question: Name
    answer: str
    shows: list[Name] = []


class Form(_Strict):
    """One form: what it asks, and who will read it.

    ``rooms`` are the sessions and groups whose people read what is for ``chairs`` or ``group``;
    without them it is the groups on the form's case, else those that its author sits in. The
    sentence on who reads it is made from these; a ``read_by`` of older forms is not shown.
    ``totals`` says who sees how many gave each answer to its closed questions, small numbers
    hidden; with ``totals_by`` core participants see it by region or profile, too.
    """

    form: Name
    version: str = Field(pattern=r"^[0-9]+(\.[0-9]+)*$")
    title: str
    intro: str = ""
    audience: Audience = "core"
    rooms: list[str] = []
    consent: Consent | None = None
    totals: Literal["core", "public"] | None = None
    totals_by: list[Literal["region", "profile"]] = []
    read_by: str = ""
    lang: str = "en"
    choices: dict[str, list[Choice]] = {}
    fields: list[Question] = Field(min_length=1)
