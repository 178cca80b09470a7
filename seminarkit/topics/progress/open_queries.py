"""Queries to people about their answers that are still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Asked
from seminarkit.core.store.submission import Submission


def still_asked(decisions: Iterable[Decision], submissions: Sequence[Submission]) -> list[Asked]:
    """Return the queries whose form has not been sent again; a new version settles a query."""
    receipts = {s.key: s.receipt for s in submissions}
    return [
        decision
        for decision in decisions
        if isinstance(decision, Asked) and receipts.get(decision.key) == decision.receipt
    ]
