"""Read stored files in a child process and record their outcomes in the index.

Each batch of files is one commit: after a kill, the next run continues where the index ends.
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

from seminarkit.core.disk.files import half_file, with_path
from seminarkit.core.disk.rights import mask_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import DamagedIndexError, Index, OutdatedIndexError
from seminarkit.core.store.index_file import is_whole
from seminarkit.core.store.received_files import Arrival, ReceivedFiles
from seminarkit.core.store.reply import ChairReply
from seminarkit.core.store.submission import Outcome, Submission
from seminarkit.core.store.version_states import choices, judge_versions
from seminarkit.topics.intake.expected import fingerprint
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import PartRead
from seminarkit.topics.intake.reader_process import ReaderProcess, reader_process
from seminarkit.topics.intake.versioning import Choices, judge, judge_reply, with_moment

Step = Callable[[str, int, int], None]
_BATCH = 50
_FILE_ERRORS = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
_BUG_MESSAGE = (
    "It is stored, but could not be read because of an error in the kit ({}: {}). The other files "
    "are not affected. Report this to the person who looks after the kit; meanwhile, ask for the "
    "answers as a page or Word form."
)


@dataclass(frozen=True)
class _PartOutcome:
    """The outcome of one part of a file.

    For a new submission, also the submission and all versions of its form instance; for a reply,
    the reply.
    """

    outcome: Outcome
    new: Submission | None = None
    versions: Sequence[Submission] = ()
    reply: ChairReply | None = None


def build_index(
    path: Path,
    received: ReceivedFiles,
    expected: Expected,
    step: Step = lambda what, done, total: None,
    chosen: Choices = MappingProxyType({}),
) -> None:
    """Build a new index at ``path`` from the stored files.

    It replaces the old one only after it was read back from disk and is intact. ``chosen`` are
    the organisers' choices of versions, by form instance.
    """
    with with_path(path), half_file(path.parent, path.name) as half:
        with closing(Index(half.path, building=True)) as index:
            index_new_files(index, received, expected, step, chosen)
            index.set_meta("read_with", fingerprint(expected))
        os.fsync(half.file.fileno())
        if not is_whole(half.path):
            raise OSError(errno.EIO, "the disk returned other bytes than were written", str(path))
        half.path.chmod(0o666 & ~mask_of(path.parent))
        _remove_side_files(path)
        half.name(path)
    _remove_incomplete(path)


def index_new_files(
    index: Index, received: ReceivedFiles, expected: Expected, step: Step, chosen: Choices
) -> None:
    """Read the stored files that are missing from the index, and record their outcomes."""
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
    """Return a hash of these arrivals in their order, to detect an outdated index.

    It changes when an arrival is forgotten on another copy, as its answers must leave the index.
    """
    digest = hashlib.sha256()
    for arrival in arrivals:
        suffix = " forgotten" if arrival.forgotten else ""
        digest.update(f"{arrival.sha256} {arrival.places}{suffix}\n".encode())
    return digest.hexdigest()


def _read(
    batch: Sequence[Arrival],
    received: ReceivedFiles,
    reader: ReaderProcess,
    index: Index,
    expected: Expected,
    chosen: Choices,
) -> Iterator[_PartOutcome]:
    versions: dict[str, list[Submission]] = {}
    for arrival in batch:
        if arrival.forgotten:
            continue
        if problem := received.problem(arrival):
            yield _PartOutcome(Outcome(arrival.number, "", "lost", problem))
            continue
        for part in reader.read(received.path(arrival.sha256), arrival.size):
            try:
                outcome = _judge(part, arrival, index, expected, chosen, versions)
            except _FILE_ERRORS as error:  # a bug in the kit must not stop the run
                problem = _BUG_MESSAGE.format(type(error).__name__, error)
                outcome = _PartOutcome(Outcome(arrival.number, part.part, "aside", problem))
            yield outcome


def _judge(
    part: PartRead,
    arrival: Arrival,
    index: Index,
    expected: Expected,
    chosen: Choices,
    versions: dict[str, list[Submission]],
) -> _PartOutcome:
    """Return the outcome of one part of a file; a new version is added to ``versions``."""
    part = with_moment(part, arrival.received_at)
    if part.reply:
        reply = ChairReply(arrival.number, part.part, *part.reply)
        candidates = [*index.with_receipt(reply.receipt), *chain(*versions.values())]
        return _PartOutcome(judge_reply(reply, candidates, expected, chosen), reply=reply)
    if part.reading is None:
        return _PartOutcome(Outcome(arrival.number, part.part, part.kind, part.problem))
    instance = part.reading.instance
    earlier = versions.get(instance)
    if earlier is None:
        earlier = versions[instance] = index.versions_to_judge(instance)
    form, choice = expected.forms[part.reading.form], chosen.get(instance, ())
    outcome, new = judge(part.reading, part.remark, arrival, part.part, form, earlier, choice)
    if new:
        earlier.append(new)
    return _PartOutcome(outcome, new, earlier)


def _record(
    index: Index,
    batch: Sequence[Arrival],
    results: Iterator[_PartOutcome],
    chosen: Choices,
) -> None:
    parts = list(results)
    versions = {part.new.instance: part.versions for part in parts if part.new}
    index.record(
        batch,
        [part.new for part in parts if part.new],
        [part.outcome for part in parts],
        [part.reply for part in parts if part.reply],
        [judge_versions(v, chosen.get(instance, ())) for instance, v in versions.items()],
    )


def apply_choices(index: Index, chosen: Choices) -> None:
    """Update the state of all versions if the organisers' choices have changed."""
    digest = hashlib.sha256(repr(sorted(chosen.items())).encode()).hexdigest()
    if index.meta("chosen") == digest:
        return
    by_instance: dict[str, list[Submission]] = {}
    for version in index.everything():
        by_instance.setdefault(version.instance, []).append(version)
    index.stand(judge_versions(v, chosen.get(i, ())) for i, v in by_instance.items())
    index.set_meta("chosen", digest)


def reapply_choice(folder: SeminarFolder) -> None:
    """Apply a new or undone choice of a version to the index.

    An index that must be rebuilt anyway is left to the next ``seminar collect``.
    """
    if not folder.database.exists():
        return
    with suppress(OutdatedIndexError, DamagedIndexError), closing(Index(folder.database)) as index:
        apply_choices(index, choices(folder.decisions))


def _remove_side_files(path: Path) -> None:
    """Remove the SQLite side files of the old index before the new one replaces it."""
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _remove_incomplete(path: Path) -> None:
    """Remove incomplete indexes left by earlier versions of the kit."""
    for half in path.parent.glob(f"{path.name}.new*"):
        half.unlink(missing_ok=True)
