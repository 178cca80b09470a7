"""A log that is only added to: a JSON object a line, each with a hash of all lines before it."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from seminarkit.errors import DamageError
from seminarkit.files import sync_folder, write_whole

_START = "0" * 64
_REDACTED = "redacted"  # the key of a line that somebody was taken out of


class ChainedLog:
    """One log file. A line that was changed, taken out or put in is found at the next reading."""

    def __init__(self, path: Path, cure: str) -> None:
        """``cure`` is the sentence that tells what to do about a damaged log."""
        self.path = path
        self._cure = cure
        self._end = (0, _START)  # where our last line ended, and its hash

    def entries(self) -> Iterator[dict[str, Any]]:
        """Yield every entry in order; raises DamageError at the first that was changed."""
        for entry, _ in self._chained():
            yield entry

    def append(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Add entries, and return when they are on the disk."""
        text, chain = _lines(self._last(), entries)
        if not text:
            return
        new = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="ascii", newline="\n") as log:
            log.write(text)
            log.flush()
            os.fsync(log.fileno())
            self._end = (log.tell(), chain)
        if new:
            sync_folder(self.path.parent)

    def replace(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Write the log anew, whole or not at all, for what is to be forgotten or is not needed.

        Who may read it stays as it was. It is the log, on the disk too, when this returns.
        """
        text, _ = _lines(_START, entries)
        write_whole(self.path, text, stat.S_IMODE(self.path.stat().st_mode))
        sync_folder(self.path.parent)
        self._end = (0, _START)

    def redact(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> list[str]:
        """Write some entries anew, for what is to be forgotten; return the hash of each such line.

        A line that was changed keeps its place in the chain: it holds the hash that it had, and a
        hash of what it says now. So all other lines stay as they are and go on proving themselves.
        """
        lines, changed = [], []
        for entry, chain, line in self._read():
            new = change(dict(entry))
            if new != entry:
                line = json.dumps({**new, _REDACTED: _link(chain, new), "chain": chain}) + "\n"
                changed.append(chain)
            lines.append(line)
        if changed:
            write_whole(self.path, "".join(lines), stat.S_IMODE(self.path.stat().st_mode))
            sync_folder(self.path.parent)
            self._end = (0, _START)
        return changed

    def redacted(self) -> list[str]:
        """Return the hash of each line that was changed by ``redact``."""
        return [chain for _, chain, line in self._read() if _REDACTED in json.loads(line)]

    def mend(self) -> None:
        """Take away the half line that a killed run may have left."""
        if not self.path.exists():
            return
        text = self.path.read_bytes()
        if text and not text.endswith(b"\n"):
            with self.path.open("r+b") as log:
                log.truncate(text.rfind(b"\n") + 1)

    def _last(self) -> str:
        """Return the last line's hash; where nobody else wrote since, without reading it again."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size == self._end[0]:
            return self._end[1]
        chain = _START
        for _, link in self._chained():
            chain = link
        return chain

    def damage(self, position: int) -> DamageError:
        """Return the error that tells of a line, counted from 1, that is not as it was written."""
        return DamageError(
            f"{self.path.name} line {position} is not as it was written. {self._cure}"
        )

    def _chained(self) -> Iterator[tuple[dict[str, Any], str]]:
        for entry, chain, _ in self._read():
            yield entry, chain

    def _read(self) -> Iterator[tuple[dict[str, Any], str, str]]:
        """Yield each entry with the hash up to it and the line that it is written in."""
        if not self.path.exists():
            return
        chain = _START
        with self.path.open(encoding="ascii", errors="replace") as log:
            for position, line in enumerate(log, start=1):
                try:
                    entry = json.loads(line)
                    told = entry.pop("chain")
                    redacted = entry.pop(_REDACTED, "")
                    if redacted:  # what it said is not known any more; its place in the chain is
                        chain = told if redacted == _link(told, entry) else ""
                    else:
                        chain = _link(chain, entry)
                except (ValueError, TypeError, AttributeError, KeyError):
                    told = None
                if told != chain:
                    raise self.damage(position)
                yield entry, chain, line


def _lines(chain: str, entries: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Return entries as the lines that follow a hash, and the hash of the last of them."""
    lines = []
    for entry in entries:
        chain = _link(chain, entry)
        lines.append(json.dumps({**entry, "chain": chain}) + "\n")
    return "".join(lines), chain


def _link(chain: str, entry: Mapping[str, Any]) -> str:
    return hashlib.sha256((chain + json.dumps(entry)).encode("ascii")).hexdigest()
