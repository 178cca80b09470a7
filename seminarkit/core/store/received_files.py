"""Keeps every received file byte for byte under its SHA-256, and a log of what arrived when.

    received/files/3f/3fa9…                    the bytes
    received/logs/<writer>/arrivals.jsonl    one line an arrival (core/logs/team_log.py)

A file counts as kept when its bytes, its name in the folder and its line in the log are on the
disk: temporary file, fsync, rename, fsync of the folder, then the log, for a batch at a time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from seminarkit.core.disk.files import half_file, move, naming, sweep, sync_folder
from seminarkit.core.disk.rights import make_folder, mode_beside
from seminarkit.core.logs.damage import ASIDE
from seminarkit.core.logs.line_order import Entry
from seminarkit.core.logs.team_log import GOES_ON, TeamLog
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.arrival_list import Folded
from seminarkit.core.store.line_formats import ArrivalLine, is_known
from seminarkit.core.store.tombstones import Tombstones

_CHUNK = 1 << 20
_BACK = (
    "Bring it back from another copy of the seminar's folder: seminar merge PATH. If there is "
    "none: seminar collect --without NAME"
)
_SELDOM = ("forgotten", "redacted_from")
_SAID_ALWAYS = ("sha256", "name", "size", "received_at")
_SAID = {*_SAID_ALWAYS, *_SELDOM, "by"}
_CURE = (
    "The received files themselves are not touched. Put it back from another copy of the seminar's "
    "folder: seminar merge PATH"
)


@dataclass(frozen=True)
class Arrival:
    """One file as it arrived: ``number`` counts from 1, ``received_at`` is UTC, ISO 8601.

    Of one that was ``forgotten`` only the hash is left. Out of one with ``redacted_from``, the hash
    of the file as it came, a person was taken; ``sha256`` is that of what others said in it. The
    same file may have come to several computers: ``places`` are its lines in their logs, as
    ``writer:line``, with blanks between; ``by`` is who took it in first.
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
class Kept:
    """A file whose bytes are safe, before its arrival is in the log."""

    sha256: str
    name: str
    size: int


class Received:
    """The folder ``received/``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log = TeamLog(root / "arrivals.jsonl", _CURE, "received_at")
        self._touched: set[Path] = set()
        self._folded = Folded()

    def path(self, sha256: str) -> Path:
        """Return where the file with this hash lies."""
        return self.root / "files" / sha256[:2] / sha256

    def keep(self, file: BinaryIO, name: str) -> Kept:
        """Keep what ``file`` gives until its end. Not yet safe from a power cut: see ``commit``."""
        folder = self.root / "files"
        digest, size = hashlib.sha256(), 0
        with naming(folder):
            made = make_folder(folder)
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
                    made += make_folder(target.parent)
                    half.path.chmod(mode_beside(folder))
                    half.name(target)
                # also one that a killed run kept: nobody knows whether its name is on the disk
                made += [target]
        self._touched |= {each.parent for each in made}
        return Kept(digest.hexdigest(), name, size)

    def commit(self, batch: Iterable[Kept], received_at: str) -> list[Arrival]:
        """Make a batch of kept files last, and log their arrival."""
        for folder in sorted(self._touched, reverse=True):  # what is in a folder, then the folder
            sync_folder(folder)
        self._touched.clear()
        arrived = [Arrival(0, kept.sha256, kept.name, kept.size, received_at) for kept in batch]
        if not arrived:
            return []
        last = len(self._fold().by_content)
        entries = self.log.append(map(_line, arrived))
        self._folded.go_on(entries, self._values, self.log.looks())
        return [
            replace(self._arrival(entry), number=number)
            for number, entry in enumerate(entries, start=last + 1)
        ]

    def arrivals(self) -> list[Arrival]:
        """Return all arrivals, of all who took files in, in the one order of their lines.

        What came to several of them under one name is one arrival: the first. Raises DamageError
        where a log was changed.
        """
        numbered = enumerate(self._fold().by_content.values(), start=1)
        return [Arrival(number, **values) for number, values in numbered]

    def _fold(self) -> Folded:
        """Return the lines of all logs as arrivals; read again where a log has changed since."""
        gone, looks = Tombstones(self.root).all("file"), self.log.looks()
        if (self._folded.gone, self._folded.looks) != (gone, looks):
            self._folded = Folded(gone)
            self._folded.go_on(self.log.entries(), self._values, looks)
        return self._folded

    def seen(self, number: int) -> dict[str, int]:
        """Return how many lines of each writer's log the first arrivals are, up to a number."""
        seen: dict[str, int] = {}
        for arrival in self.arrivals()[:number]:
            for place in arrival.places.split():
                writer, _, line = place.rpartition(":")
                seen[writer] = max(seen.get(writer, 0), int(line))
        return seen

    def lines(self) -> list[Arrival]:
        """Return an arrival for each line of each log, numbered as there; for ``redact``."""
        return [self._arrival(entry) for entry in self.log.entries()]

    def redact(self, change: Callable[[Arrival], Arrival]) -> list[str]:
        """Write some arrivals anew; return the hash of each line that was changed.

        Bytes that no arrival has any more are removed by ``sweep``.
        """

        def changed(entry: Entry) -> dict[str, object]:
            if entry.values.get("kind") == GOES_ON:
                return entry.values
            before = self._arrival(entry)
            after = change(before)
            return entry.values if after == before else {**entry.values, **_line(after)}

        return self.log.redact(changed)

    def redacted(self) -> list[str]:
        """Return the hash of each line of the log that a person was taken out of."""
        return self.log.redacted()

    def _arrival(self, entry: Entry) -> Arrival:
        values: ArrivalLine = {**self._values(entry, frozenset()), "places": entry.place}
        return Arrival(entry.line, **values)

    def _values(self, entry: Entry, gone: Collection[str]) -> ArrivalLine:
        """Return what a line says of an arrival; raises DamageError where it says none."""
        line = {k: v for k, v in entry.values.items() if k in _SAID}
        if not is_known("arrivals", line):
            raise self.log.damage(entry)
        values = cast(ArrivalLine, line)
        if values["sha256"] in gone:
            return {**values, "name": "", "size": 0, "forgotten": True}
        return values

    def sweep(self, gone: Collection[str]) -> None:
        """Remove the bytes of forgotten files that no arrival has any more."""
        there = {each.sha256 for each in self.arrivals() if not each.forgotten}
        for sha256 in set(gone) - there:
            self.path(sha256).unlink(missing_ok=True)

    def is_whole(self, sha256: str) -> bool:
        """Say whether the bytes with this hash are here."""
        path = self.path(sha256)
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def put_aside(self, sha256: str) -> None:
        """Keep bytes that are not as they came where nobody takes them for what they were."""
        if self.path(sha256).is_file() and not self.is_whole(sha256):
            move(self.path(sha256), self.root / ASIDE / sha256)

    def problem(self, arrival: Arrival) -> str:
        """Return what is wrong with the file of an arrival; nothing where it is as it came."""
        path = self.path(arrival.sha256)
        if arrival.forgotten:
            return ""
        what = f"The received file {arrival.sha256[:12]}… ('{shown_name(arrival.name)}')"
        if not path.is_file():
            return f"{what} is missing: it has not come yet from another copy, or is lost. {_BACK}"
        if not self.is_whole(arrival.sha256):
            return f"{what} is not as it came: its bytes have changed. {_BACK}"
        return ""

    def mend(self) -> None:
        """Take away the files that a killed run left half copied.

        Their files are still in the inbox, and will be kept again.
        """
        sweep(self.root / "files", below=False)
        for half in (self.root / "files").glob("arriving-*"):  # of an earlier version of the kit
            half.unlink(missing_ok=True)

    def unlogged(self) -> list[Path]:
        """Return the kept files that no line of the log names: a run was killed in between."""
        logged = {arrival.sha256 for arrival in self.arrivals()}
        return [path for path in self.files() if path.name not in logged]

    def files(self) -> Iterator[Path]:
        """Yield every kept file."""
        yield from sorted((self.root / "files").glob("??/*"))


def _line(arrival: Arrival) -> dict[str, object]:
    """Return an arrival as its line in the log: what is seldom said is left out."""
    entry = asdict(arrival)
    return {k: v for k, v in entry.items() if k in _SAID_ALWAYS or (k in _SELDOM and v)}
