"""A log that is only added to: a JSON object a line, each with a hash of all lines before it.

A line may say in which ``format`` it is written; one that does not is in format 1. A last line
that has no end yet is not read: a run is writing it, a copy is still on its way, or a run was
killed.
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

from seminarkit.core.disk.files import naming, sync_folder, write_whole
from seminarkit.core.disk.rights import make_folder
from seminarkit.core.errors import DamageError, SeminarError
from seminarkit.core.logs.anchor import Anchor, End, is_reached

FORMAT = 2  # of a line; another number when an older version could not read it
_START = "0" * 64
_REDACTED = "redacted"  # the key of a line that somebody was taken out of


@dataclass(frozen=True)
class Line:
    """One line: what it says, the hash of all up to it, and its text with the end of the line."""

    entry: dict[str, object]
    chain: str
    text: str
    redacted: bool


class ChainedLog:
    """One log file. A line that was changed, taken out or put in is found at the next reading.

    With an anchor beside it (anchor.py), lines that were cut off at its end are found too.
    """

    def __init__(self, path: Path, cure: str, *, anchored: bool = False) -> None:
        """``cure`` is the sentence that tells what to do about a damaged log."""
        self.path = path
        self._cure = cure
        self._end = (
            0,
            End(0, _START),
        )  # the file's size after our last line, and it
        self._anchor = Anchor(path)
        self._anchored = anchored

    def entries(self) -> Iterator[dict[str, object]]:
        """Yield every entry in order; raises DamageError at the first that was changed."""
        for line in self.lines():
            yield line.entry

    def lines(self) -> Iterator[Line]:
        """Yield every line in order; raises DamageError at the first that was changed."""
        ends, chains = self._anchor.ends(), list[str]()
        for line in self.read():
            chains.append(line.chain)
            yield line
        # another process may have written the log anew, and its note, while it was read here
        if not is_reached(ends, chains) and not is_reached(self._anchor.ends(), chains):
            raise self.cut_off(len(chains))

    def append(
        self, entries: Iterable[Mapping[str, object]], after: End | None = None
    ) -> list[Line]:
        """Add entries, and return their lines when they are on the disk.

        ``after`` is where the log ends, for one who has just read it.
        """
        begin = self.end() if after is None else after
        lines = _chained(begin.chain, entries)
        if not lines:
            return []
        end = End(begin.lines + len(lines), lines[-1].chain)
        text = "".join(line.text for line in lines)
        new = not self.path.exists()
        made = make_folder(self.path.parent)
        with naming(self.path), self.path.open("ab", buffering=0) as log:
            size = log.tell()
            try:
                _write_all(log, text.encode("ascii"))
                os.fsync(log.fileno())
            except OSError:
                with suppress(OSError):  # else the half line is taken away by the next mend()
                    log.truncate(size)
                raise
            self._end = (log.tell(), end)
        if new:
            for folder in (self.path.parent, *(each.parent for each in made)):
                sync_folder(folder)
        if self._anchored or self._anchor.exists:
            self._anchor.note(end)
        return lines

    def replace(self, entries: Iterable[Mapping[str, object]]) -> None:
        """Write the log anew, whole or not at all, for what is to be forgotten or is not needed.

        Who may read it stays as it was. It is the log, on the disk too, when this returns.
        """
        lines = _chained(_START, entries)
        text = "".join(line.text for line in lines)
        end = End(len(lines), lines[-1].chain) if lines else End(0, _START)
        if self._anchor.exists:  # killed in between, the log has the one end or the other
            self._anchor.note(*self._anchor.ends(), end)
        write_whole(self.path, text, stat.S_IMODE(self.path.stat().st_mode))
        if self._anchor.exists:
            self._anchor.note(end)
        self._end = (0, End(0, _START))

    def redact(self, change: Callable[[dict[str, object]], dict[str, object]]) -> list[str]:
        """Write some entries anew, for what is to be forgotten; return the hash of each such line.

        A line that was changed keeps its place in the chain: it holds the hash that it had, and a
        hash of what it says now. So all other lines stay as they are and go on proving themselves.
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
        """Write the log anew from whole lines, which are chained already."""
        mode = stat.S_IMODE(self.path.stat().st_mode) if self.path.exists() else None
        written = list(lines)
        end = End(len(written), json.loads(written[-1])["chain"]) if written else End(0, _START)
        if self._anchored or self._anchor.exists:
            self._anchor.note(*self._anchor.ends(), end)  # killed in between, it has either end
        write_whole(self.path, "".join(written), mode)
        if self._anchored or self._anchor.exists:
            self._anchor.note(end)
        self._end = (0, End(0, _START))

    def redacted(self) -> list[str]:
        """Return the hash of each line that was changed by ``redact``."""
        return [line.chain for line in self.read() if line.redacted]

    def mend(self) -> None:
        """Take away the half line that a killed run may have left."""
        if not self.path.exists():
            return
        text = self.path.read_bytes()
        if text and not text.endswith(b"\n"):
            with self.path.open("r+b") as log:
                log.truncate(text.rfind(b"\n") + 1)

    def end(self) -> End:
        """Return where the log ends; where nobody else wrote since, without reading it again."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size and size == self._end[0]:
            return self._end[1]
        lines, chain = 0, _START
        for line in self.lines():
            lines, chain = lines + 1, line.chain
        return End(lines, chain)

    def damage(self, position: int) -> DamageError:
        """Return the error that tells of a line, counted from 1, that is not as it was written."""
        return DamageError(
            f"{self.path.name} line {position} was changed or damaged after it was written. "
            f"{self._cure}"
        )

    def cut_off(self, lines: int) -> DamageError:
        """Return the error that tells of lines which are missing at the end."""
        return DamageError(
            f"{self.path.name} has lost lines at its end. Before, it had more than {lines}, or "
            f"other ones. {self._cure.rstrip('.')}. If you have no copy, delete "
            f"{self._anchor.path.name} and seminar.db, then run: seminar collect"
        )

    def read(self) -> Iterator[Line]:
        """Yield every whole line that is there, however far the log once went."""
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
                    if redacted:  # what it said is not known any more; its place in the chain is
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
    """Write without a buffer: what a full disk refuses must not come after all at the close."""
    while data:
        data = data[log.write(data) or 0 :]


def _chained(chain: str, entries: Iterable[Mapping[str, object]]) -> list[Line]:
    """Return entries as the lines that follow the one with this hash."""
    lines = []
    for entry in entries:
        written = {**entry, "format": FORMAT}
        chain = _link(chain, written)
        text = json.dumps({**written, "chain": chain}) + "\n"
        lines.append(Line(dict(entry), chain, text, redacted=False))
    return lines


def _link(chain: str, entry: Mapping[str, object]) -> str:
    return hashlib.sha256((chain + json.dumps(entry)).encode("ascii")).hexdigest()
