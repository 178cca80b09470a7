"""Lets one process at a time write to a seminar's store and log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from seminarkit.errors import SeminarError


@contextmanager
def writing(lock: Path) -> Iterator[None]:
    """Hold the lock; raises SeminarError when another process has it for more than 5 seconds."""
    try:
        with FileLock(lock, timeout=5):
            yield
    except Timeout:
        raise SeminarError(
            f"Another run of seminar is writing to {lock.parent}. Wait until it has ended."
        ) from None
