"""Copies of a seminar's logs as this computer last saw them, outside the seminar's folder.

A file synchroniser can revert a log and everything beside it. From these copies the lost lines are
detected and restored. Only this account can read them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from seminarkit.core.logs.writers import is_writer, make_private_folder, state_of

NAMES = ("arrivals", "decisions", "forgotten", "issues", "promises")
LARGEST = 64 << 20  # bytes of a log; a seminar with 10,000 files needs a tenth
LOGS = "logs"  # the folder in received/ with one folder per writer


def logs_in(received: Path) -> list[Path]:
    """Return all logs of all writers below a folder ``received``."""
    names = [f"{name}.jsonl" for name in NAMES]
    first = [received / name for name in names]
    paths = received.glob(f"{LOGS}/*/*.jsonl")
    others = [p for p in paths if p.name in names and is_writer(p.parent.name)]
    return [path for path in (*first, *sorted(others)) if is_log(path)]


def is_log(path: Path) -> bool:
    """Say whether a path is an ordinary file, not a link or device, and small enough for a log."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST


def seen_folder(root: Path) -> Path:
    """Return the folder with the copies of the logs as last seen."""
    return state_of(root) / "received"


def note_log(root: Path, log: Path) -> None:
    """Copy a log as it is now; a failure to write the copy is ignored."""
    copy = seen_folder(root) / log.relative_to(root / "received")
    with suppress(OSError):
        now = log.stat()
        make_private_folder(copy.parent)
        copied = copy.stat().st_size if copy.exists() else 0
        if 0 < copied < now.st_size and _has_same_start(log, copy, copied):
            _append_rest(log, copy, copied)
        else:
            shutil.copyfile(log, copy)
        os.utime(copy, ns=(now.st_mtime_ns, now.st_mtime_ns))


def changed(root: Path) -> Iterator[Path]:
    """Yield the path below received/ of each log that was changed or removed since last seen.

    A log that only has new lines is copied, and not yielded.
    """
    received, seen = root / "received", seen_folder(root)
    for copy in logs_in(seen):
        log = received / copy.relative_to(seen)
        with suppress(OSError):
            was = copy.stat()
            if log.is_file():
                now = log.stat()
                if (now.st_size, now.st_mtime_ns) == (was.st_size, was.st_mtime_ns):
                    continue
                if now.st_size >= was.st_size and _has_same_start(log, copy, was.st_size):
                    note_log(root, log)
                    continue
            yield copy.relative_to(seen)
    for log in logs_in(received):
        if not (seen / log.relative_to(received)).exists():
            note_log(root, log)


def _has_same_start(log: Path, copy: Path, size: int) -> bool:
    with log.open("rb") as one, copy.open("rb") as other:
        return one.read(size) == other.read(size)


def _append_rest(log: Path, copy: Path, start: int) -> None:
    with log.open("rb") as source, copy.open("ab") as target:
        source.seek(start)
        shutil.copyfileobj(source, target)
