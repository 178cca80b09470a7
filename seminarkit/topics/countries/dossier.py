"""Types of the dossiers of a country, of the comparison and of the overview."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from seminarkit.core.forms.outline import Part
from seminarkit.core.forms.shapes import Choice
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.dossier_parts import (
    AskedForm,
    Asking,
    Correction,
    Head,
    ReportDossier,
    SeminarName,
    SharedLink,
    SignMark,
)


class CountrySeminar(SeminarName):
    """The seminar, with the city of its time zone and the year in which it begins."""

    zone: str
    year: int


class FactSource(TypedDict):
    """The source of a fact; ``read`` is the day it was read, ``stored_copy`` an archived copy."""

    title: str
    publisher: str
    year: int | None
    url: str
    stored_copy: NotRequired[bool]
    read: NotRequired[str | None]


class CountryFact(TypedDict):
    """A public fact about a country."""

    topic: str
    text: str
    year: int | None
    sources: list[FactSource]


class ProgrammeLine(TypedDict):
    """A session, in the time of the seminar and of the country."""

    day: str
    hours: str
    local: str
    title: str
    access: str | None


class Sent(TypedDict):
    """How far one person is with a task, in words."""

    name: str
    words: str


class TaskState(TypedDict):
    """A task of the delegation, and how far it is."""

    title: str
    due: str
    state: str
    words: str
    people: list[Sent]


class CountryDossier(ReportDossier):
    """The dossier of one country.

    ``forms`` are entries by form, ``outlines`` the groups of questions of each form, ``choices``
    those of closed questions, ``asked`` the questions of the forms. Core participants also get the
    tasks with their state, and the forms that no task asks for (``beside``); ``signed`` is the day
    of the sign-off.
    """

    seminar: CountrySeminar
    facts: list[CountryFact]
    facts_not_found: NotRequired[list[str]]
    outlines: NotRequired[dict[str, list[Part]]]
    asked: NotRequired[dict[str, AskedForm]]
    choices: dict[str, list[Choice]]
    programme: list[ProgrammeLine]
    signature: NotRequired[SignMark]
    corrections: NotRequired[list[Correction]]
    signed: NotRequired[str]
    beside: NotRequired[list[str]]
    tasks: NotRequired[list[TaskState]]


class ComparedCountry(TypedDict):
    """A country in the comparison; ``reported``: its report is readable for the audience."""

    code: str
    name: str
    footnote: str | None
    region: str
    reported: bool


class ClosedQuestion(TypedDict):
    """A closed question with its choices."""

    name: str
    label: str
    choices: list[Choice]


class OpenQuestion(TypedDict):
    """An open question."""

    name: str
    label: str


class WrittenAnswer(TypedDict):
    """An open answer of one country, with everybody who gave it in the same words."""

    words: str
    by: list[str]


class ComparisonDossier(Asking):
    """The comparison; ``answers`` and ``texts`` are by country code and question name."""

    seminar: SeminarName
    regions: list[str]
    countries: list[ComparedCountry]
    questions: list[ClosedQuestion]
    answers: dict[str, dict[str, list[str]]]
    open: NotRequired[list[OpenQuestion]]
    texts: NotRequired[dict[str, dict[str, list[WrittenAnswer]]]]
    links: NotRequired[list[SharedLink]]
    signatures: NotRequired[dict[str, SignMark]]


class OverviewSeminar(SeminarName):
    """The seminar as the index page shows it."""

    theme: str
    dates: str


class Tile(TypedDict):
    """A country on the map: ``tile`` is its column and row, ``state`` that of its report."""

    code: str
    name: str
    footnote: str | None
    region: str
    tile: list[int]
    state: str
    words: str


class OverviewDossier(Head):
    """The overview: the state of every country's report."""

    seminar: OverviewSeminar
    regions: list[str]
    countries: list[Tile]


Country = Dossier[CountryDossier]
Comparison = Dossier[ComparisonDossier]
