"""``seminar collect``: keep the bytes, read them in a child process, record the outcome.

Each step ends with a commit of its own, so that a run may be killed anywhere: what was kept is
read by the next run, and what was read but not recorded is read again.
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
from seminarkit.core.store.received_files import Arrival, Received
from seminarkit.core.store.submission import Outcome
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.core.store.version_states import choices
from seminarkit.topics.intake.chair_replies import read_replies
from seminarkit.topics.intake.expected import expected_of, fingerprint
from seminarkit.topics.intake.forgotten_again import forgotten
from seminarkit.topics.intake.inbox import Intake, NotTaken, take_bytes, take_in
from seminarkit.topics.intake.indexing import (
    Step,
    build_index,
    digest_of,
    read_new,
    stand_as_chosen,
)
from seminarkit.topics.intake.note_headings import holds_notes
from seminarkit.topics.intake.outcome_changes import changed_words, counted_before
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.server_leftovers import take_left

_DAMAGED = "since it was damaged"


@dataclass(frozen=True)
class Collected:
    """What a run of collect did: how each new file ended, and what was left where it is.

    ``changed`` has a sentence for each form of which another version counts since the index was
    made again.
    """

    outcomes: tuple[tuple[Arrival, Outcome], ...]
    known: int
    not_taken: tuple[NotTaken, ...]
    rebuilt: str
    changed: tuple[str, ...] = ()


def collect(
    folder: SeminarFolder, *, rebuild: bool = False, step: Step = lambda what, done, total: None
) -> Collected:
    """Take in the inbox. ``rebuild`` makes the index again from the kept files.

    It is also made again when seminar.yml or a form changed in what decides over files. Raises
    DamageError when the store is not as it was written.
    """

    def intake(received: Received, expected: Expected) -> Intake:
        return take_in(
            folder.inbox,
            received,
            forgotten(folder),
            partial(step, "keeping"),
            lambda text: holds_notes(text.splitlines(), expected) or bool(read_replies(text)),
        )

    return _collect(folder, intake, rebuild, step)


def take_files(folder: SeminarFolder, files: Sequence[tuple[str, bytes]]) -> Collected:
    """Take in files that came in another way than through the inbox, as (name, bytes).

    Their outcomes stand in the same order. Raises BusyError while another run is collecting.
    """
    return _collect(folder, lambda received, _: take_bytes(files, received, forgotten(folder)))


def take_what_is_left(folder: SeminarFolder) -> Collected | None:
    """Take in what a killed server of forms had kept, but not yet logged or put into the index.

    Nobody has it elsewhere: it never lay in the inbox. Returns nothing where nothing was left.
    """
    received = Received(folder.received)
    with writing(folder.lock):
        _tidy(received)
        left = bool(received.unlogged()) or _is_behind(folder.database, received)
    gone = forgotten(folder)
    return _collect(folder, lambda received, _: take_left(received, gone)) if left else None


def read_what_came(folder: SeminarFolder, step: Step = lambda what, done, total: None) -> Collected:
    """Bring the index up to the logs as they are now, without looking into the inbox."""
    return _collect(folder, lambda received, _: Intake((), 0, ()), step=step)


def _is_behind(database: Path, received: Received) -> bool:
    """Say whether the index lacks arrivals that are in the log."""
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
    intake_of: Callable[[Received, Expected], Intake],
    rebuild: bool = False,
    step: Step = lambda what, done, total: None,
) -> Collected:
    expected = expected_of(folder)
    received = Received(folder.received)
    with writing(folder.lock):
        _tidy(received)
        before = received.arrivals()
        intake = intake_of(received, expected)
        reason = "as you asked" if rebuild else _why_rebuild(folder, expected, received, before)
        try:
            made = _index(folder, received, expected, step, len(before), reason)
        except DamagedIndexError:
            if reason:
                raise
            reason = _DAMAGED
            made = _index(folder, received, expected, step, len(before), reason)
    return Collected(made.outcomes, intake.known, intake.not_taken, reason, made.changed)


def _tidy(received: Received) -> None:
    """Take away what a killed run left half, and what was forgotten and has been copied back."""
    received.mend()
    received.sweep(Tombstones(received.root).all("file"))


def _is_gone(received: Received, arrival: Arrival) -> bool:
    return not arrival.forgotten and not received.path(arrival.sha256).is_file()


@dataclass(frozen=True)
class _Indexed:
    """How the files ended that the index lacked, and which forms count otherwise now."""

    outcomes: tuple[tuple[Arrival, Outcome], ...]
    changed: tuple[str, ...]


def _index(
    folder: SeminarFolder,
    received: Received,
    expected: Expected,
    step: Step,
    known: int,
    reason: str,
) -> _Indexed:
    """Bring the index up to the received files; for a ``reason`` it is made again from them all."""
    counted, chosen = {}, choices(folder.decisions)
    if reason:
        counted = counted_before(folder.database)
        build_index(folder.database, received, expected, step, chosen)
    with closing(Index(folder.database)) as index:
        if not reason:
            known, _ = index.last_arrival()
            read_new(index, received, expected, step, chosen)
            # since a run was killed between a choice and the index, or choices came from others
            stand_as_chosen(index, chosen)
        outcomes = index.outcomes(since=known)
        changed = tuple(changed_words(counted, index, expected.forms, known))
    return _Indexed(tuple(outcomes), changed)


def _why_rebuild(
    folder: SeminarFolder, expected: Expected, received: Received, arrivals: list[Arrival]
) -> str:
    if not folder.database.exists():
        return "there was none yet"
    try:
        index = Index(folder.database)
    except OutdatedIndexError:
        return "since the kit has changed"
    except DamagedIndexError:
        return _DAMAGED
    with closing(index), suppress(DamagedIndexError):
        index.check()
        if index.meta("read_with") != fingerprint(expected):
            return "since seminar.yml or a form has changed"
        number, _ = index.last_arrival()
        if number and index.meta("arrivals") != digest_of(arrivals[:number]):
            return "since other files came before those it knew"
        lost = [each for each, outcome in index.outcomes(since=0) if outcome.kind == "lost"]
        if any(not received.problem(each) for each in lost):
            return "since a file that was lost is back"
        told = {arrival.sha256 for arrival in lost}
        read = (a for a in arrivals[:number] if a.sha256 not in told)
        if any(_is_gone(received, arrival) for arrival in read):
            return "since a received file is missing"
        return ""
    return _DAMAGED
