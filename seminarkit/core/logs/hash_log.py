"""A hash-chained, append-only log: one JSON object per line, with a hash of all lines so far.

A line may name its ``format``; one that does not is in format 1. A last line without a line end is
not read: a run is still writing it, a copy is incomplete, or a run was killed.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path

from seminarkit.core.disk.files import sync_folder, with_path, write_whole
from seminarkit.core.disk.rights import make_folder
from seminarkit.core.errors import DamageError, SeminarError
from seminarkit.core.logs.anchor import Anchor, LogEnd, reaches_end

FORMAT = 2  # of a line; raised when older versions cannot read the new lines
_START = "0" * 64
_REDACTED = "redacted"  # the key that marks a redacted line


@dataclass(frozen=True)
class Line:
    """One line: its entry, the hash of all lines up to it, and its text with the line end."""

    entry: dict[str, object]
    chain: str
    text: str
    redacted: bool


class ChainedLog:
    """One log file. Lines that were changed, removed or inserted are detected on reading.

    With an anchor (anchor.py), lines that were cut off at the end are detected too.
    """

    def __init__(self, path: Path, cure: str, *, anchored: bool = False) -> None:
        """``cure`` is the sentence on how to repair a damaged log."""
        self.path = path
        self._cure = cure
        self._end = (
            0,
            LogEnd(0, _START),
        )  # the file's size after our last line, and the end there
        self._anchor = Anchor(path)
        self._anchored = anchored

    def entries(self) -> Iterator[dict[str, object]]:
        """Yield every entry in order; raise DamageError at the first that was changed."""
        for line in self.lines():
            yield line.entry

    def lines(self) -> Iterator[Line]:
        """Yield every line in order; raise DamageError at the first that was changed."""
        ends, chains = self._anchor.ends(), list[str]()
        for line in self.read():
            chains.append(line.chain)
            yield line
        # another process may have rewritten the log and its anchor during this read
        if not reaches_end(ends, chains) and not reaches_end(self._anchor.ends(), chains):
            raise self.cut_off(len(chains))

    def append(
        self, entries: Iterable[Mapping[str, object]], after: LogEnd | None = None
    ) -> list[Line]:
        """Append entries, and return their lines when they are on the disk.

        ``after`` is the end of the log, if the caller has just read it.
        """
        begin = self.end() if after is None else after
        lines = _chain_lines(begin.chain, entries)
        if not lines:
            return []
        end = LogEnd(begin.lines + len(lines), lines[-1].chain)
        text = "".join(line.text for line in lines)
        new = not self.path.exists()
        folders = [self.path.parent, self.path.parent.parent]  # a killed run may have made them
        folders += [folder.parent for folder in make_folder(self.path.parent)]
        with with_path(self.path), self.path.open("ab", buffering=0) as log:
            size = log.tell()
            try:
                _write_all(log, text.encode("ascii"))
                os.fsync(log.fileno())
            except OSError:
                with suppress(OSError):  # else the next mend() removes the half line
                    log.truncate(size)
                raise
            self._end = (log.tell(), end)
        if new:
            for folder in dict.fromkeys(folders):
                sync_folder(folder)
        if self._anchored or self._anchor.exists:
            self._anchor.note(end)
        return lines

    def replace(self, entries: Iterable[Mapping[str, object]]) -> None:
        """Rewrite the log atomically with other entries, without those no longer needed.

        The file mode stays as it was. The new log is on the disk when this returns.
        """
        lines = _chain_lines(_START, entries)
        text = "".join(line.text for line in lines)
        end = LogEnd(len(lines), lines[-1].chain) if lines else LogEnd(0, _START)
        if self._anchor.exists:  # if the run is killed now, the log has either end
            self._anchor.note(*self._anchor.ends(), end)
        write_whole(self.path, text, stat.S_IMODE(self.path.stat().st_mode))
        if self._anchor.exists:
            self._anchor.note(end)
        self._end = (0, LogEnd(0, _START))

    def redact(self, change: Callable[[dict[str, object]], dict[str, object]]) -> list[str]:
        """Redact entries with ``change``; return the hashes of the lines that were changed.

        A redacted line keeps its hash in the chain, and gets a second hash of its new content. So
        all other lines stay as they are, and can still be verified.
        """
        lines, changed = [], []
        for line in self.read():
            new, text = change(dict(line.entry)), line.text
            if new != line.entry:
                written = {**new, "format": FORMAT}
                seal = _link(line.chain, written)
                text = json.dumps({**written, _REDACTED: seal, "chain": line.chain}) + "\n"
                changed.append(line.chain)
            lines.append(text)
        if changed:
            self.put(lines)
        return changed

    def put(self, lines: Iterable[str]) -> None:
        """Rewrite the log from lines that are already chained."""
        mode = stat.S_IMODE(self.path.stat().st_mode) if self.path.exists() else None
        texts = list(lines)
        end = LogEnd(len(texts), json.loads(texts[-1])["chain"]) if texts else LogEnd(0, _START)
        if self._anchored or self._anchor.exists:
            self._anchor.note(*self._anchor.ends(), end)  # if killed now, it has either end
        write_whole(self.path, "".join(texts), mode)
        if self._anchored or self._anchor.exists:
            self._anchor.note(end)
        self._end = (0, LogEnd(0, _START))

    def redacted(self) -> list[str]:
        """Return the hashes of the redacted lines."""
        return [line.chain for line in self.read() if line.redacted]

    def mend(self) -> None:
        """Remove the half line that a killed run may have left."""
        if not self.path.exists():
            return
        text = self.path.read_bytes()
        if text and not text.endswith(b"\n"):
            with self.path.open("r+b") as log:
                log.truncate(text.rfind(b"\n") + 1)

    def restore_anchor(self) -> None:
        """Write the anchor if it is missing: a run may end between a line and its anchor."""
        if self._anchored and not self._anchor.exists:
            self._anchor.note(self.end())

    def end(self) -> LogEnd:
        """Return the end of the log; read it again only if another process has written to it."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size and size == self._end[0]:
            return self._end[1]
        lines, chain = 0, _START
        for line in self.lines():
            lines, chain = lines + 1, line.chain
        return LogEnd(lines, chain)

    def damage(self, position: int) -> DamageError:
        """Return the error for a line that was changed; ``position`` counts from 1."""
        return DamageError(
            f"{self.path.name} line {position} was changed or damaged after it was written. "
            f"{self._cure}"
        )

    def cut_off(self, lines: int) -> DamageError:
        """Return the error for a log that was cut off; ``lines`` are left."""
        return DamageError(
            f"{self.path.name} has lost lines at its end. Before, it had more than {lines}, or "
            f"other ones. {self._cure.rstrip('.')}. If you have no copy, delete "
            f"{self._anchor.path.name} and seminar.db, then run: seminar collect"
        )

    def read(self) -> Iterator[Line]:
        """Yield every complete line, without a check of the log's end."""
        if not self.path.exists():
            return
        chain = _START
        with self.path.open(encoding="ascii", errors="replace", newline="\n") as log:
            for position, text in enumerate(log, start=1):
                if not text.endswith("\n"):
                    return
                try:
                    entry = json.loads(text)
                    written = entry.pop("chain")
                    redacted = entry.pop(_REDACTED, "")
                    if redacted:  # the old content is gone, the hash in the chain is not
                        chain = written if redacted == _link(written, entry) else ""
                    else:
                        chain = _link(chain, entry)
                    form = entry.pop("format", 1)
                except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
                    raise self.damage(position) from None
                if written != chain:
                    raise self.damage(position)
                if type(form) is not int:
                    raise self.damage(position)
                if form > FORMAT:
                    raise SeminarError(
                        f"{self.path.name} line {position} was written by a newer version of the "
                        f"kit (format {form}; this one reads {FORMAT}). Install that version."
                    )
                yield Line(entry, chain, text, bool(redacted))


def _write_all(log: RawIOBase, data: bytes) -> None:
    """Write without a buffer, so that a full disk fails here and not when the file is closed."""
    while data:
        data = data[log.write(data) or 0 :]


def _chain_lines(chain: str, entries: Iterable[Mapping[str, object]]) -> list[Line]:
    """Return the lines for entries that follow the line with the hash ``chain``."""
    lines = []
    for entry in entries:
        written = {**entry, "format": FORMAT}
        chain = _link(chain, written)
        text = json.dumps({**written, "chain": chain}) + "\n"
        lines.append(Line(dict(entry), chain, text, redacted=False))
    return lines


def _link(chain: str, entry: Mapping[str, object]) -> str:
    return hashlib.sha256((chain + json.dumps(entry)).encode("ascii")).hexdigest()
