"""Which decisions count where two people decided without knowing of each other, on two copies?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_process import seminar
from two_copies import copy_of, meet, named, newest_id

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Chosen, Extended, Nominated, Seated, Undone
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import StatementTaken
from seminarkit.core.seminar.valid_decisions import conflicts

Two = tuple[SeminarFolder, SeminarFolder]


def at(minute: int) -> str:
    return f"2020-11-20T10:{minute:02}:00Z"


def taken(words: str, minute: int) -> StatementTaken:
    return StatementTaken("a-k7f3mq", "GE-2", words, at=at(minute))


def due(day: int, minute: int) -> Extended:
    return Extended("GE", "questions", f"2020-11-{day}T23:59", at=at(minute))


def words(folder: SeminarFolder) -> list[str]:
    return [each.words for each in folder.decisions if isinstance(each, StatementTaken)]


@pytest.fixture
def two(folder: SeminarFolder) -> Two:
    """Two copies that both know a first decision."""
    folder.decisions.add([taken("before", 0)])
    return folder, copy_of(folder, "other")


def decide(two: Two, one: Decision, other: Decision) -> None:
    for folder, decision, name in zip(two, (one, other), ("Ana", "Ben"), strict=True):
        with named(name):
            folder.decisions.add([decision])
    meet(*two)


def undo(folder: SeminarFolder) -> None:
    """Take back the last line."""
    ((entry, decision), *_) = folder.decisions.everything()[::-1]
    assert decision
    subject = list(decision.decides_on)
    folder.decisions.add([Undone(entry.id, decision.kind, subject, at=at(50))])


def test_of_words_for_the_public_neither_counts_but_what_held_before(two: Two) -> None:
    decide(two, taken("Ana's", 1), taken("Ben's", 2))
    for folder in two:
        assert words(folder) == ["before"]
        ((one, other),) = folder.decisions.conflicts()
        assert (one.decision.by, other.decision.by) == ("Ana", "Ben")


def test_of_marks_and_days_the_later_counts_and_the_conflict_is_known(two: Two) -> None:
    decide(two, due(22, 1), due(24, 2))
    for folder in two:
        assert list(folder.decisions)[-1] == due(24, 2)
        assert len(folder.decisions.conflicts()) == 1


def test_who_says_the_same_is_in_no_conflict(two: Two) -> None:
    decide(two, taken("the same", 1), taken("the same", 2))
    assert two[0].decisions.conflicts() == []
    assert words(two[1])[-1] == "the same"


def test_any_new_decision_ends_it_and_undoing_that_brings_it_back(two: Two) -> None:
    decide(two, taken("Ana's", 1), taken("Ben's", 2))
    two[0].decisions.add([taken("agreed", 3)])
    meet(*two)
    for folder in two:
        assert folder.decisions.conflicts() == []
        assert words(folder)[-1] == "agreed"
    undo(two[1])
    assert words(two[1]) == ["before"]
    assert len(two[1].decisions.conflicts()) == 1


def test_undoing_one_side_leaves_the_other(two: Two) -> None:
    decide(two, taken("Ana's", 1), taken("Ben's", 2))
    first = two[0].decisions.conflicts()[0][0]
    subject = list(first.decision.decides_on)
    two[0].decisions.add([Undone(first.entry.id, first.decision.kind, subject, at=at(3))])
    meet(*two)
    for folder in two:
        assert words(folder) == ["before", "Ben's"]
        assert folder.decisions.conflicts() == []


def test_undoing_what_the_other_builds_on_is_a_conflict(two: Two) -> None:
    """Ana takes back what Ben puts into other words: what was before both holds meanwhile."""
    undo(two[0])
    two[1].decisions.add([taken("Ben's", 2)])
    meet(*two)
    for folder in two:
        assert words(folder) == ["before"]
        assert len(folder.decisions.conflicts()) == 1


def test_undoing_ones_own_that_the_other_never_knew_is_none(two: Two) -> None:
    two[0].decisions.add([taken("Ana's", 1)])
    undo(two[0])
    two[1].decisions.add([taken("Ben's", 2)])
    meet(*two)
    for folder in two:
        assert words(folder) == ["before", "Ben's"]
        assert folder.decisions.conflicts() == []


def test_a_choice_holds_until_it_is_undone(two: Two) -> None:
    decide(two, taken("Ana's", 1), taken("Ben's", 2))
    ids = [side.entry.id for side in two[0].decisions.conflicts()[0]]
    shown = seminar(two[0].root, "choose", ids[0][:8]).stdout
    assert "Chosen: statement a-k7f3mq will be published (“Ana's”) (Ana, on " in shown
    assert "Not chosen: statement a-k7f3mq will be published (“Ben's”) (Ben, on " in shown
    meet(*two)
    for folder in two:
        assert words(folder) == ["before", "Ana's"]
        assert folder.decisions.conflicts() == []
    refused = seminar(two[1].root, "choose", ids[1][:8], code=1).stderr
    assert "is not in conflict with any other decision" in refused
    seminar(two[1].root, "undo", newest_id(two[1]))
    assert words(two[1]) == ["before"]
    assert [s.entry.id for s in two[1].decisions.conflicts()[0]] == ids


def test_two_who_choose_differently_are_in_conflict_again(two: Two) -> None:
    decide(two, taken("Ana's", 1), taken("Ben's", 2))
    ids = [side.entry.id for side in two[0].decisions.conflicts()[0]]
    for folder, chosen in zip(two, ids, strict=True):
        seminar(folder.root, "choose", chosen)
    meet(*two)
    for folder in two:
        assert words(folder) == ["before"]
        (sides,) = folder.decisions.conflicts()
        assert {side.decision.kind for side in sides} == {"chosen"}
    seminar(two[0].root, "choose", two[0].decisions.conflicts()[0][1].entry.id)
    assert two[0].decisions.conflicts() == []
    assert len(words(two[0])) == 2


def test_of_two_choices_between_days_the_later_one_counts(two: Two) -> None:
    """W01: as is said; and not that nothing was ever decided."""
    decide(two, due(21, 1), due(22, 2))
    ids = [side.entry.id for side in two[0].decisions.conflicts()[0]]
    for folder, chosen in zip(two, ids, strict=True):
        seminar(folder.root, "choose", chosen)
    meet(*two)
    for folder in two:
        (day,) = (each.due for each in folder.decisions if isinstance(each, Extended))
        last = folder.decisions.conflicts()[0][-1].decision
        assert isinstance(last, Chosen)
        assert day == {ids[0]: due(21, 1).due, ids[1]: due(22, 2).due}[last.of]
        assert "nothing was decided" not in seminar(folder.root, "next").stdout


def test_nobody_is_left_of_a_nomination_that_was_not_chosen(two: Two) -> None:
    """Else who never came to count would be told as somebody who has left."""
    people = [{"id": f"GE-{n}", "name": f"Name {n}", "profile": "policy"} for n in (1, 2, 7)]
    others = [{**person, "name": f"Other {person['id']}"} for person in people]
    decide(
        two,
        Nominated("GE", people, "GE-AAAA", at=at(1)),
        Nominated("GE", others, "GE-BBBB", at=at(2)),
    )
    before = {p.id: p.name for p in SeminarFolder(two[0].root).seminar.delegations["GE"]}
    assert "GE-7" not in before
    ids = [side.entry.id for side in two[0].decisions.conflicts()[0]]
    shown = seminar(two[0].root, "nominate").stderr
    assert "2 decisions on GE (delegation) were made independently." in shown
    assert "neither counts. What holds meanwhile: nothing was decided on it before" in shown
    seminar(two[0].root, "choose", ids[1])
    after = SeminarFolder(two[0].root).seminar
    assert [p.name for p in after.delegations["GE"]] == ["Other GE-1", "Other GE-2", "Other GE-7"]
    assert [p.id for p in after.former["GE"]] == ["GE-3"]


def test_each_command_shows_both_with_who_and_when(two: Two) -> None:
    """W04: next first, status, log, verify without damage, and the command that decides it."""
    decide(two, due(22, 1), due(24, 2))
    root = two[0].root
    seminar(root, "collect")
    steps = json.loads(seminar(root, "next", "--json").stdout)
    assert steps[0]["what"].startswith(
        "2 decisions on GE, questions (deadline) were made independently"
    )
    assert steps[0]["how"].count("seminar choose ") == 2
    for run in (
        seminar(root, "status").stdout,
        seminar(root, "log").stdout,
        seminar(root, "log", "GE").stdout,
        seminar(root, "verify").stdout,
        seminar(root, "choose").stdout,
        seminar(root, "extend", "AM", "questions", "2020-11-24").stderr,
    ):
        for who, clock, day in (("Ana", "11:01", 22), ("Ben", "11:02", 24)):
            assert f"{who}, on " in run
            assert f"2020-11-20 {clock}: form questions of GE due 2020-11-{day}T23:59" in run
        assert (
            "Until somebody chooses, the later one counts: form questions of GE due 2020-11-24"
            in run
        )
    for command in ("status", "verify"):
        (found,) = json.loads(seminar(root, command, "--json").stdout)["conflicts"]
        assert len(found["sides"]) == 2
    assert "all is as it was" in seminar(root, "verify").stdout
    assert "stand" not in seminar(root, "log", "AM").stdout
    seminar(root, "extend", "GE", "questions", "2020-11-25")
    assert seminar(root, "choose").stdout == (
        "There is nothing to choose: no decisions are in conflict.\n"
    )


def test_seats_wait_as_well(two: Two) -> None:
    seats = [
        Seated("d2-groups", [{"id": "d2-group-1", "title": title, "people": [who]}], at=at(n))
        for n, (title, who) in enumerate((("One", "GE-2"), ("Two", "AM-2")), start=1)
    ]
    decide(two, *seats)
    assert SeminarFolder(two[0].root).seminar.seating == {}
    assert "decisions on d2-groups (seated)" in seminar(two[0].root, "choose").stdout


def test_the_same_decisions_in_any_order_of_meeting_are_in_the_same_conflict(
    two: Two, tmp_path: Path
) -> None:
    """W01: three copies."""
    third = copy_of(two[0], "third")
    third.decisions.add([taken("Cem's", 3)])
    decide(two, taken("Ana's", 1), taken("Ben's", 2))
    meet(two[1], third)
    meet(two[0], third)
    assert conflicts(two[0].decisions.lines()) == conflicts(third.decisions.lines())
    ((*sides,),) = two[0].decisions.conflicts()
    assert len(sides) == 3
    seminar(third.root, "choose", sides[2].entry.id)
    assert words(third) == ["before", "Cem's"]
