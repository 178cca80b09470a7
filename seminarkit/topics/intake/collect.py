"""``seminar collect``: store the bytes, read them in a child process, record the outcome.

Each step commits by itself, so a run may be killed at any point: the next run reads what was
stored but not yet recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import DamagedIndexError, Index, OutdatedIndexError
from seminarkit.core.store.lock import writing
from seminarkit.core.store.received_files import Arrival, ReceivedFiles
from seminarkit.core.store.submission import Outcome
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.core.store.version_states import choices
from seminarkit.topics.intake.chair_replies import read_replies
from seminarkit.topics.intake.expected import expected_of, fingerprint
from seminarkit.topics.intake.forgotten_again import forgotten
from seminarkit.topics.intake.inbox import IntakeResult, Skipped, store_files, store_inbox
from seminarkit.topics.intake.indexing import (
    Step,
    apply_choices,
    build_index,
    digest_of,
    index_new_files,
)
from seminarkit.topics.intake.note_headings import holds_notes
from seminarkit.topics.intake.outcome_changes import change_sentences, current_before_rebuild
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.server_leftovers import log_leftovers

_DAMAGED = "because it was damaged"


@dataclass(frozen=True)
class CollectResult:
    """The result of a run: the outcome of each new file, and the files left in the inbox.

    ``changed`` has one sentence per form instance whose current version changed when the index was
    rebuilt.
    """

    outcomes: tuple[tuple[Arrival, Outcome], ...]
    known: int
    not_taken: tuple[Skipped, ...]
    rebuilt: str
    changed: tuple[str, ...] = ()


def collect(
    folder: SeminarFolder, *, rebuild: bool = False, step: Step = lambda what, done, total: None
) -> CollectResult:
    """Collect the files in the inbox; ``rebuild`` forces a new index from the stored files.

    The index is also rebuilt when seminar.yml or a form changed in a way that affects how files
    are read. Raises DamageError if the store was altered.
    """

    def intake(received: ReceivedFiles, expected: Expected) -> IntakeResult:
        return store_inbox(
            folder.inbox,
            received,
            forgotten(folder),
            partial(step, "keeping"),
            lambda text: holds_notes(text.splitlines(), expected) or bool(read_replies(text)),
        )

    return _collect(folder, intake, rebuild, step)


def take_files(folder: SeminarFolder, files: Sequence[tuple[str, bytes]]) -> CollectResult:
    """Collect files, given as (name, bytes), that did not come through the inbox.

    The outcomes are in the same order. Raises BusyError while another run is collecting.
    """
    return _collect(folder, lambda received, _: store_files(files, received, forgotten(folder)))


def take_what_is_left(folder: SeminarFolder) -> CollectResult | None:
    """Collect the files that a killed form server had stored but not yet logged or indexed.

    There is no other copy of them, as they never were in the inbox. Return None if there are none.
    """
    received = ReceivedFiles(folder.received)
    with writing(folder.lock):
        _tidy(received)
        pending = bool(received.unlogged()) or _is_behind(folder.database, received)
    forgotten_data = forgotten(folder)
    if not pending:
        return None
    return _collect(folder, lambda received, _: log_leftovers(received, forgotten_data))


def read_what_came(
    folder: SeminarFolder, step: Step = lambda what, done, total: None
) -> CollectResult:
    """Update the index from the log of arrivals, without reading the inbox."""
    return _collect(folder, lambda received, _: IntakeResult((), 0, ()), step=step)


def _is_behind(database: Path, received: ReceivedFiles) -> bool:
    """Return whether the log has arrivals that are missing from the index."""
    arrived = len(received.arrivals())
    if not database.exists():
        return arrived > 0
    try:
        with closing(Index(database)) as index:
            return index.last_arrival()[0] < arrived
    except (OutdatedIndexError, DamagedIndexError):
        return True


def _collect(
    folder: SeminarFolder,
    intake_of: Callable[[ReceivedFiles, Expected], IntakeResult],
    rebuild: bool = False,
    step: Step = lambda what, done, total: None,
) -> CollectResult:
    expected = expected_of(folder)
    received = ReceivedFiles(folder.received)
    with writing(folder.lock):
        _tidy(received)
        arrivals = received.arrivals()
        intake = intake_of(received, expected)
        reason = (
            "as you asked" if rebuild else _rebuild_reason(folder, expected, received, arrivals)
        )
        try:
            indexed = _index(folder, received, expected, step, len(arrivals), reason)
        except DamagedIndexError:
            if reason:
                raise
            reason = _DAMAGED
            indexed = _index(folder, received, expected, step, len(arrivals), reason)
    return CollectResult(indexed.outcomes, intake.known, intake.not_taken, reason, indexed.changed)


def _tidy(received: ReceivedFiles) -> None:
    """Delete the leftovers of killed runs, and forgotten files that were copied back."""
    received.mend()
    received.sweep(Tombstones(received.root).all("file"))


def _is_missing(received: ReceivedFiles, arrival: Arrival) -> bool:
    return not arrival.forgotten and not received.path(arrival.sha256).is_file()


@dataclass(frozen=True)
class _Indexed:
    """The outcomes of newly indexed files, and sentences on changed current versions."""

    outcomes: tuple[tuple[Arrival, Outcome], ...]
    changed: tuple[str, ...]


def _index(
    folder: SeminarFolder,
    received: ReceivedFiles,
    expected: Expected,
    step: Step,
    last_number: int,
    reason: str,
) -> _Indexed:
    """Add the new files to the index, or rebuild it from all files if there is a ``reason``."""
    current_before, chosen_versions = {}, choices(folder.decisions)
    if reason:
        current_before = current_before_rebuild(folder.database)
        build_index(folder.database, received, expected, step, chosen_versions)
    with closing(Index(folder.database)) as index:
        if not reason:
            last_number, _ = index.last_arrival()
            index_new_files(index, received, expected, step, chosen_versions)
            # a run may have been killed after a choice was logged, or choices came by a merge
            apply_choices(index, chosen_versions)
        outcomes = index.outcomes(since=last_number)
        changed = tuple(change_sentences(current_before, index, expected.forms, last_number))
    return _Indexed(tuple(outcomes), changed)


def _rebuild_reason(
    folder: SeminarFolder, expected: Expected, received: ReceivedFiles, arrivals: list[Arrival]
) -> str:
    """Return why the index must be rebuilt, or ''."""
    if not folder.database.exists():
        return "there was none yet"
    try:
        index = Index(folder.database)
    except OutdatedIndexError:
        return "because the kit has changed"
    except DamagedIndexError:
        return _DAMAGED
    with closing(index), suppress(DamagedIndexError):
        index.check()
        if index.meta("read_with") != fingerprint(expected):
            return "because seminar.yml or a form has changed"
        number, _ = index.last_arrival()
        if number and index.meta("arrivals") != digest_of(arrivals[:number]):
            return "because files were received that are earlier than those in it"
        lost = [arrival for arrival, outcome in index.outcomes(since=0) if outcome.kind == "lost"]
        if any(not received.problem(arrival) for arrival in lost):
            return "because a lost file has been found"
        lost_hashes = {arrival.sha256 for arrival in lost}
        readable = (a for a in arrivals[:number] if a.sha256 not in lost_hashes)
        if any(_is_missing(received, arrival) for arrival in readable):
            return "because a received file is missing"
        return ""
    return _DAMAGED
