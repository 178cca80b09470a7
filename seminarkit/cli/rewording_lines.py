"""Decisions about older words of a question: how commands show and settle them."""

from __future__ import annotations

from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.question_decisions import QuestionReworded
from seminarkit.topics.questions.discussion import Discussion
from seminarkit.topics.questions.posted_questions import Question


def words_of(question: Question) -> str:
    """Return the text that a decision on a question stores; a chat question has it in its id."""
    return "" if question.from_chat else question.text


def lost_questions(found: Discussion) -> dict[str, Question]:
    """Return, by their former ids, the decided questions that are no longer asked."""
    return {
        wording.place: Question(
            wording.place, wording.was, "", person=wording.place.rpartition("-q")[0]
        )
        for wording in found.lost
    }


def settled(found: Discussion, question: Question, *, holds: bool, at: str) -> list[Decision]:
    """Return the decisions that settle whether earlier ones hold for a question's new words.

    Raises UsageError if there is no earlier decision to confirm.
    """
    matter = found.find(question.id)
    waiting = [*(matter.rewordings if matter else ()), *found.lost]
    old = [item for item in waiting if question.id in (item.question or item.place,)]
    if holds and not old:
        raise UsageError(
            f"There is nothing to confirm for {question.id}: what was decided about it is about "
            "its present words. See: seminar questions"
        )
    return [
        QuestionReworded(question.id, item.place, question.text, item.was, holds, at=at)
        for item in old
    ]
