"""Decisions on questions, chats and public statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from seminarkit.core.seminar.decision import Decision


@dataclass(frozen=True)
class QuestionMarked(Decision):
    """The state of a question: open, chosen, parked, answered, or 'no question'.

    ``person`` is the author, empty for a chat. ``asked`` is the wording at the time of the
    decision. ``session`` is the session of the decision. ``to`` is the later session for a parked
    question. ``text`` is the answer or the reason.
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
    """The person responsible for the answer to a question; ``asked`` is its wording then."""

    kind = "question owned"
    about = ("question",)
    question: str
    person: str
    owner: str
    asked: str = ""


@dataclass(frozen=True)
class QuestionsJoined(Decision):
    """A decision to ask two questions together, with their wordings at that time."""

    kind = "questions joined"
    topic = "questions together"
    about = ("question", "other")
    question: str
    other: str
    asked: str = ""
    other_asked: str = ""


@dataclass(frozen=True)
class QuestionReworded(Decision):
    """A decision whether decisions on ``other``, the old wording, apply to ``question``."""

    kind = "question reworded"
    about = ("question", "other")
    question: str
    other: str
    asked: str
    other_asked: str
    holds: bool


@dataclass(frozen=True)
class QuestionPublished(Decision):
    """A decision whether to publish a chat question, and with which ``words``."""

    kind = "question published"
    about = ("question",)
    waits = True
    question: str
    asked: str
    shown: bool
    words: str = ""


@dataclass(frozen=True)
class QuestionParted(Decision):
    """A decision to ask a question separately again."""

    kind = "question parted"
    topic = "questions together"
    about = ("question",)
    question: str
    asked: str = ""


@dataclass(frozen=True)
class ChatTaken(Decision):
    """The saved chat of a session. Only messages to everyone are used.

    ``dropped`` counts direct messages, ``others`` messages to another audience, ``unclear``
    unreadable messages. Earlier versions counted all of these as ``dropped``.
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
    """A decision that two statements in notes mean the same. Each statement keeps its wording."""

    kind = "statements joined"
    topic = "statements together"
    about = ("statement", "other")
    statement: str
    other: str


@dataclass(frozen=True)
class StatementReworded(Decision):
    """A decision that earlier decisions on ``other``, the old wording, apply to ``statement``."""

    kind = "statement reworded"
    about = ("statement", "other")
    statement: str
    other: str


@dataclass(frozen=True)
class StatementParted(Decision):
    """A decision to list a statement separately again."""

    kind = "statement parted"
    topic = "statements together"
    about = ("statement",)
    statement: str


@dataclass(frozen=True)
class StatementTaken(Decision):
    """The wording of a statement that the general rapporteur adds to the public conclusions."""

    kind = "statement taken"
    topic = "public statement"
    about = ("statement",)
    waits = True
    statement: str
    person: str
    words: str


@dataclass(frozen=True)
class StatementLeft(Decision):
    """The removal of a statement from the public conclusions."""

    kind = "statement left"
    topic = "public statement"
    about = ("statement",)
    waits = True
    statement: str


def with_present_ids(decisions: Iterable[Decision], present: Mapping[str, str]) -> list[Decision]:
    """Return decisions in which old ids are replaced by current ids, as in ``present``."""
    return [_with_present_ids(decision, present) for decision in decisions]


def _with_present_ids(decision: Decision, present: Mapping[str, str]) -> Decision:
    changes = {
        name: present[old]
        for name in ("question", "statement", "other")
        if (old := str(getattr(decision, name, ""))) in present
    }
    return replace(decision, **changes) if changes else decision
