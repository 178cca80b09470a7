"""The dossiers of the recap and of the conclusions, for core participants and for the public."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict, TypeIs

from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.dossier_parts import Head, SeminarName


class ReferenceLink(TypedDict):
    """A code that a statement names, and the place that it leads to."""

    code: str
    words: str
    href: str


class SaidStatement(TypedDict):
    """A sentence of a group's notes.

    ``unknown`` are codes that lead nowhere, ``taken`` the words taken over for the public, and
    ``goes_to`` says to whom an open question goes.
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
    """Statements that say the same; ``differs``: the groups put it under different headings."""

    shared: bool
    groups: int
    differs: bool
    statements: list[SaidStatement]


class SaidSection(TypedDict):
    """The points under one heading, those of several groups apart."""

    kind: str
    title: str
    shared: list[SaidPoint]
    single: list[SaidPoint]


class NotesState(TypedDict):
    """How far the notes of a group are, ``asked`` of whom, and ``by`` whom."""

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
    """A point to leave out first, by its first statement."""

    id: str
    text: str
    words: int


class SpokenTime(TypedDict):
    """How long the points take; ``given``: the programme names the minutes that are allowed."""

    words: int
    pace: int
    minutes: float
    allowed: float
    given: bool
    over: float
    cut: list[CutPoint]


class MiniAnswer(TypedDict):
    """An answer of a mini statement."""

    label: str
    shown: str


class MiniStatement(TypedDict):
    """What a country says in the closing session."""

    code: str
    country: str
    by: str
    state: str
    answers: list[MiniAnswer]


class SummaryHead(Head):
    """What both audiences are told: the title and the hour of the session."""

    seminar: SeminarName
    title: str
    when: str


class SummaryDossier(SummaryHead):
    """What groups said, for core participants.

    ``urgent`` sentences are among those of ``attention``; ``steps`` mend them. ``near`` are ids of
    statements that might say the same.
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
    """The conclusions, with what countries say at the end, and which have sent nothing."""

    mini: list[MiniStatement]
    mini_missing: list[str]


class TakenPoint(TypedDict):
    """Words that the general rapporteur took over; ``shared`` by several groups."""

    text: str
    shared: bool


class TakenSection(TypedDict):
    """What was taken over, under one heading of the notes."""

    kind: str
    title: str
    points: list[TakenPoint]


class PublicSummaryDossier(SummaryHead):
    """What everybody may read of it; ``as_taken``: since when, where the notes have changed."""

    sections: list[TakenSection]
    as_taken: NotRequired[str]


AnySummary = SummaryDossier | ConclusionsDossier | PublicSummaryDossier


Conclusions = Dossier[ConclusionsDossier]
CoreSummary = Dossier[SummaryDossier]
PublicSummary = Dossier[PublicSummaryDossier]
Summary = CoreSummary | PublicSummary


def for_public(summary: Summary) -> TypeIs[PublicSummary]:
    """Say whether a summary is that for everybody, which has other parts."""
    return summary.public
