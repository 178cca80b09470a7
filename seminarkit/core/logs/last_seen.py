"""The logs of a seminar as this computer last saw them, kept outside of the seminar's folder.

A program that copies files can set a log back, and everything beside it. What it set back is found
here, line by line, and can be brought back. It is kept for this account alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from seminarkit.core.logs.writers import is_writer, make_private_folder, state_of

NAMES = ("arrivals", "decisions", "forgotten", "issues", "promises")
LARGEST = 64 << 20  # bytes of a log; a seminar of 10,000 files has a tenth of it
LOGS = "logs"  # the folder in received/ with a folder for each writer


def logs_in(received: Path) -> list[Path]:
    """Return all logs of all writers in a folder ``received``."""
    names = [f"{name}.jsonl" for name in NAMES]
    first = [received / name for name in names]
    found = received.glob(f"{LOGS}/*/*.jsonl")
    others = [p for p in found if p.name in names and is_writer(p.parent.name)]
    return [path for path in (*first, *sorted(others)) if is_log(path)]


def is_log(path: Path) -> bool:
    """Say whether it is an ordinary file, no link, pipe or device, and none too large for a log."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST


def seen_folder(root: Path) -> Path:
    """Return the folder ``received`` that holds the logs as they were last seen."""
    return state_of(root) / "received"


def note_log(root: Path, log: Path) -> None:
    """Keep a log as it is now; where there is no place for it, the seminar goes on without."""
    copy = seen_folder(root) / log.relative_to(root / "received")
    with suppress(OSError):
        now = log.stat()
        make_private_folder(copy.parent)
        kept = copy.stat().st_size if copy.exists() else 0
        if 0 < kept < now.st_size and _begins_alike(log, copy, kept):
            _add_rest(log, copy, kept)
        else:
            shutil.copyfile(log, copy)
        os.utime(copy, ns=(now.st_mtime_ns, now.st_mtime_ns))


def changed(root: Path) -> Iterator[Path]:
    """Yield each log, by its place in received/, that is not as it was last seen.

    Also one that is gone. One that only went on is noted, and not yielded.
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
                if now.st_size >= was.st_size and _begins_alike(log, copy, was.st_size):
                    note_log(root, log)
                    continue
            yield copy.relative_to(seen)
    for log in logs_in(received):
        if not (seen / log.relative_to(received)).exists():
            note_log(root, log)


def _begins_alike(log: Path, copy: Path, size: int) -> bool:
    with log.open("rb") as one, copy.open("rb") as other:
        return one.read(size) == other.read(size)


def _add_rest(log: Path, copy: Path, start: int) -> None:
    with log.open("rb") as source, copy.open("ab") as target:
        source.seek(start)
        shutil.copyfileobj(source, target)
