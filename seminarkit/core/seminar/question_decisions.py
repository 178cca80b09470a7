"""What was decided on questions and taken in of chats, as kinds of decisions in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from seminarkit.core.seminar.decision import Decision


@dataclass(frozen=True)
class QuestionMarked(Decision):
    """What becomes of a question: open, chosen, parked, answered, or 'no question'.

    ``person`` is who asked it, empty for a chat; ``asked`` its words when it was marked;
    ``session`` where that was, ``to`` where a parked one goes, if it was said; ``text`` the answer
    or reason.
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
    """Who sees to it that a question is answered. ``asked`` are its words when that was decided."""

    kind = "question owned"
    about = ("question",)
    question: str
    person: str
    owner: str
    asked: str = ""


@dataclass(frozen=True)
class QuestionsJoined(Decision):
    """Two questions are asked together from now on; both keep their words.

    ``asked`` and ``other_asked`` are these words.
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
    """Whether what was decided about the words of ``other`` holds for ``question`` as well.

    ``asked`` are the new words, ``other_asked`` the old ones.
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
    """Whether a question of a chat stands on the public page, and in which words.

    ``asked`` are the words that were decided on; ``words`` others to be shown instead of them.
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
    """A question stands by itself again."""

    kind = "question parted"
    topic = "questions together"
    about = ("question",)
    question: str
    asked: str = ""


@dataclass(frozen=True)
class ChatTaken(Decision):
    """The saved chat of a session, and where it lies: as much of it as was said to everyone.

    ``dropped`` counts its direct messages, ``others`` those to another audience, ``unclear`` what
    was not understood. Earlier versions counted all of them as ``dropped``.
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
    """Two statements of notes say the same to whoever decided it; both keep their words."""

    kind = "statements joined"
    topic = "statements together"
    about = ("statement", "other")
    statement: str
    other: str


@dataclass(frozen=True)
class StatementReworded(Decision):
    """What was decided about the statement ``other``, in older words, holds for ``statement``."""

    kind = "statement reworded"
    about = ("statement", "other")
    statement: str
    other: str


@dataclass(frozen=True)
class StatementParted(Decision):
    """A statement stands by itself again."""

    kind = "statement parted"
    topic = "statements together"
    about = ("statement",)
    statement: str


@dataclass(frozen=True)
class StatementTaken(Decision):
    """The general rapporteur takes a statement over into the public conclusions, in these words.

    ``person`` is who had noted it.
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
    """A statement is not for the public any more."""

    kind = "statement left"
    topic = "public statement"
    about = ("statement",)
    waits = True
    statement: str


def with_present_ids(decisions: Iterable[Decision], present: Mapping[str, str]) -> list[Decision]:
    """Return decisions with the ids of now; ``present`` leads there from ids of earlier versions.

    The log is never changed, so what was decided under an old id goes on to hold.
    """
    return [_with_present_ids(each, present) for each in decisions]


def _with_present_ids(decision: Decision, present: Mapping[str, str]) -> Decision:
    changes = {
        name: present[old]
        for name in ("question", "statement", "other")
        if (old := str(getattr(decision, name, ""))) in present
    }
    return replace(decision, **changes) if changes else decision
