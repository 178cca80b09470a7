"""Suggests which new sentence of the notes replaces an old one; a person confirms it.

Only sentences of the same author are compared: those that appeared with those that disappeared,
whether or not there is a decision on them. Pairs are formed greedily by similarity, and each
sentence is used once. So a lightly edited sentence is never suggested as the replacement of another
that was deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from seminarkit.core.seminar.same_words import wording
from seminarkit.topics.conclusions.statement_ids import FormerStatement, Statement

_SIMILAR = 0.6  # least SequenceMatcher ratio of a reworded sentence


@dataclass(frozen=True)
class _Pair:
    old: str
    new: Statement
    similarity: float
    same_row: bool

    @property
    def rank(self) -> tuple[bool, float, bool]:
        """Similarity first; the row decides for a sentence rewritten from scratch in its place."""
        return self.similarity >= _SIMILAR, self.similarity, self.same_row


def replacements(
    gone: Iterable[str], statements: Sequence[Statement], former: Mapping[str, FormerStatement]
) -> dict[str, Statement]:
    """Map ids of deleted statements to their author's present statements in their place."""
    sheets: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        sheets.setdefault((statement.group, statement.person), []).append(statement)
    known_ids = [code for code in gone if code in former]
    pairs: dict[tuple[str, str], dict[str, Statement]] = {}
    reworded: dict[str, Statement] = {}
    used: set[str] = set()
    for code in known_ids:
        former_statement = former[code]
        for person in sorted(former_statement.versions):
            key = (former_statement.statement.group, person)
            if key not in pairs:
                dropped = {
                    former[other].base for other in known_ids if person in former[other].versions
                }
                pairs[key] = _pairs(person, dropped, sheets.get(key, []), former)
            new = pairs[key].get(former_statement.base)
            if new and new.id not in used:
                reworded[code] = new
                used.add(new.id)
                break
    return reworded


def _pairs(
    person: str,
    gone: Iterable[str],
    sheet: Sequence[Statement],
    former: Mapping[str, FormerStatement],
) -> dict[str, Statement]:
    """Map one author's deleted sentences to their replacements."""
    present = {_base(statement, former) for statement in sheet}
    deleted = dict.fromkeys(
        old
        for code in gone
        if code in former
        for old in former[code].versions.get(person, ())
        if old not in present and old in former
    )
    possible = [
        pair
        for old in deleted
        if sheet and former[old].statement.group == sheet[0].group
        for pair in _possible(person, old, sheet, former)
    ]
    paired: dict[str, Statement] = {}
    used: set[str] = set()
    for pair in sorted(possible, key=lambda pair: pair.rank, reverse=True):
        if pair.old not in paired and pair.new.id not in used:
            paired[pair.old] = pair.new
            used.add(pair.new.id)
    return paired


def _possible(
    person: str, old: str, sheet: Sequence[Statement], former: Mapping[str, FormerStatement]
) -> Iterator[_Pair]:
    """Yield the possible replacements of an old sentence: similar ones, and the one in its row."""
    original = former[old].statement
    version = former[old].versions.get(person, ())
    rows = [
        code for code in version if code in former and former[code].statement.kind == original.kind
    ]
    same_kind = [candidate for candidate in sheet if candidate.kind == original.kind]
    words = wording(original.text)
    for candidate in sheet:
        if _base(candidate, former) in version:
            continue
        similarity = SequenceMatcher(None, words, wording(candidate.text), autojunk=False).ratio()
        same_row = (
            candidate in same_kind
            and len(same_kind) == len(rows)
            and same_kind.index(candidate) == rows.index(old)
        )
        if similarity >= _SIMILAR or same_row:
            yield _Pair(old, candidate, similarity, same_row)


def _base(statement: Statement, former: Mapping[str, FormerStatement]) -> str:
    return former[statement.id].base if statement.id in former else statement.id
