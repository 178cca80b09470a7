"""Lets one process at a time write to a seminar's store and log, and one serve its forms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from seminarkit.errors import SeminarError


class BusyError(SeminarError):
    """Another process is writing; it can be tried again."""


@contextmanager
def writing(lock: Path) -> Iterator[None]:
    """Hold the lock; raises BusyError when another process has it for more than 5 seconds."""
    told = f"Another run of seminar is writing to {lock.parent}. Wait until it has ended."
    with _held(lock, 5, told):
        yield


@contextmanager
def serving(lock: Path) -> Iterator[None]:
    """Hold the lock as the one server of a seminar; raises BusyError when there is one."""
    told = f"The forms of {lock.parent} are served already. End that 'seminar serve' first."
    with _held(lock, 0, told):
        yield


@contextmanager
def _held(lock: Path, seconds: float, told: str) -> Iterator[None]:
    try:
        with FileLock(lock, timeout=seconds):
            yield
    except Timeout:
        raise BusyError(told) from None
