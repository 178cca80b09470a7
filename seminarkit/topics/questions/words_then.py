"""Adds to older decisions on questions the words that stood there when they were decided.

Up to version 0.1.0 some decisions named a row of a form alone. The words of that row at that moment
are found in the versions that were received by then.
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

Arrived = Sequence[tuple[str, Submission]]  # versions, each with the moment it was received
_WITHOUT_WORDS = (QuestionsJoined, QuestionOwned, QuestionParted)


def question_decisions(folder: SeminarFolder) -> list[Decision]:
    """Return the log of decisions, those on questions with the words they are about."""
    log = list(folder.decisions)
    if not any(isinstance(each, _WITHOUT_WORDS) and not each.asked for each in log):
        return log
    return with_words(log, arrived(folder.database, FORM))


def with_words(log: Iterable[Decision], versions: Arrived) -> list[Decision]:
    """Return decisions with their words, as far as a version that was there then holds them."""
    return [_with_words(each, versions) for each in log]


def _with_words(decision: Decision, versions: Arrived) -> Decision:
    if not isinstance(decision, _WITHOUT_WORDS) or decision.asked:
        return decision
    asked = _words(decision.question, decision.at, versions)
    if isinstance(decision, QuestionsJoined):
        other = _words(decision.other, decision.at, versions)
        return replace(decision, asked=asked, other_asked=other)
    return replace(decision, asked=asked)


def _words(question: str, at: str, versions: Arrived) -> str:
    """Return the words of a row of a form at a moment; empty for a chat's, whose id is its words.

    Of what had come by then the version counts that was saved last.
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
