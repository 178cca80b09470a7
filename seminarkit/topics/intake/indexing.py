"""Reads kept files in a child process and records in the index how each of them ended.

A batch of files is one commit: after a kill the next run reads on where the index ends.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from seminarkit.core.disk.files import half_file, naming
from seminarkit.core.disk.rights import mask_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import DamagedIndexError, Index, OutdatedIndexError
from seminarkit.core.store.index_file import is_whole
from seminarkit.core.store.received_files import Arrival, Received
from seminarkit.core.store.reply import Replied
from seminarkit.core.store.submission import Outcome, Submission
from seminarkit.core.store.version_states import choices, judge_versions
from seminarkit.topics.intake.expected import fingerprint
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import PartRead
from seminarkit.topics.intake.reader_process import ReaderProcess, reader_process
from seminarkit.topics.intake.versioning import Choices, dated, judge, judge_reply

Step = Callable[[str, int, int], None]
_BATCH = 50
_OF_ONE_FILE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
_FAULT = (
    "It is kept, but could not be taken in, by a fault of the kit ({}: {}). All others were. Tell "
    "who looks after the kit, and ask for the answers as a page or Word form meanwhile."
)


@dataclass(frozen=True)
class _Judged:
    """How one part of a file ended.

    With its submission if that is a new one, and all versions with it; or with the reply it is.
    """

    outcome: Outcome
    new: Submission | None = None
    versions: Sequence[Submission] = ()
    reply: Replied | None = None


def build_index(
    path: Path,
    received: Received,
    expected: Expected,
    step: Step = lambda what, done, total: None,
    chosen: Choices = MappingProxyType({}),
) -> None:
    """Make the index at ``path`` from the kept files; the old one stays until the new is whole.

    Whole is what was read back from the disk and found sound.
    ``chosen`` are the versions that organisers chose, by form instance.
    """
    with naming(path), half_file(path.parent, path.name) as half:
        with closing(Index(half.path, building=True)) as index:
            read_new(index, received, expected, step, chosen)
            index.set_meta("read_with", fingerprint(expected))
        os.fsync(half.file.fileno())
        if not is_whole(half.path):
            raise OSError(errno.EIO, "the disk gave back other bytes than were written", str(path))
        half.path.chmod(0o666 & ~mask_of(path.parent))
        _remove_beside(path)
        half.name(path)
    _remove_former(path)


def read_new(
    index: Index, received: Received, expected: Expected, step: Step, chosen: Choices
) -> None:
    """Read the kept files that the index lacks, and record how each ended."""
    arrivals = received.arrivals()
    new = arrivals[index.last_arrival()[0] :]
    with reader_process(expected) as reader:
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            results = _read(batch, received, reader, index, expected, chosen)
            _record(index, batch, results, chosen)
            step("reading", start + len(batch), len(new))
            index.set_meta("arrivals", digest_of(arrivals[: batch[-1].number]))


def digest_of(arrivals: Sequence[Arrival]) -> str:
    """Return what tells whether an index was made of these arrivals, in this order.

    Not of one that was forgotten since, on another copy: its answers are not to stay in the index.
    """
    digest = hashlib.sha256()
    for each in arrivals:
        gone = " forgotten" if each.forgotten else ""
        digest.update(f"{each.sha256} {each.places}{gone}\n".encode())
    return digest.hexdigest()


def _read(
    batch: Sequence[Arrival],
    received: Received,
    reader: ReaderProcess,
    index: Index,
    expected: Expected,
    chosen: Choices,
) -> Iterator[_Judged]:
    versions: dict[str, list[Submission]] = {}
    for arrival in batch:
        if arrival.forgotten:
            continue
        if lost := received.problem(arrival):
            yield _Judged(Outcome(arrival.number, "", "lost", lost))
            continue
        for part in reader.read(received.path(arrival.sha256), arrival.size):
            try:
                judged = _judge(part, arrival, index, expected, chosen, versions)
            except _OF_ONE_FILE as error:  # a fault of the kit, which is no reason to stop
                problem = _FAULT.format(type(error).__name__, error)
                judged = _Judged(Outcome(arrival.number, part.part, "aside", problem))
            yield judged


def _judge(
    part: PartRead,
    arrival: Arrival,
    index: Index,
    expected: Expected,
    chosen: Choices,
    versions: dict[str, list[Submission]],
) -> _Judged:
    """Return how one part of a file ends; a new version is added to ``versions``."""
    part = dated(part, arrival.received_at)
    if part.reply:
        reply = Replied(arrival.number, part.part, *part.reply)
        known = [*index.with_receipt(reply.receipt), *chain(*versions.values())]
        return _Judged(judge_reply(reply, known, expected, chosen), reply=reply)
    if part.reading is None:
        return _Judged(Outcome(arrival.number, part.part, part.kind, part.problem))
    instance = part.reading.instance
    before = versions.get(instance)
    if before is None:
        before = versions[instance] = index.versions_to_judge(instance)
    form, choice = expected.forms[part.reading.form], chosen.get(instance, ())
    outcome, new = judge(part.reading, part.remark, arrival, part.part, form, before, choice)
    if new:
        before.append(new)
    return _Judged(outcome, new, before)


def _record(
    index: Index,
    batch: Sequence[Arrival],
    results: Iterator[_Judged],
    chosen: Choices,
) -> None:
    judged = list(results)
    versions = {each.new.instance: each.versions for each in judged if each.new}
    index.record(
        batch,
        [each.new for each in judged if each.new],
        [each.outcome for each in judged],
        [each.reply for each in judged if each.reply],
        [judge_versions(v, chosen.get(instance, ())) for instance, v in versions.items()],
    )


def stand_as_chosen(index: Index, chosen: Choices) -> None:
    """Record anew how the versions stand where an organiser chose one, or took a choice back."""
    told = hashlib.sha256(repr(sorted(chosen.items())).encode()).hexdigest()
    if index.meta("chosen") == told:
        return
    by_instance: dict[str, list[Submission]] = {}
    for each in index.everything():
        by_instance.setdefault(each.instance, []).append(each)
    index.stand(judge_versions(v, chosen.get(i, ())) for i, v in by_instance.items())
    index.set_meta("chosen", told)


def stand_anew(folder: SeminarFolder) -> None:
    """Bring the index to the versions that are chosen now, after a choice was made or undone.

    One that has to be made again anyway is left to the next ``seminar collect``.
    """
    if not folder.database.exists():
        return
    with suppress(OutdatedIndexError, DamagedIndexError), closing(Index(folder.database)) as index:
        stand_as_chosen(index, choices(folder.decisions))


def _remove_beside(path: Path) -> None:
    """Remove what SQLite kept beside the old index, before the new one takes its name."""
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _remove_former(path: Path) -> None:
    """Remove what an earlier version of the kit has left of an index that was never whole."""
    for half in path.parent.glob(f"{path.name}.new*"):
        half.unlink(missing_ok=True)
