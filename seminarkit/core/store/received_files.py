"""Store every received file under its SHA-256, and log what arrived when.

    received/files/3f/3fa9…                    the bytes
    received/logs/<writer>/arrivals.jsonl    one line per arrival (core/logs/team_log.py)

A file is safely stored when its bytes, its name in the folder and its line in the log are on the
disk: temporary file, fsync, rename, fsync of the folder, then the log, one batch at a time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from seminarkit.core.disk.files import half_file, move, sweep, sync_folder, with_path
from seminarkit.core.disk.rights import make_folder, mode_beside
from seminarkit.core.logs.damage import ASIDE
from seminarkit.core.logs.line_order import LogEntry
from seminarkit.core.logs.team_log import GOES_ON, TeamLog
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.arrival_list import ArrivalList
from seminarkit.core.store.line_formats import ArrivalLine, is_known
from seminarkit.core.store.tombstones import Tombstones

_CHUNK = 1 << 20
_HELP = (
    "Get it from another copy of the seminar's folder: seminar merge PATH. If no copy has it: "
    "seminar collect --without NAME"
)
_OPTIONAL_KEYS = ("forgotten", "redacted_from")
_REQUIRED_KEYS = ("sha256", "name", "size", "received_at")
_KEYS = {*_REQUIRED_KEYS, *_OPTIONAL_KEYS, "by"}
_CURE = (
    "The received files themselves are not touched. Put it back from another copy of the seminar's "
    "folder: seminar merge PATH"
)


@dataclass(frozen=True)
class Arrival:
    """One received file: ``number`` counts from 1, ``received_at`` is UTC, ISO 8601.

    Of a ``forgotten`` file only the hash is left. ``redacted_from`` is the hash of the original of
    a file from which a person was removed; ``sha256`` is then the hash of the redacted file. The
    same file may arrive on several computers: ``places`` are its lines in their logs, as
    ``writer:line`` separated by blanks; ``by`` is the person who received it first.
    """

    number: int
    sha256: str
    name: str
    size: int
    received_at: str
    forgotten: bool = False
    redacted_from: str = ""
    places: str = ""
    by: str = ""


@dataclass(frozen=True)
class StoredFile:
    """A file whose bytes are stored, and whose arrival is not in the log yet."""

    sha256: str
    name: str
    size: int


class ReceivedFiles:
    """The folder ``received/``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log = TeamLog(root / "arrivals.jsonl", _CURE, "received_at")
        self._touched: set[Path] = set()
        self._arrival_list = ArrivalList()

    def path(self, sha256: str) -> Path:
        """Return the path of the file with this hash."""
        return self.root / "files" / sha256[:2] / sha256

    def keep(self, file: BinaryIO, name: str) -> StoredFile:
        """Store the bytes of ``file``. Safe from a power cut only after ``commit``."""
        folder = self.root / "files"
        digest, size = hashlib.sha256(), 0
        with with_path(folder):
            entries = make_folder(folder)
            with half_file(folder, "arriving") as half:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    half.file.write(chunk)
                    size += len(chunk)
                half.file.flush()
                target = self.path(digest.hexdigest())
                if target.exists():
                    half.drop()
                else:
                    os.fsync(half.file.fileno())
                    entries += make_folder(target.parent)
                    half.path.chmod(mode_beside(folder))
                    half.name(target)
                # also if it existed: a killed run may have stored it without syncing the folder
                entries += [target]
        self._touched |= {path.parent for path in entries}
        return StoredFile(digest.hexdigest(), name, size)

    def commit(self, batch: Iterable[StoredFile], received_at: str) -> list[Arrival]:
        """Sync a batch of stored files to the disk, and log their arrival."""
        for folder in sorted(self._touched, reverse=True):  # subfolders first
            sync_folder(folder)
        self._touched.clear()
        arrivals = [Arrival(0, file.sha256, file.name, file.size, received_at) for file in batch]
        if not arrivals:
            return []
        last = len(self._read_arrivals().by_content)
        entries = self.log.append(map(_line, arrivals))
        self._arrival_list.extend(entries, self._values, self.log.looks())
        return [
            replace(self._arrival(entry), number=number)
            for number, entry in enumerate(entries, start=last + 1)
        ]

    def arrivals(self) -> list[Arrival]:
        """Return the arrivals of all writers' logs, in log order.

        A file that several writers received under one name is one arrival: the first. Raises
        DamageError where a log was changed.
        """
        numbered = enumerate(self._read_arrivals().by_content.values(), start=1)
        return [Arrival(number, **values) for number, values in numbered]

    def _read_arrivals(self) -> ArrivalList:
        """Return the list of arrivals, read again if a log has changed."""
        forgotten, log_state = Tombstones(self.root).all("file"), self.log.looks()
        if (self._arrival_list.forgotten, self._arrival_list.log_state) != (forgotten, log_state):
            self._arrival_list = ArrivalList(forgotten)
            self._arrival_list.extend(self.log.entries(), self._values, log_state)
        return self._arrival_list

    def seen(self, number: int) -> dict[str, int]:
        """Return how many lines of each writer's log the first ``number`` arrivals cover."""
        seen: dict[str, int] = {}
        for arrival in self.arrivals()[:number]:
            for place in arrival.places.split():
                writer, _, line = place.rpartition(":")
                seen[writer] = max(seen.get(writer, 0), int(line))
        return seen

    def lines(self) -> list[Arrival]:
        """Return one arrival for each line of each log, with its line number; for ``redact``."""
        return [self._arrival(entry) for entry in self.log.entries()]

    def redact(self, change: Callable[[Arrival], Arrival]) -> list[str]:
        """Rewrite arrivals in the logs; return the hash of each line that was changed.

        Bytes that no arrival refers to any more are removed by ``sweep``.
        """

        def rewrite(entry: LogEntry) -> dict[str, object]:
            if entry.values.get("kind") == GOES_ON:
                return entry.values
            before = self._arrival(entry)
            after = change(before)
            return entry.values if after == before else {**entry.values, **_line(after)}

        return self.log.redact(rewrite)

    def redacted(self) -> list[str]:
        """Return the hash of each log line that was redacted."""
        return self.log.redacted()

    def _arrival(self, entry: LogEntry) -> Arrival:
        values: ArrivalLine = {**self._values(entry, frozenset()), "places": entry.place}
        return Arrival(entry.line, **values)

    def _values(self, entry: LogEntry, forgotten: Collection[str]) -> ArrivalLine:
        """Return the arrival in a log line; raises DamageError for any other line."""
        line = {k: v for k, v in entry.values.items() if k in _KEYS}
        if not is_known("arrivals", line):
            raise self.log.damage(entry)
        values = cast(ArrivalLine, line)
        if values["sha256"] in forgotten:
            return {**values, "name": "", "size": 0, "forgotten": True}
        return values

    def sweep(self, forgotten: Collection[str]) -> None:
        """Delete the bytes of forgotten files that no arrival refers to any more."""
        needed = {arrival.sha256 for arrival in self.arrivals() if not arrival.forgotten}
        for sha256 in set(forgotten) - needed:
            self.path(sha256).unlink(missing_ok=True)

    def is_whole(self, sha256: str) -> bool:
        """Return whether the file with this hash is here and undamaged."""
        path = self.path(sha256)
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def put_aside(self, sha256: str) -> None:
        """Move a file whose bytes have changed to the folder for damaged files."""
        if self.path(sha256).is_file() and not self.is_whole(sha256):
            move(self.path(sha256), self.root / ASIDE / sha256)

    def problem(self, arrival: Arrival) -> str:
        """Return a sentence on the missing or damaged file of an arrival, or nothing."""
        path = self.path(arrival.sha256)
        if arrival.forgotten:
            return ""
        file = f"The received file {arrival.sha256[:12]}… ('{shown_name(arrival.name)}')"
        if not path.is_file():
            return f"{file} is missing: another copy has not sent it yet, or it is lost. {_HELP}"
        if not self.is_whole(arrival.sha256):
            return f"{file} has changed since it was received. {_HELP}"
        return ""

    def mend(self) -> None:
        """Delete the half-copied files of killed runs.

        Their originals are still in the inbox, and will be stored again.
        """
        sweep(self.root / "files", below=False)
        for path in (self.root / "files").glob("arriving-*"):  # of earlier kits
            path.unlink(missing_ok=True)

    def unlogged(self) -> list[Path]:
        """Return the stored files without a line in the log, left by a killed run."""
        logged = {arrival.sha256 for arrival in self.arrivals()}
        return [path for path in self.files() if path.name not in logged]

    def files(self) -> Iterator[Path]:
        """Yield every stored file."""
        yield from sorted((self.root / "files").glob("??/*"))


def _line(arrival: Arrival) -> dict[str, object]:
    """Return the log line of an arrival, without optional keys that are empty."""
    entry = asdict(arrival)
    return {k: v for k, v in entry.items() if k in _REQUIRED_KEYS or (k in _OPTIONAL_KEYS and v)}
