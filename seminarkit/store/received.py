"""Keeps every received file byte for byte under its SHA-256, and a log of what arrived when.

    received/files/3f/3fa9…      the bytes
    received/arrivals.jsonl      one line an arrival; each line carries a hash of all before it

A file counts as kept when its bytes, its name in the folder and its line in the log are on the
disk: temporary file, fsync, rename, fsync of the folder, then the log, for a batch at a time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from seminarkit.chainlog import ChainedLog
from seminarkit.errors import DamageError
from seminarkit.files import half_file, naming, sweep, sync_folder
from seminarkit.names import shown_name
from seminarkit.rights import make_folder, mode_beside

_CHUNK = 1 << 20
_CURE = "Put back the file from a copy; the received files themselves are not touched."


@dataclass(frozen=True)
class Arrival:
    """One file as it arrived: ``number`` counts from 1, ``received_at`` is UTC, ISO 8601.

    Of one that was ``forgotten`` only the hash is left. Out of one with ``redacted_from``, the hash
    of the file as it came, a person was taken; ``sha256`` is that of what others said in it.
    """

    number: int
    sha256: str
    name: str
    size: int
    received_at: str
    forgotten: bool = False
    redacted_from: str = ""


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
        self.log = root / "arrivals.jsonl"
        self._log = ChainedLog(self.log, _CURE)
        self._touched: set[Path] = set()

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
        last = len(self.arrivals())
        arrivals = [
            Arrival(number, kept.sha256, kept.name, kept.size, received_at)
            for number, kept in enumerate(batch, start=last + 1)
        ]
        self._log.append(map(_entry, arrivals))
        return arrivals

    def arrivals(self) -> list[Arrival]:
        """Return all arrivals in order; raises DamageError where the log was changed."""
        arrivals = []
        for position, entry in enumerate(self._log.entries(), start=1):
            try:
                arrivals.append(Arrival(**entry))
            except TypeError:
                raise self._log.damage(position) from None
        return arrivals

    def redact(self, changed: Mapping[int, Arrival]) -> list[str]:
        """Write some arrivals anew, by number; return the hash of each line that was changed.

        Bytes that no arrival has any more are removed by ``sweep``.
        """
        return self._log.redact(
            lambda entry: (
                _entry(changed[entry["number"]]) if entry.get("number") in changed else entry
            )
        )

    def redacted(self) -> list[str]:
        """Return the hash of each line of the log that a person was taken out of."""
        return self._log.redacted()

    def sweep(self, gone: Collection[str]) -> None:
        """Remove the bytes of forgotten files that no arrival has any more."""
        there = {each.sha256 for each in self.arrivals() if not each.forgotten}
        for sha256 in set(gone) - there:
            self.path(sha256).unlink(missing_ok=True)

    def check(self, arrival: Arrival) -> None:
        """Raise DamageError unless the file of an arrival is there, bit by bit as it came."""
        path = self.path(arrival.sha256)
        if arrival.forgotten:
            return
        if not path.is_file():
            raise DamageError(
                f"The received file {arrival.sha256[:12]}… ('{shown_name(arrival.name)}') is "
                "missing. Put it back from a copy, or from the inbox by collecting again."
            )
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != arrival.sha256:
                raise DamageError(
                    f"The received file {arrival.sha256[:12]}… ('{shown_name(arrival.name)}') is "
                    "not as it came: its bytes have changed. Put it back from a copy."
                )

    def mend(self) -> None:
        """Take away what a killed run left half done: a half line, and files half copied.

        Their files are still in the inbox, and will be kept again.
        """
        sweep(self.root / "files", below=False)
        for half in (self.root / "files").glob("arriving-*"):  # of an earlier version of the kit
            half.unlink(missing_ok=True)
        self._log.mend()

    def unlogged(self) -> list[Path]:
        """Return the kept files that no line of the log names: a run was killed in between."""
        logged = {arrival.sha256 for arrival in self.arrivals()}
        return [path for path in self.files() if path.name not in logged]

    def files(self) -> Iterator[Path]:
        """Yield every kept file."""
        yield from sorted((self.root / "files").glob("??/*"))


def _entry(arrival: Arrival) -> dict[str, Any]:
    """Return an arrival as its line in the log: what is seldom said is left out."""
    entry = asdict(arrival)
    return {
        key: value
        for key, value in entry.items()
        if value or key not in ("forgotten", "redacted_from")
    }
