"""One log of a seminar that several people write to: a file for each writer, read as one.

    received/decisions.jsonl            what older versions of the kit wrote: the first writer's
    received/logs/3f9a02c1/decisions.jsonl    what one copy of the folder wrote since

Nobody writes to the file of another, and nobody goes on with the first writer's. So what a program
that copies files brings together are always whole logs, and nothing has to be decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from seminarkit.core.errors import DamageError, SeminarError
from seminarkit.core.logs.anchor import End
from seminarkit.core.logs.hash_log import ChainedLog, Line
from seminarkit.core.logs.last_seen import LOGS, is_log, note_log
from seminarkit.core.logs.line_order import (
    AFTER,
    ON,
    Entry,
    Gap,
    after_of,
    entry_of,
    gaps,
    in_order,
    strangers,
)
from seminarkit.core.logs.writers import MARK, Writer, introduce, is_writer, new_writer, writer_of

GOES_ON = "goes on in logs/"  # the kind of the last line of a first writer's log
FIRST = ""  # the first writer has no id
_CHAIN = 16  # signs of a hash by which a line is known again


class TeamLog:
    """All logs of one name. ``path`` is that of the first writer's, which lies in received/."""

    def __init__(
        self, path: Path, cure: str, moment: str = "at", *, anchored: bool = False
    ) -> None:
        """``cure`` is the sentence that tells what to do about a damaged log.

        ``moment`` is the key of a line that says when it was written (UTC, ISO 8601).
        """
        self.path, self._cure, self._moment = path, cure, moment
        self._anchored = anchored
        self._read: dict[Path, tuple[tuple[int, int], list[Line]]] = {}

    def entries(self) -> list[Entry]:
        """Return all lines in their one order; raises DamageError where one was changed."""
        entries = in_order(self._lines(), self._moment)
        return [each for each in entries if each.values.get("kind") != GOES_ON]

    def append(self, entries: Iterable[Mapping[str, object]]) -> list[Entry]:
        """Add lines to our own log, and return them when they are on the disk.

        Each says who wrote it; the first also how far every other log is known here. So they come
        last of all in the one order.
        """
        told = list(entries)
        if not told:
            return []
        root = self.path.parent.parent
        self._log(writer_of(root).id).mend()
        _close_first(self.path.parent, self._cure)
        lines = self._lines()
        writer = _writer(root, lines)
        own = lines.get(writer.id, [])
        written = [{**each, "by": writer.by, ON: writer.id} for each in told]
        if after := _news(own, lines, writer.id):
            written[0][AFTER] = after
        log = self._log(writer.id)
        new = log.append(written, End(len(own), own[-1].chain) if own else None)
        if not own and not (log.path.parent / MARK).exists():
            introduce(writer, log.path.parent)
        note_log(root, log.path)
        self._read[log.path] = _looks(log.path), [*own, *new]
        return [entry_of(writer.id, n, line) for n, line in enumerate(new, len(own) + 1)]

    def redact(self, change: Callable[[Entry], dict[str, object]]) -> list[str]:
        """Write some lines anew, in all logs, for what is to be forgotten; return their hashes.

        ``change`` gives what a line says from now on, without who wrote it and after what.
        """
        hashes = []
        for writer, path in self._paths().items():
            log = self._log(writer)
            entries = iter([entry_of(writer, n, line) for n, line in enumerate(log.lines(), 1)])

            def changed(
                entry: dict[str, object], entries: Iterator[Entry] = entries
            ) -> dict[str, object]:
                kept = {key: value for key, value in entry.items() if key in (ON, AFTER)}
                return {**change(next(entries)), **kept}

            hashes += log.redact(changed)
            note_log(self.path.parent.parent, path)
        return hashes

    def redacted(self) -> list[str]:
        """Return the hash of each line that was changed by ``redact``."""
        return [line.chain for lines in self._lines().values() for line in lines if line.redacted]

    def ends(self) -> dict[str, End]:
        """Return where each writer's log ends."""
        return {
            writer: End(len(lines), lines[-1].chain)
            for writer, lines in self._lines().items()
            if lines
        }

    def gaps(self) -> list[Gap]:
        """Return which logs go less far here than somebody who wrote since had known."""
        return gaps(self._lines())

    def strangers(self) -> list[str]:
        """Return each writer under whose id two have written."""
        return strangers(self._lines())

    def exists(self) -> bool:
        """Say whether anybody has written anything."""
        return bool(self._paths())

    def damage(self, entry: Entry) -> DamageError:
        """Return the error that tells of a line that no kit has written so."""
        return self._log(entry.writer).damage(entry.line)

    def files(self) -> list[Path]:
        """Return the files of all writers."""
        return list(self._paths().values())

    def looks(self) -> dict[Path, tuple[int, int]]:
        """Return what the files of all writers look like: it changes with each new line."""
        return {path: _looks(path) for path in self.files()}

    def _lines(self) -> dict[str, list[Line]]:
        """Return the lines of each writer's log; one that looks as it did is not read again."""
        lines = {}
        for writer, path in self._paths().items():
            looks = _looks(path)
            if path not in self._read or self._read[path][0] != looks:
                self._read[path] = looks, list(self._log(writer).lines())
            lines[writer] = self._read[path][1]
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
    """Return the files of one name of all writers but the first."""
    paths = (received / LOGS).glob(f"*/{name}")
    return sorted(each for each in paths if is_writer(each.parent.name) and is_log(each))


def says_something(line: Line) -> bool:
    """Say whether a line is more than the end of a first writer's log."""
    return line.entry.get("kind") != GOES_ON


def _writer(root: Path, lines: Mapping[str, Sequence[Line]]) -> Writer:
    """Return who writes here; under a new id where our log here is not what others knew of it."""
    writer = writer_of(root)
    lost = {gap.writer for gap in gaps(lines)} | set(strangers(lines))
    return new_writer(root) if writer.id in lost else writer


def _news(
    own: Iterable[Line], lines: Mapping[str, Sequence[Line]], ours: str
) -> dict[str, list[Any]]:
    """Return how far the logs of others go, as far as our own log does not say it yet."""
    known: dict[str, object] = {}
    for line in own:
        known |= {writer: list(end) for writer, end in after_of(line).items()}
    ends = {w: [len(of), of[-1].chain[:_CHAIN]] for w, of in lines.items() if of and w != ours}
    return {w: end for w, end in ends.items() if known.get(w) != end}


def _close_first(received: Path, cure: str) -> None:
    """Say at the end of the first writer's decisions that the logs go on elsewhere.

    An older version of the kit stops there with a sentence. The line is the same in every copy of
    the folder, whoever writes it.
    """
    path = received / "decisions.jsonl"
    if path.exists() and GOES_ON.encode() in _tail(path):
        return
    log = ChainedLog(path, cure, anchored=True)
    log.mend()
    log.append([{"kind": GOES_ON}])
    note_log(received.parent, path)


def _looks(path: Path) -> tuple[int, int]:
    now = path.stat()
    return now.st_size, now.st_mtime_ns


def _tail(path: Path) -> bytes:
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - 300))
        return log.read()
