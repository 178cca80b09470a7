"""Points for the conclusions: statements that a person said are the same, and single ones.

Nothing is put together by itself. A point keeps the words of all its statements, and where some of
them tell of disagreement, the point does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seminarkit.discuss.summaries import DIFFER, Statement
from seminarkit.seminar.decision import Decision
from seminarkit.seminar.discussed import (
    StatementLeft,
    StatementParted,
    StatementsJoined,
    StatementTaken,
)

_LEADING = (DIFFER, "agreed", "next", "examples")


@dataclass(frozen=True)
class Point:
    """Statements that say the same, the first of them leading; mostly it is one alone."""

    statements: tuple[Statement, ...]

    @property
    def lead(self) -> Statement:
        """The statement that is read aloud."""
        return self.statements[0]

    @property
    def kind(self) -> str:
        """Return the heading it stands under: disagreement is never hidden under another."""
        return self.lead.kind

    @property
    def groups(self) -> list[str]:
        """The groups that said it, each once."""
        return list(dict.fromkeys(each.group for each in self.statements))

    @property
    def shared(self) -> bool:
        """Whether several groups said it."""
        return len(self.groups) > 1


def points(statements: Sequence[Statement], decisions: Iterable[Decision]) -> list[Point]:
    """Return all statements as points, in their order; decisions say which are the same."""
    order = {each.id: i for i, each in enumerate(statements)}
    joined: dict[str, set[str]] = {each: {each} for each in order}
    for each in decisions:
        if isinstance(each, StatementsJoined) and {each.statement, each.other} <= joined.keys():
            union = joined[each.statement] | joined[each.other]
            for member in union:
                joined[member] = union
        elif isinstance(each, StatementParted) and each.statement in joined:
            joined[each.statement].discard(each.statement)
            joined[each.statement] = {each.statement}
    known = {each.id: each for each in statements}
    weights = {each.id: (_weight(each), order[each.id]) for each in statements}
    together = (tuple(sorted(joined[each], key=weights.__getitem__)) for each in order)
    return [Point(tuple(known[each] for each in ids)) for ids in dict.fromkeys(together)]


def _weight(statement: Statement) -> int:
    """Return which of several statements leads: what differed, then what was agreed, first."""
    return _LEADING.index(statement.kind) if statement.kind in _LEADING else len(_LEADING)


def taken(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return the words in which statements are taken over into the public conclusions, by id."""
    words: dict[str, str] = {}
    for each in decisions:
        if isinstance(each, StatementTaken):
            words[each.statement] = each.words
        elif isinstance(each, StatementLeft):
            words.pop(each.statement, None)
    return words


def lost(statements: Sequence[Statement], decisions: Iterable[Decision]) -> list[str]:
    """Return the ids that were decided on and are in no notes any more: their words changed."""
    log = list(decisions)
    decided = {i for each in log if isinstance(each, StatementsJoined) for i in _both(each)}
    decided |= taken(log).keys()
    return sorted(decided - {each.id for each in statements})


def _both(joined: StatementsJoined) -> tuple[str, str]:
    return joined.statement, joined.other
