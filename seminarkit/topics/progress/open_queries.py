"""Questions back to people about their answers, and which of them are still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Asked
from seminarkit.core.store.submission import Submission


def still_asked(decisions: Iterable[Decision], submissions: Sequence[Submission]) -> list[Asked]:
    """Return the questions whose form has not come again since: a new version settles them."""
    receipts = {s.key: s.receipt for s in submissions}
    return [
        each
        for each in decisions
        if isinstance(each, Asked) and receipts.get(each.key) == each.receipt
    ]
