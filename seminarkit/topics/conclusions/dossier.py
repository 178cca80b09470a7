"""Dossiers of the recap and of the conclusions, for core participants and for the public."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict, TypeIs

from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.dossier_parts import Head, SeminarName


class ReferenceLink(TypedDict):
    """A code named in a statement, with the link to what it refers to."""

    code: str
    words: str
    href: str


class SaidStatement(TypedDict):
    """One statement from a group's notes.

    ``unknown`` lists codes that refer to nothing, ``taken`` is the wording chosen for the public,
    and ``goes_to`` names the group that takes up an open question.
    """

    id: str
    kind: str
    text: str
    group: str
    by: str
    references: list[ReferenceLink]
    unknown: list[str]
    draft: bool
    seen: bool
    taken: str
    goes_to: str


class SaidPoint(TypedDict):
    """Statements joined into one point.

    ``differs`` is True if the groups filed them under different headings.
    """

    shared: bool
    groups: int
    differs: bool
    statements: list[SaidStatement]


class SaidSection(TypedDict):
    """The points under one heading; ``shared`` are those of several groups."""

    kind: str
    title: str
    shared: list[SaidPoint]
    single: list[SaidPoint]


class NotesState(TypedDict):
    """State of a group's notes; ``asked`` is the assigned note taker, ``by`` are the authors."""

    id: str
    title: str
    when: str
    state: str
    asked: str
    by: list[str]
    statements: int
    seen: bool
    changes: bool
    none_differed: bool


class Outcome(TypedDict):
    """A learning outcome with the ids of the statements that name it."""

    id: str
    text: str
    statements: list[str]
    groups: int


class CutPoint(TypedDict):
    """A point that could be left out, identified by its first statement."""

    id: str
    text: str
    words: int


class SpokenTime(TypedDict):
    """Time to read the points aloud; ``given`` if the programme states the minutes allowed."""

    words: int
    pace: int
    minutes: float
    allowed: float
    given: bool
    over: float
    cut: list[CutPoint]


class MiniAnswer(TypedDict):
    """One answer of a mini statement."""

    label: str
    shown: str


class MiniStatement(TypedDict):
    """A country's statement in the closing session."""

    code: str
    country: str
    by: str
    state: str
    answers: list[MiniAnswer]


class SummaryHead(Head):
    """Title and time of the session, for both audiences."""

    seminar: SeminarName
    title: str
    when: str


class SummaryDossier(SummaryHead):
    """A summary of the groups' notes, for core participants.

    ``urgent`` is a subset of ``attention``, ``steps`` maps a sentence to the command that settles
    it, and ``near`` maps a statement id to the ids of similar statements.
    """

    sections: list[SaidSection]
    groups: list[NotesState]
    urgent: list[str]
    attention: list[str]
    steps: NotRequired[dict[str, str]]
    near: dict[str, list[str]]
    outcomes: list[Outcome]
    spoken: SpokenTime
    footnotes: list[str]
    has_survey: NotRequired[bool]


class ConclusionsDossier(SummaryDossier):
    """The conclusions, with the mini statements and the countries that have sent none."""

    mini: list[MiniStatement]
    mini_missing: list[str]


class TakenPoint(TypedDict):
    """A wording chosen by the general rapporteur; ``shared`` if several groups made the point."""

    text: str
    shared: bool


class TakenSection(TypedDict):
    """The public points under one heading."""

    kind: str
    title: str
    points: list[TakenPoint]


class PublicSummaryDossier(SummaryHead):
    """The public summary.

    ``as_taken`` is the date of the choice if notes have changed since then.
    """

    sections: list[TakenSection]
    as_taken: NotRequired[str]


AnySummary = SummaryDossier | ConclusionsDossier | PublicSummaryDossier


Conclusions = Dossier[ConclusionsDossier]
CoreSummary = Dossier[SummaryDossier]
PublicSummary = Dossier[PublicSummaryDossier]
Summary = CoreSummary | PublicSummary


def for_public(summary: Summary) -> TypeIs[PublicSummary]:
    """Return whether a summary is the public one, with fewer fields."""
    return summary.public
