"""Nominations that were not made from the one in force, perhaps on another computer."""

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
    """Return the nominations that count; of each is known whether it passes over one in force."""
    force = in_force(folder.decisions)
    versions = versions_of(folder.database, FORM) if force else []
    beside = {}
    for code, receipt in force.items():
        counts = [s for s in received if (s.form, s.country) == (FORM, code)]
        of_country = [v for v in versions if v.country == code]
        if any(is_parallel(each, receipt, of_country) for each in counts):
            beside[code] = receipt
    return nominations(folder.seminar, received, folder.decisions, answers, beside)


def in_force(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return by country the receipt of the nomination that made the delegation what it is."""
    taken: dict[str, list[str]] = {}
    for each in decisions:
        if isinstance(each, Nominated):
            taken.setdefault(each.country, []).append(each.receipt)
        elif isinstance(each, NominationUndone) and taken.get(each.country):
            taken[each.country].pop()
    return {code: receipts[-1] for code, receipts in taken.items() if receipts}


def is_parallel(new: Submission, receipt: str, versions: Sequence[Submission]) -> bool:
    """Say whether a version was not made from the one with a receipt, of all that came.

    Files of version 0.1.0 do not say what they were made from: there more changes count.
    """
    bases = [n for n, each in enumerate(versions) if each.receipt == receipt]
    places = [n for n, each in enumerate(versions) if each.version == new.version]
    if not bases or new.receipt == receipt:
        return False
    descent = Descent(versions)
    return not any(
        descent.descends(place, base) or _has_more_changes(new, versions[base])
        for place in places
        for base in bases
    )


def _has_more_changes(new: Submission, old: Submission) -> bool:
    counted = not (is_clock_rev(new.rev) or is_clock_rev(old.rev))
    bare = not (new.written_in or old.written_in or new.ancestors)
    return counted and bare and new.rev > old.rev and new.moment >= old.moment
