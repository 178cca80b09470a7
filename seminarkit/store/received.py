"""Keeps every received file byte for byte under its SHA-256, and a log of what arrived when.

    received/files/3f/3fa9…      the bytes
    received/arrivals.jsonl      one line an arrival; each line carries a hash of all before it

A file counts as kept when its bytes, its name in the folder and its line in the log are on the
disk: temporary file, fsync, rename, fsync of the folder, then the log, for a batch at a time.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from seminarkit.errors import SeminarError
from seminarkit.files import sync_folder
from seminarkit.names import shown_name

_START = "0" * 64
_CHUNK = 1 << 20


class DamageError(SeminarError):
    """The store's files are not as they were written; the text says which."""


@dataclass(frozen=True)
class Arrival:
    """One file as it arrived: ``number`` counts from 1, ``received_at`` is UTC, ISO 8601."""

    number: int
    sha256: str
    name: str
    size: int
    received_at: str


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
        self._touched: set[Path] = set()

    def path(self, sha256: str) -> Path:
        """Return where the file with this hash lies."""
        return self.root / "files" / sha256[:2] / sha256

    def keep(self, file: BinaryIO, name: str) -> Kept:
        """Keep what ``file`` gives until its end. Not yet safe from a power cut: see ``commit``."""
        folder = self.root / "files"
        folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        handle, temporary = tempfile.mkstemp(dir=folder, prefix="arriving-")
        try:
            with os.fdopen(handle, "wb") as copy:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                    size += len(chunk)
                copy.flush()
                target = self.path(digest.hexdigest())
                if not target.exists():
                    os.fsync(copy.fileno())
            if target.exists():
                Path(temporary).unlink()
            else:
                target.parent.mkdir(exist_ok=True)
                Path(temporary).replace(target)
                self._touched |= {target.parent, folder}
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return Kept(digest.hexdigest(), name, size)

    def commit(self, batch: Iterable[Kept], received_at: str) -> list[Arrival]:
        """Make a batch of kept files last, and log their arrival."""
        for folder in self._touched:
            sync_folder(folder)
        self._touched.clear()
        number, chain = self._tail()
        arrivals, lines = [], []
        for kept in batch:
            number += 1
            arrival = Arrival(number, kept.sha256, kept.name, kept.size, received_at)
            chain = _link(chain, arrival)
            lines.append(json.dumps({**asdict(arrival), "chain": chain}) + "\n")
            arrivals.append(arrival)
        if lines:
            with self.log.open("a", encoding="ascii", newline="\n") as log:
                log.write("".join(lines))
                log.flush()
                os.fsync(log.fileno())
            sync_folder(self.root)
        return arrivals

    def arrivals(self) -> list[Arrival]:
        """Return all arrivals in order; raises DamageError where the log was changed."""
        return [arrival for arrival, _ in self._entries()]

    def check(self, arrival: Arrival) -> None:
        """Raise DamageError unless the file of an arrival is there, bit by bit as it came."""
        path = self.path(arrival.sha256)
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
        for half in (self.root / "files").glob("arriving-*"):
            half.unlink()
        if not self.log.exists():
            return
        text = self.log.read_bytes()
        if text and not text.endswith(b"\n"):
            with self.log.open("r+b") as log:
                log.truncate(text.rfind(b"\n") + 1)

    def files(self) -> Iterator[Path]:
        """Yield every kept file."""
        yield from sorted((self.root / "files").glob("??/*"))

    def _tail(self) -> tuple[int, str]:
        last = (0, _START)
        for arrival, chain in self._entries():
            last = (arrival.number, chain)
        return last

    def _entries(self) -> Iterator[tuple[Arrival, str]]:
        if not self.log.exists():
            return
        chain = _START
        with self.log.open(encoding="ascii", errors="replace") as log:
            for position, line in enumerate(log, start=1):
                try:
                    entry = json.loads(line)
                    told = entry.pop("chain")
                    arrival = Arrival(**entry)
                    chain = _link(chain, arrival)
                except (ValueError, TypeError, AttributeError, KeyError):
                    told = None
                if told != chain:
                    raise DamageError(
                        f"{self.log.name} line {position} is not as it was written. Put back the "
                        "file from a copy; the received files themselves are not touched."
                    )
                yield arrival, chain


def _link(chain: str, arrival: Arrival) -> str:
    return hashlib.sha256((chain + json.dumps(asdict(arrival))).encode("ascii")).hexdigest()
