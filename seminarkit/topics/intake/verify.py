"""``seminar verify``: proves log, received files, index and outputs against each other.

The received files are the truth. Each must have the hash that is its name and a line in the log,
whose lines are chained; the index must be row for row what those files give when they are read
again; reports and pages must have the hashes that were noted when they were made.
"""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seminarkit.core.errors import DamageError, SeminarError
from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.logs.last_seen import NAMES
from seminarkit.core.logs.team_log import TeamLog
from seminarkit.core.seminar.delegation_decisions import FileGivenUp
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import Index, OutdatedIndexError
from seminarkit.core.store.received_files import Arrival, Received
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.core.store.version_states import choices
from seminarkit.topics.intake.expected import expected_of, fingerprint
from seminarkit.topics.intake.indexing import build_index, digest_of
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.verify_outputs import look_at_outputs

Step = Callable[[str, int, int], None]
_OLDER = (
    "The index is older than seminar.yml, a form or a decision, so it was not held against the "
    "received files. Nothing is damaged. Make it anew: seminar collect"
)

_BETWEEN = (
    "Files that other copies took in came before some that the index knew, and are not yet read. "
    "Nothing is damaged: seminar collect"
)
_CURE = "Put back the file from another copy of the seminar's folder: seminar merge PATH"


@dataclass(frozen=True)
class Verified:
    """What was looked at, what is damaged, and what is merely older than what it is made from.

    Of the received files some were ``forgotten`` with a person, out of some one was ``redacted``.
    """

    files: int
    rows: int
    outputs: int
    damage: tuple[str, ...]
    stale: tuple[str, ...]
    forgotten: int = 0
    redacted: int = 0


def verify(folder: SeminarFolder, step: Step = lambda what, done, total: None) -> Verified:
    """Look at everything; a finding is a sentence that says what to do."""
    received = Received(folder.received)
    damage, arrivals = _logs(folder, received)
    rows, older = 0, ""
    if arrivals is not None:
        damage += _files(received, arrivals, _given_up(folder), step)
        if not damage:
            rows, found, older = _index(folder, received, arrivals, step)
            damage += found
    outputs, broken, stale = look_at_outputs(folder)
    there = arrivals or []
    gone = sum(arrival.forgotten for arrival in there)
    redacted = sum(bool(arrival.redacted_from) for arrival in there)
    return Verified(
        files=len(there) - gone,
        rows=rows,
        outputs=outputs,
        damage=(*dict.fromkeys(damage), *broken),
        stale=(*([older] if older else []), *stale),
        forgotten=gone,
        redacted=redacted,
    )


def _logs(folder: SeminarFolder, received: Received) -> tuple[list[str], list[Arrival] | None]:
    """Return what is wrong with each log, and all arrivals; None where their own log is damaged."""
    damage, arrivals = [], None
    others = (folder.drafts, folder.links, folder.links_used)
    names = set(NAMES) - {received.log.path.stem}  # that of arrivals is read below
    looks: list[Callable[[], Iterable[Any]]] = [
        *(TeamLog(folder.received / f"{name}.jsonl", _CURE).entries for name in sorted(names)),
        *(ChainedLog(log, "Put back the file from a copy.").entries for log in others),
    ]
    for look in looks:  # each by itself: one that is damaged says nothing of the others
        try:
            deque(look(), maxlen=0)
        except DamageError as error:
            damage.append(str(error))
    try:
        arrivals = received.arrivals()
    except DamageError as error:
        damage.append(str(error))
    if not damage:
        damage += _forgotten(folder, received)
    return damage, arrivals


def _given_up(folder: SeminarFolder) -> set[str]:
    try:
        return {each.sha256 for each in folder.decisions if isinstance(each, FileGivenUp)}
    except DamageError:  # it is told of by itself
        return set()


def _forgotten(folder: SeminarFolder, received: Received) -> Iterator[str]:
    """Hold the lines of the logs that somebody was taken out of against what was forgotten."""
    known = Tombstones(received.root).all("line")
    logs = {"arrivals.jsonl": received.redacted(), "decisions.jsonl": folder.decisions.redacted()}
    for name, lines in logs.items():
        if strange := len(set(lines) - known):
            yield (
                f"{name} has {strange} lines that were changed, and not by 'seminar forget'; or it "
                "was stopped before its end: run it again. Else put back the file from a copy."
            )


def _files(
    received: Received, arrivals: list[Arrival], given_up: Collection[str], step: Step
) -> Iterator[str]:
    by_hash = {arrival.sha256: arrival for arrival in arrivals if not arrival.forgotten}
    for number, arrival in enumerate(by_hash.values(), start=1):
        if arrival.sha256 not in given_up and (problem := received.problem(arrival)):
            yield problem
        step("received files", number, len(by_hash))
    for path in received.files():
        if path.name not in by_hash:
            yield (
                f"The received file {path.name[:12]}… is in no line of the log: that has not "
                "come yet from another copy, or somebody put the file here. Bring the log: seminar "
                "merge PATH. If it is still in the inbox, collect again."
            )


def _index(
    folder: SeminarFolder, received: Received, arrivals: list[Arrival], step: Step
) -> tuple[int, list[str], str]:
    """Return the rows of the index, what is damaged, and a sentence where it is merely older."""
    expected = expected_of(folder)
    there: dict[str, list[tuple[Any, ...]]] = {}
    read_with, known, made_of = "", 0, ""
    if folder.database.exists():
        try:
            with closing(Index(folder.database)) as index:
                there, read_with = index.rows(), index.meta("read_with") or ""
                known, _ = index.last_arrival()
                made_of = index.meta("arrivals") or digest_of([])
        except OutdatedIndexError:
            return 0, [], _OLDER
        except DamageError as error:
            return 0, [str(error)], ""
    elif not received.log.exists():
        return 0, [], ""
    count = sum(len(rows) for rows in there.values())
    if there and read_with != fingerprint(expected):
        return count, [], _OLDER
    if there and made_of != digest_of(arrivals[:known]):
        return count, [], _BETWEEN
    new = len(arrivals) - known
    read = _UpTo(received.root, known) if there and new > 0 else received
    try:
        again = _again(read, expected, folder, step)
    except SeminarError as error:
        return count, [f"The index cannot be made again: {error}"], ""
    if not there:  # it was made here, so the command that is named does not fail
        return 0, ["There is no index. Make it: seminar collect --rebuild"], ""
    waiting = f"{new} arrived, not yet read: seminar collect" if new > 0 else ""
    return count, list(_differences(there, again)), waiting


class _UpTo(Received):
    """What had been received when the index was made: the rest is not missing in it."""

    def __init__(self, root: Path, last: int) -> None:
        super().__init__(root)
        self._last = last

    def arrivals(self) -> list[Arrival]:
        return super().arrivals()[: self._last]


def _again(
    received: Received, expected: Expected, folder: SeminarFolder, step: Step
) -> dict[str, list[tuple[Any, ...]]]:
    """Return what an index holds that is made from the received files now."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / folder.database.name
        build_index(path, received, expected, step, choices(folder.decisions))
        with closing(Index(path)) as index:
            return index.rows()


def _differences(
    there: dict[str, list[tuple[Any, ...]]], again: dict[str, list[tuple[Any, ...]]]
) -> Iterator[str]:
    for table, rows in there.items():
        extra, lacking = (
            Counter(rows) - Counter(again[table]),
            Counter(again[table]) - Counter(rows),
        )
        if extra:
            yield (
                f"The index has {extra.total()} rows in '{table}' that no received file gives. "
                "Make it again: seminar collect --rebuild"
            )
        if lacking:
            yield (
                f"The index lacks {lacking.total()} rows in '{table}' that the received files "
                "give. Make it again: seminar collect --rebuild"
            )
