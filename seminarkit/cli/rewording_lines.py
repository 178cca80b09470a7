"""How commands show what was decided about older words, and settle it."""

from __future__ import annotations

from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.question_decisions import QuestionReworded
from seminarkit.topics.questions.discussion import Discussion
from seminarkit.topics.questions.posted_questions import Question


def words_of(question: Question) -> str:
    """Return the words that a decision on a question is about; those of a chat are in its id."""
    return "" if question.from_chat else question.text


def lost_questions(found: Discussion) -> dict[str, Question]:
    """Return, by the id it had, each question that was decided on and that nobody asks any more."""
    return {
        each.place: Question(each.place, each.was, "", person=each.place.rpartition("-q")[0])
        for each in found.lost
    }


def settled(found: Discussion, question: Question, *, holds: bool, at: str) -> list[Decision]:
    """Return the decisions that what was decided about a question's old words holds, or does not.

    Raises UsageError where there is nothing that could hold.
    """
    matter = found.find(question.id)
    waiting = [*(matter.rewordings if matter else ()), *found.lost]
    old = [each for each in waiting if question.id in (each.question or each.place,)]
    if holds and not old:
        raise UsageError(
            f"There is nothing to confirm for {question.id}: what was decided about it is about "
            "its present words. See: seminar questions"
        )
    return [
        QuestionReworded(question.id, each.place, question.text, each.was, holds, at=at)
        for each in old
    ]
