"""Decisions on statements since deleted or reworded, which apply until somebody decides again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.question_decisions import (
    StatementReworded,
    StatementsJoined,
    StatementTaken,
)
from seminarkit.topics.conclusions.points import joined_sets, public_wordings
from seminarkit.topics.conclusions.reworded_statements import replacements
from seminarkit.topics.conclusions.statement_ids import FormerStatement, Statement


@dataclass(frozen=True)
class OrphanedStatement:
    """A statement with a decision on it, since deleted or reworded in the notes.

    ``old`` is None if the wording is unknown. ``together`` counts the statements joined with it,
    ``public`` is its public wording, and ``now`` is the author's replacement, None if unclear.
    """

    id: str
    old: Statement | None
    together: int
    public: str
    now: Statement | None


def orphaned_statements(
    statements: Sequence[Statement],
    decisions: Iterable[Decision],
    former: Mapping[str, FormerStatement],
) -> list[OrphanedStatement]:
    """Return the deleted or reworded statements with a decision that still has to be settled."""
    log = list(decisions)
    present = {statement.id for statement in statements}
    sets, public, settled = joined_sets(present, log), public_wordings(log), _settled(log)
    joined_ids = [
        code
        for decision in log
        if isinstance(decision, StatementsJoined | StatementReworded)
        for code in (decision.statement, decision.other)
    ]
    changes = []
    for gone in dict.fromkeys([*joined_ids, *public]):
        others = sets.get(gone, {gone}) - {gone} - settled
        together = len(others & present) or len(others)
        if gone in present or gone in settled or not (together or gone in public):
            continue
        known_former = former.get(gone)
        wording = public[gone].words if gone in public else ""
        old = known_former.statement if known_former else None
        changes.append(OrphanedStatement(gone, old, together, wording, None))
    current = replacements([orphan.id for orphan in changes], statements, former)
    return [replace(orphan, now=current.get(orphan.id)) for orphan in changes]


def _settled(log: Iterable[Decision]) -> set[str]:
    """Return the ids for which somebody has confirmed a replacement that still applies.

    A group may return to its old wording; later decisions on that wording then count as usual.
    """
    settled: set[str] = set()
    for decision in log:
        if isinstance(decision, StatementReworded):
            settled = (settled | {decision.other}) - {decision.statement}
        elif isinstance(decision, StatementsJoined):
            settled -= {decision.statement, decision.other}
        elif isinstance(decision, StatementTaken):
            settled.discard(decision.statement)
    return settled
