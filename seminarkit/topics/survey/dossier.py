"""Types of the dossiers of totals: of the survey and of other forms published as totals."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from seminarkit.core.forms.shapes import Choice
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.dossier_parts import Head, SeminarName


class Shown(TypedDict):
    """A count as it is published: an interval (``most`` None: open), in words and in short."""

    least: int
    most: int | None
    words: str
    short: str


Counts = dict[str, Shown]  # by name of the choice


class Group(TypedDict):
    """A group of respondents in the totals; ``by`` is all, region, profile or part."""

    key: str
    by: str
    name: str
    answered: int
    shown: bool


class Numbers(TypedDict):
    """The state of one part's numbers: the day of the last issue, and what the next one needs.

    ``day`` is empty before the first issue; ``over`` says that the deadline has passed.
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
    """A closed question with its published counts by group key."""

    name: str
    label: str
    several: bool
    choices: list[Choice]
    counts: dict[str, Counts]


class Response(TypedDict):
    """The response of one country: how many have answered, of how many expected."""

    code: str
    name: str
    footnote: str | None
    region: str
    answered: int
    expected: int
    drafts: int


class TotalsDossier(Head):
    """The totals of one form.

    ``small`` is the limit below which a count is suppressed, ``least_group`` the size of the
    smallest published group. Core participants also see the response by country if the form is on
    the board.
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
    """A closed question: the exact counts of one group, and everybody's as last published."""

    name: str
    label: str
    several: bool
    choices: list[Choice]
    here: Counts
    all: Counts


class SliceAnswer(TypedDict):
    """The answer of one person of the group to an open question."""

    by: str
    words: object


class SliceWords(TypedDict):
    """An open question with the answers of a group."""

    name: str
    label: str
    answers: list[SliceAnswer]


class GroupSlice(TypedDict):
    """The survey answers of a discussion group, for its chair alone."""

    people: int
    answered: int
    questions: list[SliceQuestion]
    words: list[SliceWords]


Totals = Dossier[TotalsDossier]
