"""Kinds of decisions on questions, chats and public statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from seminarkit.core.seminar.decision import Decision


@dataclass(frozen=True)
class QuestionMarked(Decision):
    """The state of a question: open, chosen, parked, answered, or 'no question'.

    ``person`` is its author, empty for a chat; ``asked`` its wording when it was marked;
    ``session`` where it was marked, ``to`` where a parked one is taken up, if known; ``text`` the
    answer or reason.
    """

    kind = "question marked"
    about = ("question",)
    question: str
    person: str
    asked: str
    mark: str
    session: str = ""
    to: str = ""
    text: str = ""


@dataclass(frozen=True)
class QuestionOwned(Decision):
    """The person responsible for an answer; ``asked`` is the wording of the question then."""

    kind = "question owned"
    about = ("question",)
    question: str
    person: str
    owner: str
    asked: str = ""


@dataclass(frozen=True)
class QuestionsJoined(Decision):
    """Two questions are asked together from now on; both keep their wording.

    ``asked`` and ``other_asked`` are their wordings at that time.
    """

    kind = "questions joined"
    topic = "questions together"
    about = ("question", "other")
    question: str
    other: str
    asked: str = ""
    other_asked: str = ""


@dataclass(frozen=True)
class QuestionReworded(Decision):
    """Whether the decisions on ``other``, an old wording, also hold for ``question``.

    ``asked`` is the new wording, ``other_asked`` the old one.
    """

    kind = "question reworded"
    about = ("question", "other")
    question: str
    other: str
    asked: str
    other_asked: str
    holds: bool


@dataclass(frozen=True)
class QuestionPublished(Decision):
    """Whether a question of a chat is on the public page, and in which words.

    ``asked`` is the wording that was decided on; ``words``, if any, are shown instead.
    """

    kind = "question published"
    about = ("question",)
    waits = True
    question: str
    asked: str
    shown: bool
    words: str = ""


@dataclass(frozen=True)
class QuestionParted(Decision):
    """A question is asked by itself again."""

    kind = "question parted"
    topic = "questions together"
    about = ("question",)
    question: str
    asked: str = ""


@dataclass(frozen=True)
class ChatTaken(Decision):
    """The saved chat of a session, and the file that contains it: messages to everyone only.

    ``dropped`` counts its direct messages, ``others`` those to another audience, ``unclear`` those
    that could not be parsed. Earlier versions counted all of them as ``dropped``.
    """

    kind = "chat taken"
    session: str
    sha256: str
    name: str
    dropped: int
    notes: list[str]
    others: int = 0
    unclear: int = 0


@dataclass(frozen=True)
class StatementsJoined(Decision):
    """Two statements in notes say the same; both keep their wording."""

    kind = "statements joined"
    topic = "statements together"
    about = ("statement", "other")
    statement: str
    other: str


@dataclass(frozen=True)
class StatementReworded(Decision):
    """The decisions on ``other``, an older wording, hold for ``statement``."""

    kind = "statement reworded"
    about = ("statement", "other")
    statement: str
    other: str


@dataclass(frozen=True)
class StatementParted(Decision):
    """A statement is listed by itself again."""

    kind = "statement parted"
    topic = "statements together"
    about = ("statement",)
    statement: str


@dataclass(frozen=True)
class StatementTaken(Decision):
    """The general rapporteur adds a statement to the public conclusions, in these words.

    ``person`` is the author of the notes.
    """

    kind = "statement taken"
    topic = "public statement"
    about = ("statement",)
    waits = True
    statement: str
    person: str
    words: str


@dataclass(frozen=True)
class StatementLeft(Decision):
    """A statement is removed from the public conclusions."""

    kind = "statement left"
    topic = "public statement"
    about = ("statement",)
    waits = True
    statement: str


def with_present_ids(decisions: Iterable[Decision], present: Mapping[str, str]) -> list[Decision]:
    """Return decisions with current ids; ``present`` maps ids of earlier versions to them.

    The log is never changed, so decisions on an old id still hold.
    """
    return [_with_present_ids(decision, present) for decision in decisions]


def _with_present_ids(decision: Decision, present: Mapping[str, str]) -> Decision:
    changes = {
        name: present[old]
        for name in ("question", "statement", "other")
        if (old := str(getattr(decision, name, ""))) in present
    }
    return replace(decision, **changes) if changes else decision
