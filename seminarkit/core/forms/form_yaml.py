"""Pydantic models of a form definition in YAML, with the column names of XLSForm."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from seminarkit.core.forms.question_kinds import KINDS
from seminarkit.core.forms.shapes import Audience

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
_STRUCTURE = ("note", "group", "repeat")


def _check_type(name: str) -> str:
    """Return the type of a field if it is known; a pydantic validator."""
    if name in KINDS or name in _STRUCTURE:
        return name
    *others, last = (f"'{kind}'" for kind in (*KINDS, *_STRUCTURE))
    raise ValueError(f"'type' is '{name}'; write one of {', '.join(others)} or {last}.")


def _as_list(names: object) -> object:
    return [names] if isinstance(names, str) else names


class _StrictModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_StrictModel):
    """A choice of a question."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")
    label: str


class Question(_StrictModel):
    """A question, a note, or a group or repeat of questions.

    ``audience`` can be narrower than that of the form. A ``private`` answer is for its author only
    and in no dossier. A ``quoted`` answer is shown to rapporteurs. A question with ``codes``
    contains codes of countries, questions or outcomes. ``fill`` names data of the seminar that is
    shown below a note or offered as choices. ``example`` is a good answer, made up; ``terms`` are
    glossary terms that the hint explains. ``was`` are earlier names of the question, whose answers
    are its answers.
    """

    type: Annotated[str, AfterValidator(_check_type)]
    name: Name
    was: Annotated[list[Name], BeforeValidator(_as_list)] = []
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


class Consent(_StrictModel):
    """The answer with which a person consents to publication on the public pages.

    If the form is not public, the consent covers only the questions in ``shows``.
    """

    question: Name
    answer: str
    shows: list[Name] = []


class Form(_StrictModel):
    """A form: its questions and who reads the answers.

    ``rooms`` are the sessions and groups whose members are the audiences ``chairs`` and ``group``;
    by default the groups on the form's case, else those of its author. The sentence on who reads
    the form is made from these; ``read_by`` in older forms is ignored. ``totals`` is the audience
    of the frequency counts of closed questions, with small counts suppressed; with ``totals_by``
    core participants see the counts by region or profile, too.
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
