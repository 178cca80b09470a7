"""The points of a summary: single statements, or statements that a person has joined.

Statements are never joined automatically. A joined point contains the text of all its statements;
if one of them notes a disagreement, the whole point is filed as a disagreement.
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
    """One statement, or several that say the same; the leading one is first."""

    statements: tuple[Statement, ...]

    @property
    def lead(self) -> Statement:
        """The statement that is read aloud."""
        return self.statements[0]

    @property
    def kind(self) -> str:
        """The heading of the point; a disagreement is never filed under another heading."""
        return self.lead.kind

    @property
    def groups(self) -> list[str]:
        """The groups that made the point, without repetition."""
        return list(dict.fromkeys(statement.group for statement in self.statements))

    @property
    def shared(self) -> bool:
        """Whether several groups made the point."""
        return len(self.groups) > 1


def points(statements: Sequence[Statement], decisions: Iterable[Decision]) -> list[Point]:
    """Return the statements as points in their order, joined as the decisions say."""
    order = {statement.id: i for i, statement in enumerate(statements)}
    joined = joined_sets(order, decisions)
    by_id = {statement.id: statement for statement in statements}
    weights = {statement.id: (_weight(statement), order[statement.id]) for statement in statements}
    id_sets = (
        tuple(sorted(joined[statement_id] & weights.keys(), key=weights.__getitem__))
        for statement_id in order
    )
    return [
        Point(tuple(by_id[statement_id] for statement_id in ids)) for ids in dict.fromkeys(id_sets)
    ]


def joined_sets(ids: Iterable[str], decisions: Iterable[Decision]) -> dict[str, set[str]]:
    """Map each id to the set of ids joined with it, including itself.

    A set has no head. It also contains ids of deleted statements, so that the others stay together.
    """
    joined: dict[str, set[str]] = {single: {single} for single in ids}
    for decision in decisions:
        if isinstance(decision, StatementsJoined | StatementReworded):
            pair = (decision.statement, decision.other)
            union = set().union(*(joined.setdefault(i, {i}) for i in pair))
            joined |= dict.fromkeys(union, union)
        elif isinstance(decision, StatementParted) and decision.statement in joined:
            joined[decision.statement].discard(decision.statement)
            joined[decision.statement] = {decision.statement}
    return joined


def _weight(statement: Statement) -> int:
    """Return the rank for leading a point: disagreement first, then agreement."""
    return _LEADING.index(statement.kind) if statement.kind in _LEADING else len(_LEADING)


@dataclass(frozen=True)
class PublicWording:
    """The public wording of a statement, and the time of the decision."""

    words: str
    at: str


def public_wordings(decisions: Iterable[Decision]) -> dict[str, PublicWording]:
    """Return the public wording of each statement that was chosen for the public, by id.

    A statement that replaces an older one inherits its public wording and time.
    """
    by_statement: dict[str, PublicWording] = {}
    for decision in decisions:
        if isinstance(decision, StatementTaken):
            by_statement[decision.statement] = PublicWording(decision.words, decision.at)
        elif isinstance(decision, StatementLeft):
            by_statement.pop(decision.statement, None)
        elif isinstance(decision, StatementReworded) and decision.other in by_statement:
            by_statement[decision.statement] = by_statement[decision.other]
    return by_statement
