"""Which new sentence of notes an old one became: a suggestion, which a person confirms.

Only sentences of one writer are compared, those that came with those that went, decided on or not.
The two that are nearest go together first, and each goes once: so a small change is never offered
as the new words of a sentence that was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from seminarkit.core.seminar.same_words import wording
from seminarkit.topics.conclusions.statement_ids import Former, Statement

_NEAR = 0.6  # how alike two sentences must be, to be one in other words


@dataclass(frozen=True)
class _Pair:
    old: str
    new: Statement
    likeness: float
    same_row: bool

    @property
    def rank(self) -> tuple[bool, float, bool]:
        """Words first; then the row, for a sentence that was written anew in its place."""
        return self.likeness >= _NEAR, self.likeness, self.same_row


def new_words(
    gone: Iterable[str], statements: Sequence[Statement], former: Mapping[str, Former]
) -> dict[str, Statement]:
    """Return for ids of words that are in no notes any more what their writer says instead."""
    sheets: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        sheets.setdefault((statement.group, statement.person), []).append(statement)
    known = [each for each in gone if each in former]
    pairs: dict[tuple[str, str], dict[str, Statement]] = {}
    reworded: dict[str, Statement] = {}
    used: set[str] = set()
    for each in known:
        was = former[each]
        for person in sorted(was.versions):
            key = (was.statement.group, person)
            if key not in pairs:
                left = {former[one].base for one in known if person in former[one].versions}
                pairs[key] = _pairs(person, left, sheets.get(key, []), former)
            new = pairs[key].get(was.base)
            if new and new.id not in used:
                reworded[each] = new
                used.add(new.id)
                break
    return reworded


def _pairs(
    person: str, gone: Iterable[str], sheet: Sequence[Statement], former: Mapping[str, Former]
) -> dict[str, Statement]:
    """Return one writer's sentences that went, each with the one that came instead of it."""
    here = {_base(each, former) for each in sheet}
    went = dict.fromkeys(
        old
        for each in gone
        if each in former
        for old in former[each].versions.get(person, ())
        if old not in here and old in former
    )
    possible = [
        pair
        for old in went
        if sheet and former[old].statement.group == sheet[0].group
        for pair in _possible(person, old, sheet, former)
    ]
    paired: dict[str, Statement] = {}
    taken: set[str] = set()
    for pair in sorted(possible, key=lambda pair: pair.rank, reverse=True):
        if pair.old not in paired and pair.new.id not in taken:
            paired[pair.old] = pair.new
            taken.add(pair.new.id)
    return paired


def _possible(
    person: str, old: str, sheet: Sequence[Statement], former: Mapping[str, Former]
) -> Iterator[_Pair]:
    """Yield what an old sentence may have become: what is near to it, or stands in its row."""
    was = former[old].statement
    version = former[old].versions.get(person, ())
    rows = [each for each in version if each in former and former[each].statement.kind == was.kind]
    now = [each for each in sheet if each.kind == was.kind]
    words = wording(was.text)
    for each in sheet:
        if _base(each, former) in version:
            continue
        likeness = SequenceMatcher(None, words, wording(each.text), autojunk=False).ratio()
        same_row = each in now and len(now) == len(rows) and now.index(each) == rows.index(old)
        if likeness >= _NEAR or same_row:
            yield _Pair(old, each, likeness, same_row)


def _base(statement: Statement, former: Mapping[str, Former]) -> str:
    return former[statement.id].base if statement.id in former else statement.id
