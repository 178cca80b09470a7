"""Is a new sentence offered as the new words of that old one alone which it is nearest to?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from seminarkit.topics.conclusions.reworded_statements import replacements
from seminarkit.topics.conclusions.statement_ids import FormerStatement, Statement

PAGE = "Each course gets one page in the same words, in a form that all countries share"
FEW = "Teachers need hours, or it stays the hobby of the few"
REGISTER = "A register is wanted by all"


def stated(text: str, person: str = "GE-3") -> Statement:
    return Statement(f"{person} {text}", "agreed", text, "d2-group-1", "d2-groups", person)


def before(*sheets: Sequence[Statement]) -> dict[str, FormerStatement]:
    return {
        each.id: FormerStatement(each, each.id, {each.person: tuple(s.id for s in sheet)})
        for sheet in sheets
        for each in sheet
    }


def offered(gone: Sequence[str], old: Sequence[Statement], now: Sequence[Statement]) -> list[str]:
    found = replacements([f"GE-3 {each}" for each in gone], now, before(old))
    return [found[f"GE-3 {each}"].text if f"GE-3 {each}" in found else "" for each in gone]


def test_a_small_change_is_no_new_wording_of_what_was_left_out() -> None:
    """X05: only the sentence that went was decided on, and nothing is offered for it."""
    old, changed = [stated(PAGE), stated(FEW)], FEW.replace("the few", "few")
    assert offered([PAGE], old, [stated(changed)]) == [""]
    assert offered([PAGE, FEW], old, [stated(changed)]) == ["", changed]
    assert offered([FEW, PAGE], [*reversed(old)], [stated(changed)]) == [changed, ""]


def test_a_sentence_that_was_written_anew_in_its_row_is_offered() -> None:
    """X05: as long as no other row came or went; both wordings are shown, and a person decides."""
    old = [stated(REGISTER), stated(PAGE), stated(FEW)]
    now = [stated(REGISTER), stated("One sheet a unit"), stated(FEW)]
    assert offered([PAGE], old, now) == ["One sheet a unit"]
    assert offered([PAGE], old, now[:2]) == [""]


def test_nobody_else_s_sentence_is_offered() -> None:
    """X05: neither a chair's that is nearest, nor one that the same writer had before."""
    chair = stated(PAGE.replace("countries", "of us"), "colucci")
    assert offered([PAGE], [stated(PAGE), stated(FEW)], [stated(FEW), chair]) == [""]
    near = stated(PAGE.replace("countries", "of us"))
    assert offered([PAGE], [stated(PAGE), near], [near]) == [""]


def test_each_new_sentence_is_offered_once() -> None:
    """X05: whatever went and came."""
    words = [PAGE, f"{PAGE} now", FEW, f"{FEW} now", REGISTER, f"{REGISTER} now"]
    for number in range(1, 5):
        for gone in combinations(words, number):
            now = [stated(each.replace("a", "the")) for each in words[:number]]
            got = [each for each in offered(gone, [stated(w) for w in words], now) if each]
            assert len(got) == len(set(got)), gone


def test_what_two_wrote_alike_goes_with_who_changed_it() -> None:
    """X05: two of a group noted one sentence; the one who changed it is asked about it."""
    mine = stated(REGISTER)
    both = FormerStatement(mine, mine.id, {"GE-3": (mine.id,), "UA-2": (mine.id,)})
    changed = stated(f"{REGISTER}, soon", "UA-2")
    former = {mine.id: both, "copy": both}
    assert replacements(["copy"], [mine, changed], former) == {"copy": changed}
