"""Add the wording of the question to older decisions that lack it.

Up to version 0.1.0 some decisions named only a row of a form. The wording of that row at that
moment is taken from the versions received by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import (
    QuestionOwned,
    QuestionParted,
    QuestionsJoined,
)
from seminarkit.core.store.read_store import arrived
from seminarkit.core.store.submission import Submission
from seminarkit.topics.questions.posted_questions import FORM, posted_ahead

Arrived = Sequence[tuple[str, Submission]]  # versions, each with its time of receipt
_WITHOUT_WORDS = (QuestionsJoined, QuestionOwned, QuestionParted)


def question_decisions(folder: SeminarFolder) -> list[Decision]:
    """Return the log of decisions, those on questions with their wording."""
    log = list(folder.decisions)
    if not any(isinstance(decision, _WITHOUT_WORDS) and not decision.asked for decision in log):
        return log
    return with_words(log, arrived(folder.database, FORM))


def with_words(log: Iterable[Decision], versions: Arrived) -> list[Decision]:
    """Return decisions with their wording, as far as a version received by then has it."""
    return [_with_words(decision, versions) for decision in log]


def _with_words(decision: Decision, versions: Arrived) -> Decision:
    if not isinstance(decision, _WITHOUT_WORDS) or decision.asked:
        return decision
    asked = _words(decision.question, decision.at, versions)
    if isinstance(decision, QuestionsJoined):
        other = _words(decision.other, decision.at, versions)
        return replace(decision, asked=asked, other_asked=other)
    return replace(decision, asked=asked)


def _words(question: str, at: str, versions: Arrived) -> str:
    """Return the wording of a row of a form at a moment; "" for chats, whose id is the wording.

    Of the versions received by then, the one saved last counts.
    """
    person = question.rpartition("-q")[0]
    by_then = [s for received_at, s in versions if s.person == person and received_at <= at]
    for version in sorted(by_then, key=_age, reverse=True):
        for row in posted_ahead([version]):
            if row.id == question:
                return row.text
    return ""


def _age(version: Submission) -> tuple[str, int, int]:
    return version.saved_at, version.rev, version.arrival
