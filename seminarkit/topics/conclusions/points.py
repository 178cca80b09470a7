"""Points for the conclusions: statements that a person said are the same, and single ones.

Nothing is put together by itself. A point keeps the words of all its statements, and where some of
them tell of disagreement, the point does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.question_decisions import (
    StatementLeft,
    StatementParted,
    StatementReworded,
    StatementsJoined,
    StatementTaken,
)
from seminarkit.topics.conclusions.statement_ids import DIFFER, Statement

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
    joined = joined_sets(order, decisions)
    known = {each.id: each for each in statements}
    weights = {each.id: (_weight(each), order[each.id]) for each in statements}
    together = (
        tuple(sorted(joined[each] & weights.keys(), key=weights.__getitem__)) for each in order
    )
    return [Point(tuple(known[each] for each in ids)) for ids in dict.fromkeys(together)]


def joined_sets(ids: Iterable[str], decisions: Iterable[Decision]) -> dict[str, set[str]]:
    """Return for each id those that say the same, itself among them.

    A set has no head: it holds also what is in no notes any more, so that the others stay together.
    """
    joined: dict[str, set[str]] = {each: {each} for each in ids}
    for each in decisions:
        if isinstance(each, StatementsJoined | StatementReworded):
            pair = (each.statement, each.other)
            union = set().union(*(joined.setdefault(i, {i}) for i in pair))
            joined |= dict.fromkeys(union, union)
        elif isinstance(each, StatementParted) and each.statement in joined:
            joined[each.statement].discard(each.statement)
            joined[each.statement] = {each.statement}
    return joined


def _weight(statement: Statement) -> int:
    """Return which of several statements leads: what differed, then what was agreed, first."""
    return _LEADING.index(statement.kind) if statement.kind in _LEADING else len(_LEADING)


@dataclass(frozen=True)
class Taken:
    """The words in which a statement is public, and the moment since when they stand."""

    words: str
    at: str


def taken(decisions: Iterable[Decision]) -> dict[str, Taken]:
    """Return how statements are taken over into the public conclusions, by id.

    A statement that is an older one in other words is public in that one's words, since then.
    """
    by_statement: dict[str, Taken] = {}
    for each in decisions:
        if isinstance(each, StatementTaken):
            by_statement[each.statement] = Taken(each.words, each.at)
        elif isinstance(each, StatementLeft):
            by_statement.pop(each.statement, None)
        elif isinstance(each, StatementReworded) and each.other in by_statement:
            by_statement[each.statement] = by_statement[each.other]
    return by_statement
