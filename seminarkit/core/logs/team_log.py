"""One log with several writers: one file per writer, read as one log.

    received/decisions.jsonl                  written by older versions of the kit: the first writer
    received/logs/3f9a02c1/decisions.jsonl    written since by one copy of the folder

Each file has one writer, and nobody appends to the first writer's. So a file synchroniser never
has two versions of a file to merge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from seminarkit.core.errors import DamageError, SeminarError
from seminarkit.core.logs.anchor import LogEnd
from seminarkit.core.logs.hash_log import ChainedLog, Line
from seminarkit.core.logs.last_seen import LOGS, is_log, note_log
from seminarkit.core.logs.line_order import (
    AFTER,
    ON,
    LogEntry,
    MissingLines,
    after_of,
    entry_of,
    in_order,
    missing_lines,
    strangers,
)
from seminarkit.core.logs.writers import MARK, Writer, introduce, is_writer, new_writer, writer_of

GOES_ON = "goes on in logs/"  # the kind of the last line of the first writer's log
FIRST = ""  # the first writer has no id
_CHAIN = 16  # the digits of a hash that identify a line


class TeamLog:
    """All logs of one name. ``path`` is the first writer's file, directly in received/."""

    def __init__(
        self, path: Path, cure: str, moment: str = "at", *, anchored: bool = False
    ) -> None:
        """``cure`` is the sentence on how to repair a damaged log.

        ``moment`` is the key for the time when a line was written (UTC, ISO 8601).
        """
        self.path, self._cure, self._moment = path, cure, moment
        self._anchored = anchored
        self._cache: dict[Path, tuple[tuple[int, int], list[Line]]] = {}

    def entries(self) -> list[LogEntry]:
        """Return all entries in their common order; raise DamageError if a line was changed."""
        entries = in_order(self._lines(), self._moment)
        return [entry for entry in entries if entry.values.get("kind") != GOES_ON]

    def append(self, entries: Iterable[Mapping[str, object]]) -> list[LogEntry]:
        """Append entries to our own log, and return them when they are on the disk.

        Each names its writer; the first one also records the ends of all other logs here. So the
        new entries come last in the common order.
        """
        values = list(entries)
        if not values:
            return []
        root = self.path.parent.parent
        self._log(writer_of(root).id).mend()
        _close_first(self.path.parent, self._cure)
        lines = self._lines()
        writer = _writer(root, lines)
        own = lines.get(writer.id, [])
        written = [{**entry, "by": writer.by, ON: writer.id} for entry in values]
        if after := _new_ends(own, lines, writer.id):
            written[0][AFTER] = after
        log = self._log(writer.id)
        if not (log.path.parent / MARK).exists():
            introduce(writer, log.path.parent)
        new = log.append(written, LogEnd(len(own), own[-1].chain) if own else None)
        note_log(root, log.path)
        self._cache[log.path] = _file_state(log.path), [*own, *new]
        return [entry_of(writer.id, n, line) for n, line in enumerate(new, len(own) + 1)]

    def redact(self, change: Callable[[LogEntry], dict[str, object]]) -> list[str]:
        """Redact entries of all logs; return the hashes of the lines that were changed.

        ``change`` returns the new values of an entry, without its writer and ``after``.
        """
        hashes = []
        for writer, path in self._paths().items():
            log = self._log(writer)
            entries = iter([entry_of(writer, n, line) for n, line in enumerate(log.lines(), 1)])

            def changed(
                entry: dict[str, object], entries: Iterator[LogEntry] = entries
            ) -> dict[str, object]:
                origin = {key: value for key, value in entry.items() if key in (ON, AFTER)}
                return {**change(next(entries)), **origin}

            hashes += log.redact(changed)
            note_log(self.path.parent.parent, path)
        return hashes

    def redacted(self) -> list[str]:
        """Return the hashes of the redacted lines."""
        return [line.chain for lines in self._lines().values() for line in lines if line.redacted]

    def ends(self) -> dict[str, LogEnd]:
        """Return the end of each writer's log."""
        return {
            writer: LogEnd(len(lines), lines[-1].chain)
            for writer, lines in self._lines().items()
            if lines
        }

    def gaps(self) -> list[MissingLines]:
        """Return the logs of which other writers had seen more lines than there are here."""
        return missing_lines(self._lines())

    def strangers(self) -> list[str]:
        """Return the ids under which two writers wrote."""
        return strangers(self._lines())

    def exists(self) -> bool:
        """Say whether any writer has a log."""
        return bool(self._paths())

    def damage(self, entry: LogEntry) -> DamageError:
        """Return the error for an entry that no version of the kit has written."""
        return self._log(entry.writer).damage(entry.line)

    def files(self) -> list[Path]:
        """Return the log files of all writers."""
        return list(self._paths().values())

    def looks(self) -> dict[Path, tuple[int, int]]:
        """Return the size and the modification time of each log file; new lines change them."""
        return {path: _file_state(path) for path in self.files()}

    def _lines(self) -> dict[str, list[Line]]:
        """Return the lines of each writer's log; an unchanged file is not read again."""
        lines = {}
        for writer, path in self._paths().items():
            state = _file_state(path)
            if path not in self._cache or self._cache[path][0] != state:
                self._cache[path] = state, list(self._log(writer).lines())
            lines[writer] = self._cache[path][1]
        return lines

    def _paths(self) -> dict[str, Path]:
        first = {FIRST: self.path} if is_log(self.path) else {}
        if not first and (self.path.exists() or self.path.is_symlink()):
            raise SeminarError(
                f"{self.path} is not an ordinary file, or is far too large for a log. Move it "
                "away, and get the log back from another copy of the folder: seminar merge PATH"
            )
        return first | {p.parent.name: p for p in writers_files(self.path.parent, self.path.name)}

    def _log(self, writer: str) -> ChainedLog:
        path = self.path.parent / LOGS / writer / self.path.name if writer else self.path
        return ChainedLog(path, self._cure, anchored=self._anchored)


def writers_files(received: Path, name: str) -> list[Path]:
    """Return the logs of one name of all writers but the first."""
    paths = (received / LOGS).glob(f"*/{name}")
    return sorted(path for path in paths if is_writer(path.parent.name) and is_log(path))


def has_content(line: Line) -> bool:
    """Say whether a line is not just the end mark of the first writer's log."""
    return line.entry.get("kind") != GOES_ON


def _writer(root: Path, lines: Mapping[str, Sequence[Line]]) -> Writer:
    """Return our writer, with a new id if other writers had seen more or other lines of our log."""
    writer = writer_of(root)
    lost = {gap.writer for gap in missing_lines(lines)} | set(strangers(lines))
    return new_writer(root) if writer.id in lost else writer


def _new_ends(
    own: Iterable[Line], lines: Mapping[str, Sequence[Line]], own_id: str
) -> dict[str, list[Any]]:
    """Return the ends of the other logs that our own log does not record yet."""
    recorded: dict[str, object] = {}
    for line in own:
        recorded |= {writer: list(end) for writer, end in after_of(line).items()}
    ends = {
        w: [len(log), log[-1].chain[:_CHAIN]] for w, log in lines.items() if log and w != own_id
    }
    return {w: end for w, end in ends.items() if recorded.get(w) != end}


def _close_first(received: Path, cure: str) -> None:
    """Append the end mark to the first writer's decisions.

    An older version of the kit stops there with a message. The line is the same in every copy of
    the folder, whichever writer appends it.
    """
    path = received / "decisions.jsonl"
    log = ChainedLog(path, cure, anchored=True)
    if path.exists() and GOES_ON.encode() in _tail(path):
        log.restore_anchor()  # nobody appends here again
        return
    log.mend()
    log.append([{"kind": GOES_ON}])
    note_log(received.parent, path)


def _file_state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _tail(path: Path) -> bytes:
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - 300))
        return log.read()
