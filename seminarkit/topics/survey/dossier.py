"""The dossiers of totals: of the survey, and of any other form that is summed up."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from seminarkit.core.forms.shapes import Choice
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.dossier_parts import Head, SeminarName


class Shown(TypedDict):
    """A count as it is shown: between two numbers (``most`` None: no end), in words and short."""

    least: int
    most: int | None
    words: str
    short: str


Counts = dict[str, Shown]  # by the name of the choice


class Group(TypedDict):
    """A group of people in the totals; ``by`` is all, region, profile, or part."""

    key: str
    by: str
    name: str
    answered: int
    shown: bool


class Numbers(TypedDict):
    """How new the numbers of one part are: as of which day, and when new ones come.

    ``day`` is empty before the first numbers; ``over`` says that the deadline has passed.
    """

    part: str
    day: str
    answered: int
    so_far: int
    changed: int
    more: int
    due: str
    over: bool


class TotalsQuestion(TypedDict):
    """A closed question with its counts by the key of the group."""

    name: str
    label: str
    several: bool
    choices: list[Choice]
    counts: dict[str, Counts]


class Response(TypedDict):
    """How many of a country have answered, of how many that are expected."""

    code: str
    name: str
    footnote: str | None
    region: str
    answered: int
    expected: int
    drafts: int


class TotalsDossier(Head):
    """The totals of one form. ``small`` and ``least_group`` are the limits below which is hidden.

    Core participants also see the response by country, where the board shows it.
    """

    seminar: SeminarName
    label: NotRequired[str]
    title: str
    answered: int
    expected: int
    small: int
    least_group: int
    numbers: list[Numbers]
    groups: list[Group]
    questions: list[TotalsQuestion]
    response: NotRequired[list[Response]]
    regions: NotRequired[list[str]]


class SliceQuestion(TypedDict):
    """A closed question with the counts of one group, whole, and of everybody, as last shown."""

    name: str
    label: str
    several: bool
    choices: list[Choice]
    here: Counts
    all: Counts


class SliceAnswer(TypedDict):
    """What one person of the group wrote."""

    by: str
    words: object


class SliceWords(TypedDict):
    """An open question with what the people of a group wrote."""

    name: str
    label: str
    answers: list[SliceAnswer]


class GroupSlice(TypedDict):
    """What the people of a discussion group answered: for its chair alone."""

    people: int
    answered: int
    questions: list[SliceQuestion]
    words: list[SliceWords]


Totals = Dossier[TotalsDossier]
