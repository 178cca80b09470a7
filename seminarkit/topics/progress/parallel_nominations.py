"""Detects nominations that are not based on the one in force, such as from another computer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seminarkit.core.forms.word_form import is_clock_rev
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Nominated, NominationUndone
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import versions_of
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_descent import Descent
from seminarkit.topics.progress.nominations import FORM, Nomination, nominations
from seminarkit.topics.progress.nominees import NO_ANSWERS, Answers


def nominations_of(
    folder: SeminarFolder, received: Sequence[Submission], answers: Answers = NO_ANSWERS
) -> list[Nomination]:
    """Return the nominations that count, each with ``beside`` if it ignores the one in force."""
    receipts = in_force(folder.decisions)
    versions = versions_of(folder.database, FORM) if receipts else []
    beside = {}
    for code, receipt in receipts.items():
        counts = [s for s in received if (s.form, s.country) == (FORM, code)]
        of_country = [v for v in versions if v.country == code]
        if any(is_parallel(version, receipt, of_country) for version in counts):
            beside[code] = receipt
    return nominations(folder.seminar, received, folder.decisions, answers, beside)


def in_force(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return by country the receipt of the nomination in force."""
    receipts_of: dict[str, list[str]] = {}
    for decision in decisions:
        if isinstance(decision, Nominated):
            receipts_of.setdefault(decision.country, []).append(decision.receipt)
        elif isinstance(decision, NominationUndone) and receipts_of.get(decision.country):
            receipts_of[decision.country].pop()
    return {code: receipts[-1] for code, receipts in receipts_of.items() if receipts}


def is_parallel(new: Submission, receipt: str, versions: Sequence[Submission]) -> bool:
    """Say whether a version does not descend from the one with a receipt; ``versions`` are all.

    Files of version 0.1.0 do not record their ancestors: there a higher revision counts as descent.
    """
    bases = [n for n, version in enumerate(versions) if version.receipt == receipt]
    places = [n for n, version in enumerate(versions) if version.version == new.version]
    if not bases or new.receipt == receipt:
        return False
    descent = Descent(versions)
    return not any(
        descent.descends(place, base) or _has_more_changes(new, versions[base])
        for place in places
        for base in bases
    )


def _has_more_changes(new: Submission, old: Submission) -> bool:
    has_counters = not (is_clock_rev(new.rev) or is_clock_rev(old.rev))
    has_no_ancestors = not (new.written_in or old.written_in or new.ancestors)
    return has_counters and has_no_ancestors and new.rev > old.rev and new.moment >= old.moment
