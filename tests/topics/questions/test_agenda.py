"""Does every country have its turn, and does what was decided go on to the next chair?"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.decision_log import Decisions
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import (
    QuestionMarked,
    QuestionOwned,
    QuestionParted,
    QuestionsJoined,
)
from seminarkit.topics.questions.agenda import (
    by_turns,
    for_session,
    handed_over,
    unanswered,
    without_question,
)
from seminarkit.topics.questions.marks import Matter, MatterState, matters, matters_and_lost
from seminarkit.topics.questions.posted_questions import Question
from seminarkit.topics.questions.question_sessions import (
    attended_sessions,
    next_session,
    sessions_about,
)

AT = "2020-11-26T10:00:00Z"
COUNTRIES = ["GE", "AM", "KZ", "MA", "XK", ""]


def question(id: str, about: str = "ghent", text: str = "Who pays?", **more: object) -> Question:
    country = id[:2] if id[2] == "-" and id[0] != "d" else ""
    person = id[:4] if country else ""
    return Question(id, text, about, country, person, **more)  # type: ignore[arg-type]


def marked(
    id: str, mark: str, text: str = "", asked: str = "Who pays?", **more: str
) -> QuestionMarked:
    return QuestionMarked(id, id[:4], asked, mark, text=text, at=AT, **more)


one_matter = st.builds(
    lambda number, countries, mark, reactions: Matter(
        tuple(
            Question(
                f"{code or 'chat'}-1-q{number}", "Who pays?", "ghent", code, reactions=reactions
            )
            for code in countries
        ),
        MatterState(mark, by="x"),
    ),
    st.integers(1, 99),
    st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=3, unique=True),
    st.sampled_from(["open", "chosen", "parked", "answered"]),
    st.integers(0, 50),
)


@given(st.lists(one_matter, max_size=30), st.integers(0, 10))
def test_every_country_is_in_the_list_whatever_the_marks_and_votes(
    asked: list[Matter], more: int
) -> None:
    """H03: for any marks, reactions and order, cut after as many as there are countries or later."""
    countries = set().union(*(each.countries for each in asked))
    ordered = by_turns(asked)
    shown = ordered[: len(countries) + more]
    assert set().union(*(each.countries for each in shown)) == countries
    assert sorted(map(id, ordered)) == sorted(map(id, asked))


def test_marks_and_reactions_decide_within_a_country() -> None:
    """H03 H04"""
    found = [
        Matter((question("GE-1-q1"),)),
        Matter((question("GE-1-q2", reactions=9),)),
        Matter((question("GE-1-q3"),), MatterState("chosen", by="GE-1-q3")),
        Matter((question("KZ-1-q1"),), MatterState("answered", by="KZ-1-q1")),
    ]
    order = [each.lead.id for each in by_turns(found)]
    assert order == ["GE-1-q3", "KZ-1-q1", "GE-1-q2", "GE-1-q1"]


def test_a_case_is_discussed_in_both_rounds(kit: SeminarFolder) -> None:
    """H04 H08: round 2 names no cases of its own in the programme."""
    assert sessions_about(kit.seminar, "ghent") == ["d1-groups-1", "d1-groups-2"]
    assert sessions_about(kit.seminar, "d2-recap") == ["d2-recap"]
    assert sessions_about(kit.seminar, "") == []
    assert sessions_about(kit.seminar, "nowhere") == []


def test_what_is_parked_goes_to_the_same_people_and_ends_somewhere(kit: SeminarFolder) -> None:
    """H04: never from a closed session into a public one; after the last there is none."""
    seminar = kit.seminar
    assert next_session(seminar, "ghent", "d1-groups-1") == "d1-groups-2"
    assert next_session(seminar, "ghent", "d1-groups-2") == "d2-groups"
    assert next_session(seminar, "ghent", "d2-conclusions") == ""
    assert next_session(seminar, "d1-keynote", "d1-keynote") == "d1-intro"
    access = {session.id: session.access for session in seminar.sessions}
    for one, _ in pairwise(attended_sessions(seminar)):
        to = next_session(seminar, one.id, one.id)
        assert not to or access[to] == access[one.id]


def test_decisions_go_on_to_the_next_chair(kit: SeminarFolder) -> None:
    """H04 H08: chosen, parked and answered in round 1 are what the chair of round 2 is told."""
    asked = [question(f"{code}-1-q1") for code in ("GE", "AM", "KZ", "MA")]
    asked.append(question("TN-1-q1", about="zadar"))
    log: list[Decision] = [
        marked("GE-1-q1", "chosen"),
        marked("AM-1-q1", "parked"),
        marked("KZ-1-q1", "answered", "By the state."),
        marked("TN-1-q1", "parked", session="d1-groups-2"),
        QuestionOwned("AM-1-q1", "AM-1", "SPHERE Team", at=AT),
    ]
    found = matters(kit.seminar, asked, log)
    told = handed_over(kit.seminar, found, "d1-groups-2", "ghent")
    assert [(m.lead.id, m.standing.mark, m.standing.session) for m in told] == [
        ("GE-1-q1", "chosen", "d1-groups-1"),
        ("AM-1-q1", "parked", "d1-groups-1"),
        ("KZ-1-q1", "answered", "d1-groups-1"),
    ]
    assert handed_over(kit.seminar, found, "d1-groups-1") == []
    assert [m.lead.id for m in for_session(kit.seminar, found, "d2-groups")] == ["TN-1-q1"]
    assert [m.lead.id for m in unanswered(found)][-1] == "AM-1-q1"
    assert "KZ-1-q1" not in {m.lead.id for m in unanswered(found)}
    assert "GE" not in without_question(kit.seminar, found)
    assert "UA" in without_question(kit.seminar, found)


def test_a_person_joins_and_parts_and_nothing_is_lost(kit: SeminarFolder) -> None:
    """H02 M03: a chat's question joins one posted ahead; both keep their words and their country."""
    chat = question("d1-fuss-cabcde", about="d1-fuss", text="Qui paie ?")
    asked = [question("GE-1-q1"), question("AM-1-q1"), chat]
    log: list[Decision] = [
        QuestionsJoined("d1-fuss-cabcde", "GE-1-q1", at=AT),
        QuestionsJoined("AM-1-q1", "GE-1-q1", at=AT),
        marked("AM-1-q1", "chosen"),
    ]
    (one,) = matters(kit.seminar, asked, log)
    assert [q.id for q in one.questions] == ["GE-1-q1", "AM-1-q1", "d1-fuss-cabcde"]
    assert (one.countries, one.standing.mark) == ({"GE", "AM", ""}, "chosen")
    assert [one] == for_session(kit.seminar, [one], "d1-fuss")
    log.append(QuestionParted("AM-1-q1", at=AT))
    two, apart = matters(kit.seminar, asked, log)
    assert [q.id for q in two.questions] == ["GE-1-q1", "d1-fuss-cabcde"]
    assert (apart.lead.id, apart.standing.mark, two.standing.mark) == ("AM-1-q1", "chosen", "open")


def test_a_mark_does_not_slip_to_another_question(kit: SeminarFolder) -> None:
    """H04: a newer form that asks something else in that row, or has the row no more, is told."""
    log = [marked("GE-1-q1", "chosen"), marked("GE-1-q2", "chosen")]
    log[1] = marked("GE-1-q2", "chosen", asked="What of recognition abroad?")
    changed = [question("GE-1-q1", text="Something else?")]
    (one,), (lost,) = matters_and_lost(kit.seminar, changed, log)
    assert one.standing == MatterState()
    (old,) = one.rewordings
    assert (old.question, old.was, old.now, old.decided) == (
        "GE-1-q1",
        "Who pays?",
        "Something else?",
        ("chosen",),
    )
    assert (lost.place, lost.was) == ("GE-1-q2", "What of recognition abroad?")


def test_a_remark_becomes_a_question_and_a_question_none_by_a_persons_word(
    kit: SeminarFolder,
) -> None:
    """M01"""
    remark = Question("d1-fuss-caaaaa", "I wonder who pays.", "d1-fuss", asks="")
    hello = Question("d1-fuss-cbbbbb", "Can you hear me?", "d1-fuss", asks="has a question mark")
    before = matters(kit.seminar, [remark, hello], [])
    assert [m.asks for m in before] == [False, True]
    log = [marked("d1-fuss-caaaaa", "open"), marked("d1-fuss-cbbbbb", "no question")]
    assert [m.asks for m in matters(kit.seminar, [remark, hello], log)] == [True, False]


def test_who_is_forgotten_is_taken_out_of_the_decisions(folder: SeminarFolder) -> None:
    log = Decisions(folder.received / "decisions.jsonl")
    log.add(
        [
            marked("GE-2-q1", "chosen", asked="My words?"),
            QuestionsJoined("AM-1-q1", "GE-2-q1", at=AT),
            marked("AM-1-q1", "answered", "As Core participant 2, Georgia said."),
        ]
    )
    name = "Core participant 2, Georgia"

    def blacken(entry: Any) -> Any:
        return json.loads(json.dumps(entry).replace(name, "a person who was forgotten"))

    assert len(log.redact("GE-2", blacken)) == 3
    (left,) = log
    assert isinstance(left, QuestionMarked)
    assert (left.question, left.text) == ("AM-1-q1", "As a person who was forgotten said.")
