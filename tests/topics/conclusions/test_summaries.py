"""Do the groups' notes become statements that lead to what is behind them, and is nothing lost?"""

from __future__ import annotations

from typing import Any

import pytest

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.question_decisions import (
    StatementLeft,
    StatementParted,
    StatementReworded,
    StatementsJoined,
    StatementTaken,
    with_present_ids,
)
from seminarkit.core.seminar.sessions import DiscussionGroup, Item
from seminarkit.core.store.submission import Submission
from seminarkit.topics.conclusions.notes_status import allowed_codes
from seminarkit.topics.conclusions.points import PublicWording, points, public_wordings
from seminarkit.topics.conclusions.rewritten_notes import orphaned_statements
from seminarkit.topics.conclusions.speaking_time import PACE, speaking_time
from seminarkit.topics.conclusions.statement_codes import Codes
from seminarkit.topics.conclusions.statement_ids import FormerStatement, Statement
from seminarkit.topics.conclusions.statements import (
    NotesSheet,
    group_notes,
    headings,
    orphaned_sheets,
    sheets,
)
from seminarkit.topics.questions.posted_questions import Question

GROUPS = [
    DiscussionGroup(id="d2-group-1", title="Policy", rapporteur="GE-2", people=["GE-2", "AM-1"]),
    DiscussionGroup(id="d2-group-2", title="Universities", rapporteur="AM-2", people=["AM-2"]),
]
NOTED = {
    "raised": [{"raised_text": "Who   examines?\n", "raised_about": "ge, lo3; AM-1-Q1 GR"}],
    "agreed": [{"agreed_text": "One page."}, {"agreed_text": "One page."}, {"agreed_about": "LO9"}],
    "disagreement": "some",
    "disagreed": [{"disagreed_text": "Some want a level, others not.", "disagreed_about": "AM-1"}],
    "next": [{"next_text": "Compare registers."}],
    "chair_seen": "agreed",
    "scratch": "who said that",
}


@pytest.fixture(scope="module")
def seminar(kit: SeminarFolder) -> Seminar:
    return kit.seminar.model_copy(update={"seating": {"d2-groups": GROUPS}})


def notes(
    person: str = "GE-2",
    group: str = "d2-group-1",
    answers: dict[str, Any] | None = None,
    form: str = "group_notes",
    complete: bool = True,
) -> Submission:
    who = (f"{person}-{group}", 1, "", person[:2], person)
    return Submission(
        form,
        group,
        "1",
        *who,
        NOTED if answers is None else answers,
        1,
        1,
        complete,
        "GE-7K3F",
        1,
        "",
    )


def read(kit: SeminarFolder, seminar: Seminar, *received: Submission) -> list[NotesSheet]:
    asked = Question(id="AM-1-q1", text="Who pays?", about="", person="AM-1", country="AM")
    return sheets(seminar, kit.forms, received, Codes(seminar, [asked]))


def test_a_statement_leads_to_the_country_question_or_outcome_behind_it(
    kit: SeminarFolder, seminar: Seminar
) -> None:
    """G06: codes are read whatever their capitals; an unknown one is told, never dropped."""
    (sheet,) = read(kit, seminar, notes())
    raised, agreed, bare, differ, after = sheet.statements
    assert raised.text == "Who examines?"
    assert [(r.kind, r.code) for r in raised.references] == [
        ("country", "GE"),
        ("outcome", "LO3"),
        ("question", "AM-1-q1"),
    ]
    assert raised.unknown == ("GR",)
    assert [r.code for r in differ.references] == ["AM"]  # a person's code says the country alone
    assert (bare.text, bare.unknown) == ("(no sentence, only codes)", ("LO9",))
    assert [s.kind for s in (agreed, differ, after)] == ["agreed", "disagreed", "next"]
    assert "who said that" not in str(sheet)  # the private field


def test_a_code_that_the_note_sheet_knows_is_known_here_too(
    kit: SeminarFolder, seminar: Seminar
) -> None:
    """G06: cases, groups and sessions too, or what the sheet took would be told as unknown."""
    known = Codes(seminar, [])
    for code in allowed_codes(seminar):
        found, unknown = known.read(code)
        assert found and not unknown, code


def test_a_statement_keeps_its_id_and_other_words_are_another(
    kit: SeminarFolder, seminar: Seminar
) -> None:
    """X05: so that no decision ever holds for words that nobody has decided on."""
    ids = {s.text: s.id for s in read(kit, seminar, notes())[0].statements}
    again = {**NOTED, "agreed": [{"agreed_text": "Two pages."}, {"agreed_text": "One page."}]}
    moved = {s.text: s.id for s in read(kit, seminar, notes(answers=again))[0].statements}
    assert moved["One page."] == ids["One page."]
    assert moved["Two pages."] not in ids.values()
    other = {s.text: s.id for s in read(kit, seminar, notes("AM-2", "d2-group-2"))[0].statements}
    assert other["One page."] != ids["One page."]  # the same words of two groups stay apart


def test_an_id_tells_nothing_of_who_noted_it_and_old_decisions_hold(
    kit: SeminarFolder, seminar: Seminar
) -> None:
    """P08 O38: the id is of words, heading and group; an old one, made of a person, leads to it."""
    (mine,) = read(kit, seminar, notes())
    (other,) = read(kit, seminar, notes("AM-1"))
    assert [s.id for s in mine.statements] == [s.id for s in other.statements]
    both = [s for sheet in read(kit, seminar, notes(), notes("AM-1")) for s in sheet.statements]
    assert len({s.id for s in both}) == len(both)
    page = next(s for s in mine.statements if s.text == "One page.")
    assert "a-j225h7" in page.former  # as the first version made it
    assert not [old for old in page.former if old in repr(mine)]
    present = {old: s.id for s in mine.statements for old in s.former}
    for former in page.former:
        old = with_present_ids([StatementTaken(former, "GE-2", "One page.", at="x")], present)
        assert public_wordings(old) == {page.id: PublicWording("One page.", "x")}
        assert orphaned_statements(mine.statements, old, {}) == []


def test_every_group_is_named_whatever_came(kit: SeminarFolder, seminar: Seminar) -> None:
    """X04: none, a draft, two rapporteurs, and a group that there is not any more."""
    gone = DiscussionGroup(id="d2-group-9", title="Gone", rapporteur="AM-3")
    before = seminar.model_copy(update={"seated_before": {"d2-groups": [gone]}})
    came = [
        notes(complete=False),
        notes("AM-1", answers={**NOTED, "disagreement": "none"}),
        notes("AM-3", "d2-group-9"),
        notes("AM-3", "no-such-group"),
    ]
    found = read(kit, before, *came)
    first, second = group_notes(before, found)
    assert (first.state, second.state) == ("reported", "missing")
    assert [sheet.person for sheet in first.sheets] == ["AM-1", "GE-2"]  # the finished one first
    assert [sheet.none_differed for sheet in first.sheets] == [True, False]
    assert not any(s.kind == "disagreed" for s in first.sheets[0].statements)
    assert [(s.group, s.title) for s in orphaned_sheets(before, found)] == [("d2-group-9", "Gone")]
    assert group_notes(before, read(kit, before, came[0]))[0].state == "draft"


def test_headings_are_those_of_the_forms(kit: SeminarFolder, seminar: Seminar) -> None:
    """G03: the organiser's own words, those of the last day first."""
    found = headings(seminar, kit.forms)
    assert list(found) == ["raised", "agreed", "disagreed", "examples", "next", "open"]
    assert found["raised"] == "What was discussed"


def test_only_a_person_makes_one_point_of_several_statements(
    kit: SeminarFolder, seminar: Seminar
) -> None:
    """X05: joined and parted by decision; every word is kept, and disagreement leads."""
    found = read(kit, seminar, notes(), notes("AM-2", "d2-group-2"))
    said = [s for sheet in found for s in sheet.statements]
    assert all(len(point.statements) == 1 for point in points(said, []))
    mine = {s.kind: s.id for s in found[0].statements}
    theirs = {s.kind: s.id for s in found[1].statements}
    join = [
        StatementsJoined(mine["raised"], theirs["raised"], at=""),
        StatementsJoined(theirs["raised"], theirs["disagreed"], at=""),
        StatementsJoined(mine["next"], "n-gone22", at=""),
    ]
    joined = points(said, join)
    (point,) = (p for p in joined if len(p.statements) > 1)
    assert (len(joined), point.kind, point.shared) == (len(said) - 2, "disagreed", True)
    assert point.lead.id == theirs["disagreed"]
    assert {s.id for s in point.statements} == {
        mine["raised"],
        theirs["raised"],
        theirs["disagreed"],
    }
    (gone,) = orphaned_statements(said, join, {})
    assert (gone.id, gone.old, gone.together) == ("n-gone22", None, 1)
    parted = points(said, [*join, StatementParted(theirs["disagreed"], at="")])
    assert sorted(len(p.statements) for p in parted)[-2:] == [1, 2]


def test_what_was_confirmed_is_asked_again_after_the_next_change(
    kit: SeminarFolder, seminar: Seminar
) -> None:
    """X05: three that say the same stay three through two rewordings, each of them confirmed."""

    def agreed(words: str) -> list[Statement]:
        rows = [{"agreed_text": text} for text in (words, "Two.", "Three.")]
        found = read(kit, seminar, notes(answers={"agreed": rows}))
        return [each for sheet in found for each in sheet.statements]

    first, second, third = agreed("One."), agreed("Number one."), agreed("The number one.")
    two, three = (each.id for each in first[1:])
    log: list[Decision] = [StatementsJoined(two, first[0].id, at="")]
    log.append(StatementsJoined(three, first[0].id, at=""))
    former = {
        each.id: FormerStatement(each, each.id, {"GE-2": tuple(s.id for s in said)})
        for said in (first, second)
        for each in said
    }
    for said, old in ((second, first), (third, second)):
        assert sorted(len(point.statements) for point in points(said, log)) == [1, 2]
        (gone,) = orphaned_statements(said, log, former)
        assert gone.old == old[0] and gone.now == said[0] and gone.together == 2
        log.append(StatementReworded(said[0].id, gone.id, at=""))
        assert [len(point.statements) for point in points(said, log)] == [3]
        assert orphaned_statements(said, log, former) == []


def test_what_is_taken_over_can_be_left_again() -> None:
    """X07: the last word counts."""
    one = StatementTaken("a-1", "GE-2", "first", at="")
    other = StatementTaken("a-1", "GE-2", "second", at="")
    assert public_wordings([one, other]) == {"a-1": PublicWording("second", "")}
    assert public_wordings([one, StatementLeft("a-1", at=""), StatementLeft("a-2", at="")]) == {}


def test_time_is_reckoned_and_what_could_go_first_is_said(
    kit: SeminarFolder, seminar: Seminar
) -> None:
    """X03: single points before shared ones, what was discussed first; nothing is cut."""
    long = " ".join(["word"] * PACE)
    rows = [{"raised_text": f"{long} {i}"} for i in range(4)]
    answers = {**NOTED, "raised": rows, "agreed": [{"agreed_text": f"{long} agreed"}]}
    found = read(kit, seminar, notes(answers=answers), notes("AM-2", "d2-group-2", answers))
    said = [s for sheet in found for s in sheet.statements]
    first, other = (sheet.statements[0].id for sheet in found)
    made = points(said, [StatementsJoined(first, other, at="")])
    closing = next(s for s in seminar.sessions if s.kind == "conclusions")
    fits = speaking_time(seminar, made, closing)
    assert (fits.allowed, fits.given, fits.over, fits.cut) == (15, True, 0, ())
    short = closing.model_copy(update={"items": [Item(title="General rapporteur", minutes=5)]})
    tight = speaking_time(seminar, made, short)
    assert tight.words == fits.words and tight.minutes == tight.words / PACE
    assert {p.kind for p in tight.cut} == {"raised"} and not any(p.shared for p in tight.cut)
    rest = tight.words - sum(len(p.lead.text.split()) for p in tight.cut)
    assert rest <= 5 * PACE < rest + len(tight.cut[-1].lead.text.split())
    untimed = closing.model_copy(
        update={"items": [Item(title="Comments", by="General Rapporteur"), Item(title="b")]}
    )
    assert (
        speaking_time(seminar, made, untimed).allowed,
        speaking_time(seminar, made, untimed).given,
    ) == (
        22.5,
        False,
    )
