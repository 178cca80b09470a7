"""Removes all data on a person, for ``seminar forget``.

Only this module deletes received data. A stored plan allows a killed run to be resumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import Index
from seminarkit.core.store.lock import serving, writing
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.core.store.version_states import choices
from seminarkit.forgetting.authors import OwnershipCheck
from seminarkit.forgetting.gather_traces import gather, people
from seminarkit.forgetting.remove_files import (
    aggregate_files,
    drop_empty,
    forget_cached,
    mend_records,
    must_redact,
    remove,
)
from seminarkit.forgetting.remove_received import (
    hashes_of_redacted,
    person_hashes,
    read,
    record_hashes,
    redact_decisions,
    redact_logs,
    redact_received,
    redaction_of,
    sweep_received,
)
from seminarkit.forgetting.search import Hit, Search, Step, search
from seminarkit.forgetting.traces import Traces
from seminarkit.forgetting.unfinished import Plan, drop_plan, keep_plan, read_plan
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.indexing import build_index
from seminarkit.topics.survey.disclosure.issue_log import Issues

ACTIONS = {
    "remove": "removed",
    "black out": "blacked out; the texts of other people stay",
    "make again": "removed; the next run makes it again without this person",
    "cannot": "cannot be blacked out, so it stays; --whole removes it",
    "own": "your own file: remove the person in an editor, or use --own-files to black it out",
}


@dataclass(frozen=True)
class TraceReport:
    """All files that mention a person, and the planned action for each file."""

    plan: Plan
    search: Search
    actions: dict[Path, str]
    sums: tuple[Path, ...]


def find_traces(
    folder: SeminarFolder,
    person: str,
    *,
    is_id: bool,
    step: Step = lambda done, total, name: None,
) -> TraceReport:
    """Return all files that mention a person, and plan an action for each. Change nothing."""
    unfinished = read_plan(folder.received)
    if unfinished and unfinished.person != person:
        raise SeminarError(
            f"'seminar forget {unfinished.person}' was stopped before its end. Run it again first."
        )
    traces = gather(folder, person, is_id=is_id)
    plan = unfinished or Plan(person, Traces(), _receipts(folder), _has_answered(folder, traces))
    plan = replace(plan, traces=plan.traces | traces)
    judge = _judge(folder, plan)
    result = search(folder, plan.traces, step)
    actions = {hit.path: _action(folder, hit, judge) for hit in result.hits}
    aggregates = (
        tuple(path for path in aggregate_files(folder) if path not in actions) if plan.sums else ()
    )
    return TraceReport(plan, result, actions, aggregates)


def forget(
    folder: SeminarFolder,
    findings: TraceReport,
    *,
    whole: bool = False,
    own: bool = False,
    step: Step = lambda done, total, name: None,
) -> Search:
    """Redact or delete all data on a person. Return the result of a second search.

    A killed run must be repeated. Raises BusyError while forms are served.
    """
    judge = _judge(folder, findings.plan)
    received = ReceivedFiles(folder.received)
    with serving(folder.serving_lock), writing(folder.lock):
        received.mend()
        keep_plan(folder.received, findings.plan)
        record_hashes(folder, judge, _sent_files(folder, findings.search.hits))
        remove(folder, findings.search.hits, judge, whole=whole, own=own)
        for path in findings.sums:
            path.unlink(missing_ok=True)
        # before the index is rebuilt: ids in the log of issues are hashes of the answers
        Issues(folder.issues).forget(_versions_of_person(folder, findings.plan.traces))
        redact_received(received, judge, whole=whole)
        sweep_received(received, judge)
        redact_decisions(folder, judge, hashes_of_redacted(received))
        redact_logs(folder, judge)
        fresh = SeminarFolder(folder.root)
        if received.log.exists():
            chosen = choices(fresh.decisions)
            build_index(fresh.database, received, expected_of(fresh), chosen=chosen)
        redact_decisions(
            fresh, judge, _changes_of_receipts(findings.plan.receipts, _receipts(fresh))
        )
        mend_records(fresh)
        drop_empty(fresh)
        forget_cached(judge.traces)
        Tombstones(folder.received).let_go(person_hashes(judge))
        remaining = search(fresh, findings.plan.traces, step)
        drop_plan(folder.received)
    return remaining


def totals(hits: tuple[Hit, ...]) -> Counter[str]:
    """Return the total number of mentions in all files, by kind."""
    return sum((hit.counts for hit in hits), Counter[str]())


def _judge(folder: SeminarFolder, plan: Plan) -> OwnershipCheck:
    return OwnershipCheck(plan.traces, people(folder) - plan.traces.ids)


def _action(folder: SeminarFolder, hit: Hit, judge: OwnershipCheck) -> str:
    if hit.place == "own":
        return "own"
    if hit.place in ("made", "cache", "index"):
        return "make again"
    if hit.place == "log":
        return "black out"
    if hit.place == "filled in" and not must_redact(folder, hit, judge):
        return "make again"
    redaction = redaction_of(_original_name_or_path(folder, hit.path), read(hit.path), judge)
    if redaction and redaction.is_incomplete:
        return "cannot"
    return "black out" if redaction and redaction.data is not None else "remove"


def _original_name_or_path(folder: SeminarFolder, path: Path) -> str:
    for arrival in ReceivedFiles(folder.received).arrivals():
        if arrival.sha256 == path.name:
            return arrival.name
    return path.relative_to(folder.root).as_posix()


def _sent_files(folder: SeminarFolder, hits: tuple[Hit, ...]) -> Iterator[tuple[str, bytes]]:
    received = ReceivedFiles(folder.received)
    for arrival in received.arrivals():
        if not arrival.forgotten:
            yield arrival.name, read(received.path(arrival.sha256))
    for hit in hits:
        if hit.path.is_relative_to(folder.inbox):
            yield hit.path.relative_to(folder.root).as_posix(), read(hit.path)


def _receipts(folder: SeminarFolder) -> dict[str, str]:
    """Return receipts and ids of all form versions, under keys that a redaction keeps."""
    if not folder.database.exists():
        return {}
    try:
        with closing(Index(folder.database)) as index:
            versions = index.everything()
    except SeminarError:
        return {}
    names = {f"{v.instance} {v.rev} {v.saved_at}": v.receipt for v in versions}
    ids = {f"id {v.instance} {v.rev} {v.saved_at}": v.version for v in versions}
    return names | ids


def _changes_of_receipts(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    return {old: after[key] for key, old in before.items() if after.get(key, old) != old}


def _has_answered(folder: SeminarFolder, traces: Traces) -> bool:
    try:
        return bool(_versions_of_person(folder, traces))
    except SeminarError:
        return True


def _versions_of_person(folder: SeminarFolder, traces: Traces) -> list[Submission]:
    if not folder.database.exists():
        return []
    with closing(Index(folder.database)) as index:
        return [version for version in index.everything() if version.person in traces.ids]
