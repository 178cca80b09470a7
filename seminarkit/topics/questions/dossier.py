"""Types of the dossiers of questions, for core participants and for the public."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from seminarkit.core.submissions.dossier_parts import Head, SeminarName


class Theme(TypedDict):
    """A theme of the seminar."""

    id: str
    title: str


class Reply(TypedDict):
    """A reply to a question in a chat."""

    by: str
    time: str
    text: str


class AskedQuestion(TypedDict):
    """One question with its author.

    ``why`` is the author's reason, ``asks`` the sign by which it counts as a question. ``person``
    is an id, empty for a question from a chat, and ``code`` that of the country.
    """

    id: str
    text: str
    why: str
    by: str
    country: str
    time: str
    asks: str
    draft: bool
    about: str
    sessions: list[str]
    replies: list[Reply]
    person: NotRequired[str]
    code: NotRequired[str]


class Reworded(TypedDict):
    """The decisions on a lost wording, beside the question nearest to it, if any."""

    id: str
    now: str
    place: str
    was: str
    decided: str


class MatterEntry(TypedDict):
    """Questions that are asked together, and what was decided on them.

    ``marked_in`` is the session in which they were marked, ``to`` the one they are carried to.
    """

    questions: list[AskedQuestion]
    themes: list[str]
    mark: str
    text: str
    marked_in: str
    to: str
    owner: str
    reworded: list[Reworded]
    reactions: int


class CaseQuestions(TypedDict):
    """The ids of the matters on one case study."""

    id: str
    title: str
    matters: list[str]


class Chat(TypedDict):
    """A stored chat, and how many of its lines were left out."""

    name: str
    lines: int
    dropped: int
    others: int
    unclear: int
    notes: list[str]


class SessionName(TypedDict):
    """A session as the pages of questions show it."""

    id: str
    title: str
    when: str


class SessionQuestions(SessionName):
    """The ids of the matters on one session; ``order`` is the order to take them up in."""

    matters: list[str]
    order: list[str]
    chats: list[Chat]


class WaitingQuestion(TypedDict):
    """A question that waits for a decision to publish it, and what may identify its author."""

    id: str
    session: str
    text: str
    tells: list[str]


class Remark(TypedDict):
    """A line of a chat that is not a question."""

    id: str
    session: str
    time: str
    by: str
    text: str


class QuestionsDossier(Head):
    """All questions with the decisions on them, and lists of their ids."""

    seminar: SeminarName
    themes: list[Theme]
    matters: dict[str, MatterEntry]
    near: dict[str, list[str]]
    cases: list[CaseQuestions]
    sessions: list[SessionQuestions]
    nowhere: list[str]
    unanswered: list[str]
    silent: list[str]
    footnotes: list[str]
    lost: list[Reworded]
    waiting: list[WaitingQuestion]
    remarks: list[Remark]


class PublicQuestion(TypedDict):
    """A question from the audience, without any name."""

    time: str
    text: str
    answered: bool
    answer: str


class PublicSession(SessionName):
    """The published questions of a public session."""

    asked: list[PublicQuestion]


class PublicQuestionsDossier(Head):
    """The questions that are public."""

    seminar: SeminarName
    sessions: list[PublicSession]
