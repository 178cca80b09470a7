"""Repeats the removal of people that was made in another copy of the seminar's folder.

Merged logs identify a removed person only by a hash. Each copy compares this hash with the people
that it knows, and removes their data by the same search as ``seminar forget``.
"""

from __future__ import annotations

from dataclasses import dataclass

from seminarkit.core.logs.line_order import base_of
from seminarkit.core.logs.team_log import FIRST
from seminarkit.core.logs.writers import writer_of
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import ForgettingPlanned, PersonForgotten
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.seminar_today import person_hash
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.forgetting.forget import find_traces, forget
from seminarkit.forgetting.gather_traces import everybody
from seminarkit.forgetting.search import Step


@dataclass(frozen=True)
class ForgottenFiles:
    """The number of changed files for each removed person.

    ``by_hand`` lists ids that now belong to another person, and were not removed.
    """

    people: dict[str, int]
    by_hand: tuple[str, ...] = ()


def forget_as_in_copies(
    folder: SeminarFolder,
    step: Step = lambda done, total, name: None,
    *,
    again: bool = False,
) -> ForgottenFiles:
    """Remove the data of people who were removed in other copies.

    ``again`` repeats earlier removals, because a merge may have restored files.
    """
    pending_hashes = pending(folder)
    wanted = _forgotten_hashes(folder) if again else pending_hashes
    if not wanted:
        return ForgottenFiles({})
    file_counts: dict[str, int] = {}
    by_hand: list[str] = []
    for person, names in sorted(everybody(folder).items()):
        person_hashes = {person_hash(person, name) for name, _ in names} & wanted
        if not person_hashes:
            continue
        if _is_now_another_person(folder, person, wanted):
            by_hand += [person] if person_hashes & pending_hashes else []
            continue
        findings = find_traces(folder, person, is_id=True, step=step)
        has_received_files = any(path.is_relative_to(folder.received) for path in findings.actions)
        if not (has_received_files or person_hashes & pending_hashes):
            continue
        forget(folder, findings, step=step)
        file_counts[person] = sum(action != "own" for action in findings.actions.values())
    if pending_hashes:
        Tombstones(folder.received).let_go(pending_hashes)
    return ForgottenFiles(file_counts, tuple(by_hand))


def forget_when_due(
    folder: SeminarFolder, step: Step = lambda done, total, name: None
) -> dict[str, int]:
    """Make all removals that are due. Return the number of files for each person."""
    file_counts = {}
    for plan in due(folder):
        findings = find_traces(folder, plan.person, is_id=plan.is_id, step=step)
        forget(folder, findings, step=step)
        file_counts[plan.person] = len(findings.search.hits)
        folder = SeminarFolder(folder.root)
    return file_counts


def due(folder: SeminarFolder) -> list[ForgettingPlanned]:
    """Return the planned removals that are due now."""
    planned = [plan for plan in folder.decisions if isinstance(plan, ForgettingPlanned)]
    return [plan for plan in planned if plan.due <= now()]


def pending(folder: SeminarFolder) -> frozenset[str]:
    """Return the hashes of removed people whose data this copy must still remove."""
    ours = writer_of(folder.root).id
    return _forgotten_hashes(folder) - Tombstones(folder.received).who_let_go().get(
        ours, frozenset()
    )


def not_yet(folder: SeminarFolder) -> dict[str, int]:
    """Return the number of removals that each copy must still make."""
    hashes = _forgotten_hashes(folder)
    forgotten = Tombstones(folder.received).who_let_go()
    logs = {*ReceivedFiles(folder.received).log.ends(), *folder.decisions.log.ends()}
    writers = {base_of(writer) for writer in logs} - {FIRST}
    return {
        writer: len(missing)
        for writer in sorted(writers)
        if (missing := hashes - forgotten.get(writer, frozenset()))
    }


def _forgotten_hashes(folder: SeminarFolder) -> frozenset[str]:
    return frozenset(e.sha256 for e in folder.decisions if isinstance(e, PersonForgotten))


def _is_now_another_person(folder: SeminarFolder, person: str, hashes: frozenset[str]) -> bool:
    present = folder.seminar.participant(person)
    return present is not None and person_hash(person, present.name) not in hashes
