"""The dossiers of one country, of the countries compared, and of the overview."""

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
    """The seminar with the city of its clock, and the year in which it begins."""

    zone: str
    year: int


class FactSource(TypedDict):
    """Where a fact was read, and on which day; ``stored_copy``: the address leads to a copy."""

    title: str
    publisher: str
    year: int | None
    url: str
    stored_copy: NotRequired[bool]
    read: NotRequired[str | None]


class CountryFact(TypedDict):
    """Something that is publicly known of a country."""

    topic: str
    text: str
    year: int | None
    sources: list[FactSource]


class ProgrammeLine(TypedDict):
    """A session, in the seminar's time and in the country's."""

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
    """What the delegation was asked for and what has come."""

    title: str
    due: str
    state: str
    words: str
    people: list[Sent]


class CountryDossier(ReportDossier):
    """All that is known about one country.

    ``forms`` are entries by form, ``outlines`` the groups of each form, ``choices`` those of closed
    questions, ``asked`` what the forms ask. Core participants also have the tasks with what came,
    and the forms that no task asks for (``beside``); ``signed`` is the day of the sign-off.
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
    """A country in the comparison; ``reported``: it has a report that the audience may read."""

    code: str
    name: str
    footnote: str | None
    region: str
    reported: bool


class ClosedQuestion(TypedDict):
    """A question with choices."""

    name: str
    label: str
    choices: list[Choice]


class OpenQuestion(TypedDict):
    """A question that is answered in words."""

    name: str
    label: str


class WrittenAnswer(TypedDict):
    """The same words of one country, with everybody who wrote them."""

    words: str
    by: list[str]


class ComparisonDossier(Asking):
    """The countries compared: ``answers`` and ``texts`` by country's code and question's name."""

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
    """The seminar on the first page."""

    theme: str
    dates: str


class Tile(TypedDict):
    """A country on the map: its ``tile`` as column and row, and how far its report is."""

    code: str
    name: str
    footnote: str | None
    region: str
    tile: list[int]
    state: str
    words: str


class OverviewDossier(Head):
    """Which country has reported."""

    seminar: OverviewSeminar
    regions: list[str]
    countries: list[Tile]


Country = Dossier[CountryDossier]
Comparison = Dossier[ComparisonDossier]
