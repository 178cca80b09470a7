"""The dossiers of the questions: all for core participants, the audience's for the public."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from seminarkit.core.submissions.dossier_parts import Head, SeminarName


class Theme(TypedDict):
    """A theme of the seminar."""

    id: str
    title: str


class Reply(TypedDict):
    """What somebody replied in a chat."""

    by: str
    time: str
    text: str


class AskedQuestion(TypedDict):
    """One question with who asked it; ``why`` it is asked, and ``asks`` why it counts as one.

    ``person`` is an id, empty for a question from a chat, and ``code`` that of the country.
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
    """What was decided on words that are gone, beside the question nearest to them, if any."""

    id: str
    now: str
    place: str
    was: str
    decided: str


class MatterEntry(TypedDict):
    """Questions that are asked together, and how they stand.

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
    """A chat that was taken in, and how many of its lines were not."""

    name: str
    lines: int
    dropped: int
    others: int
    unclear: int
    notes: list[str]


class SessionName(TypedDict):
    """A session as the pages of questions name it."""

    id: str
    title: str
    when: str


class SessionQuestions(SessionName):
    """The ids of the matters on one session; ``order`` is that in which to take them up."""

    matters: list[str]
    order: list[str]
    chats: list[Chat]


class WaitingQuestion(TypedDict):
    """A question that is not public before somebody decides, and what may tell who asked."""

    id: str
    session: str
    text: str
    tells: list[str]


class Remark(TypedDict):
    """A line of a chat that asks nothing."""

    id: str
    session: str
    time: str
    by: str
    text: str


class QuestionsDossier(Head):
    """Every question with how it stands, and the lists of ids that are made of them."""

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
    """A question of the audience, without any name."""

    time: str
    text: str
    answered: bool
    answer: str


class PublicSession(SessionName):
    """What was asked aloud in a public session."""

    asked: list[PublicQuestion]


class PublicQuestionsDossier(Head):
    """What everybody may read of the questions."""

    seminar: SeminarName
    sessions: list[PublicSession]
