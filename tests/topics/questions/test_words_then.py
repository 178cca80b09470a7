"""Decisions of 0.1.0 named a row of a form: the words that stood there then are found."""

from __future__ import annotations

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import (
    QuestionOwned,
    QuestionParted,
    QuestionsJoined,
)
from seminarkit.core.store.submission import Submission
from seminarkit.topics.questions.marks import matters
from seminarkit.topics.questions.posted_questions import FORM, posted_ahead
from seminarkit.topics.questions.words_then import with_words


def version(person: str, number: int, *questions: str) -> Submission:
    answers = {FORM: [{"question": each} for each in questions]}
    saved_at = f"2020-11-{number:02}T08:00:00Z"
    who = (f"{person}-{number}", number, saved_at, person[:2], person)
    return Submission(FORM, "", "1", *who, answers, 1, 1, True, "", number, "")


LATE_COPY = version("GE-1", 1, "Who pays?", "How long?")
ARRIVED = [
    ("2020-11-02T09:00:00Z", version("GE-1", 2, "Who pays in the end?", "How long does it take?")),
    ("2020-11-03T09:00:00Z", version("AM-1", 3, "Who bears the costs?")),
    ("2020-11-04T09:00:00Z", LATE_COPY),  # an older one that came late never counted
    ("2020-11-06T09:00:00Z", version("GE-1", 6, "May anybody teach?")),
]


def test_the_words_are_those_of_the_version_that_counted_then() -> None:
    """H04: before and after a row was reworded; what no version holds stays without words."""
    joined = QuestionsJoined("GE-1-q1", "AM-1-q1", at="2020-11-05T09:00:00Z")
    owned = QuestionOwned("GE-1-q1", "GE-1", "Team", at="2020-11-07T09:00:00Z")
    parted = QuestionParted("GE-1-q2", at="2020-11-07T09:00:00Z")
    early = QuestionParted("GE-1-q1", at="2020-11-01T09:00:00Z")
    chat = QuestionParted("d1-fuss-cabcde", at="2020-11-07T09:00:00Z")
    done = with_words([joined, owned, parted, early, chat], ARRIVED)
    assert [getattr(each, "asked", None) for each in done] == [
        "Who pays in the end?",
        "May anybody teach?",
        "How long does it take?",
        "",
        "",
    ]
    assert getattr(done[0], "other_asked", None) == "Who bears the costs?"
    known = QuestionsJoined("GE-1-q1", "AM-1-q1", "One?", "Two?", at=joined.at)
    assert with_words([known], ARRIVED) == [known]


def test_an_old_pair_with_a_changed_member_is_asked_again(kit: SeminarFolder) -> None:
    """H04: and a decision whose words are not known holds for the row as it is."""
    now = posted_ahead([ARRIVED[1][1], ARRIVED[3][1]])
    log: list[Decision] = [QuestionsJoined("GE-1-q1", "AM-1-q1", at="2020-11-05T09:00:00Z")]
    first, second = matters(kit.seminar, now, with_words(log, ARRIVED))
    assert {q.id for m in (first, second) for q in m.questions} == {"AM-1-q1", "GE-1-q1"}
    (old,) = second.rewordings
    assert (old.was, old.now) == ("Who pays in the end?", "May anybody teach?")
    (together,) = matters(kit.seminar, now, with_words(log, []))
    assert len(together.questions) == 2
