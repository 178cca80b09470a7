"""``seminar verify``: check logs, received files, index and outputs against each other.

The received files are the source of truth. Each must match the hash in its name and have a line in
the hash-chained log. The index must equal, row for row, a new one built from the files. Reports
and pages must match the hashes recorded when they were made.
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
from seminarkit.core.store.received_files import Arrival, ReceivedFiles
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.core.store.version_states import choices
from seminarkit.topics.intake.expected import expected_of, fingerprint
from seminarkit.topics.intake.indexing import build_index, digest_of
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.verify_outputs import check_outputs

Step = Callable[[str, int, int], None]
_OUTDATED = (
    "The index is older than seminar.yml, a form or a decision, so it was not compared with the "
    "received files. Nothing is damaged. Make it again: seminar collect"
)

_BETWEEN = (
    "Other copies of the seminar received files that are earlier than some in the index. They are "
    "not yet read. Nothing is damaged: seminar collect"
)
_REMEDY = "Put back the file from another copy of the seminar's folder: seminar merge PATH"


@dataclass(frozen=True)
class VerifyReport:
    """The counts of checked items, the damaged items, and the outdated ones.

    ``forgotten`` counts the files deleted with a person, ``redacted`` those a person was removed
    from.
    """

    files: int
    rows: int
    outputs: int
    damage: tuple[str, ...]
    stale: tuple[str, ...]
    forgotten: int = 0
    redacted: int = 0


def verify(folder: SeminarFolder, step: Step = lambda what, done, total: None) -> VerifyReport:
    """Check everything; each finding is a sentence with a remedy."""
    received = ReceivedFiles(folder.received)
    damage, arrivals = _log_damage(folder, received)
    rows, outdated = 0, ""
    if arrivals is not None:
        damage += _file_damage(received, arrivals, _given_up_hashes(folder), step)
        if not damage:
            rows, index_damage, outdated = _index_damage(folder, received, arrivals, step)
            damage += index_damage
    outputs, output_damage, stale = check_outputs(folder)
    checked = arrivals or []
    forgotten = sum(arrival.forgotten for arrival in checked)
    redacted = sum(bool(arrival.redacted_from) for arrival in checked)
    return VerifyReport(
        files=len(checked) - forgotten,
        rows=rows,
        outputs=outputs,
        damage=(*dict.fromkeys(damage), *output_damage),
        stale=(*([outdated] if outdated else []), *stale),
        forgotten=forgotten,
        redacted=redacted,
    )


def _log_damage(
    folder: SeminarFolder, received: ReceivedFiles
) -> tuple[list[str], list[Arrival] | None]:
    """Return the damage of all logs, and the arrivals, or None if their log is damaged."""
    damage, arrivals = [], None
    chained_logs = (folder.drafts, folder.links, folder.links_used)
    names = set(NAMES) - {received.log.path.stem}  # the log of arrivals is read below
    readers: list[Callable[[], Iterable[Any]]] = [
        *(TeamLog(folder.received / f"{name}.jsonl", _REMEDY).entries for name in sorted(names)),
        *(ChainedLog(log, "Put back the file from a copy.").entries for log in chained_logs),
    ]
    for read in readers:  # read each log, even if another one is damaged
        try:
            deque(read(), maxlen=0)
        except DamageError as error:
            damage.append(str(error))
    try:
        arrivals = received.arrivals()
    except DamageError as error:
        damage.append(str(error))
    if not damage:
        damage += _redaction_damage(folder, received)
    return damage, arrivals


def _given_up_hashes(folder: SeminarFolder) -> set[str]:
    try:
        return {entry.sha256 for entry in folder.decisions if isinstance(entry, FileGivenUp)}
    except DamageError:  # _log_damage reports it
        return set()


def _redaction_damage(folder: SeminarFolder, received: ReceivedFiles) -> Iterator[str]:
    """Yield the logs with redacted lines that 'seminar forget' did not record."""
    recorded = Tombstones(received.root).all("line")
    logs = {"arrivals.jsonl": received.redacted(), "decisions.jsonl": folder.decisions.redacted()}
    for name, lines in logs.items():
        if unrecorded := len(set(lines) - recorded):
            yield (
                f"{name} has changed lines ({unrecorded}) that 'seminar forget' did not record. If "
                "'seminar forget' was stopped before its end, run it again. Otherwise put back "
                "the file from a copy."
            )


def _file_damage(
    received: ReceivedFiles, arrivals: list[Arrival], given_up: Collection[str], step: Step
) -> Iterator[str]:
    by_hash = {arrival.sha256: arrival for arrival in arrivals if not arrival.forgotten}
    for number, arrival in enumerate(by_hash.values(), start=1):
        if arrival.sha256 not in given_up and (problem := received.problem(arrival)):
            yield problem
        step("received files", number, len(by_hash))
    for path in received.files():
        if path.name not in by_hash:
            yield (
                f"The received file {path.name[:12]}… is not in the log. Either the log of another "
                "copy is still missing here, or somebody put the file here. Bring in the log: "
                "seminar merge PATH. If the file is still in the inbox, collect again."
            )


def _index_damage(
    folder: SeminarFolder, received: ReceivedFiles, arrivals: list[Arrival], step: Step
) -> tuple[int, list[str], str]:
    """Return the number of rows, the damage, and a sentence if the index is outdated."""
    expected = expected_of(folder)
    rows_by_table: dict[str, list[tuple[Any, ...]]] = {}
    read_with, last, arrivals_digest = "", 0, ""
    if folder.database.exists():
        try:
            with closing(Index(folder.database)) as index:
                rows_by_table, read_with = index.rows(), index.meta("read_with") or ""
                last, _ = index.last_arrival()
                arrivals_digest = index.meta("arrivals") or digest_of([])
        except OutdatedIndexError:
            return 0, [], _OUTDATED
        except DamageError as error:
            return 0, [str(error)], ""
    elif not received.log.exists():
        return 0, [], ""
    count = sum(len(rows) for rows in rows_by_table.values())
    if rows_by_table and read_with != fingerprint(expected):
        return count, [], _OUTDATED
    if rows_by_table and arrivals_digest != digest_of(arrivals[:last]):
        return count, [], _BETWEEN
    new = len(arrivals) - last
    indexed = _ReceivedUpTo(received.root, last) if rows_by_table and new > 0 else received
    try:
        rebuilt = _rebuilt_rows(indexed, expected, folder, step)
    except SeminarError as error:
        return count, [f"The index cannot be made again: {error}"], ""
    if not rows_by_table:  # it was rebuilt above, so the command in this message works
        return 0, ["There is no index. Make it: seminar collect --rebuild"], ""
    waiting = (
        f"Received files that are not yet read: {new}. Read them: seminar collect"
        if new > 0
        else ""
    )
    return count, list(_differences(rows_by_table, rebuilt)), waiting


class _ReceivedUpTo(ReceivedFiles):
    """The files received before the index was made, which it must contain."""

    def __init__(self, root: Path, last: int) -> None:
        super().__init__(root)
        self._last = last

    def arrivals(self) -> list[Arrival]:
        return super().arrivals()[: self._last]


def _rebuilt_rows(
    received: ReceivedFiles, expected: Expected, folder: SeminarFolder, step: Step
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of an index rebuilt from the received files."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / folder.database.name
        build_index(path, received, expected, step, choices(folder.decisions))
        with closing(Index(path)) as index:
            return index.rows()


def _differences(
    present: dict[str, list[tuple[Any, ...]]], rebuilt: dict[str, list[tuple[Any, ...]]]
) -> Iterator[str]:
    for table, rows in present.items():
        extra, lacking = (
            Counter(rows) - Counter(rebuilt[table]),
            Counter(rebuilt[table]) - Counter(rows),
        )
        if extra:
            yield (
                f"The index has {extra.total()} rows in '{table}' that do not come from a received "
                "file. Make it again: seminar collect --rebuild"
            )
        if lacking:
            yield (
                f"The index lacks {lacking.total()} rows in '{table}' that should come from the "
                "received files. Make it again: seminar collect --rebuild"
            )
