"""Let one process at a time write to a seminar's store and log, and one serve its forms.

Two locks are used together: the operating system's file lock, which ends with its process, and a
note file beside it (lock_holder.py), for network shares and other disks without working locks.
Neither outlives a crash for long.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.files import with_path
from seminarkit.core.disk.rights import mask_of
from seminarkit.core.errors import SeminarError
from seminarkit.core.store.lock_holder import (
    Holder,
    drop_note,
    drop_stale_note,
    make_note,
    read_note,
    this_process,
)
from seminarkit.core.store.system_lock import lock_file

_PAUSE = 0.02  # seconds between two attempts
_MAX_SECONDS = 3600.0  # seconds; no run takes longer, so an older note is of a crash
_printed: set[str] = set()


class BusyError(SeminarError):
    """Another process is writing; trying again may help."""


@dataclass(frozen=True)
class _BusyMessage:
    """The message of a BusyError, and what to do about it."""

    busy: str
    cure: str


@contextmanager
def writing(lock: Path) -> Iterator[None]:
    """Hold the lock; raises BusyError if another process has it for over 5 seconds."""
    message = _BusyMessage(
        f"Another run of seminar is writing to {lock.parent}", "Wait until it has ended."
    )
    with _locked(lock, 5, _MAX_SECONDS, message):
        yield


@contextmanager
def serving(lock: Path) -> Iterator[None]:
    """Hold the lock of the forms server; raises BusyError if another server runs."""
    message = _BusyMessage(
        f"The forms of {lock.parent} are already being served", "Stop that 'seminar serve' first."
    )
    with _locked(lock, 0, None, message):
        yield


@contextmanager
def _locked(
    lock: Path, seconds: float, max_seconds: float | None, message: _BusyMessage
) -> Iterator[None]:
    note, holder = lock.with_name(f"{lock.name}.who"), this_process()
    end = time.monotonic() + seconds
    with _open_file(lock) as file:
        locked: bool | None = False
        while True:
            locked = locked or _lock(lock, file)
            if locked is not False:
                drop_stale_note(note, max_seconds, _warn_once)
                if _has_note(note, holder, needed=locked is None):
                    break
            if time.monotonic() >= end:
                raise BusyError(_busy_text(message, note, max_seconds))
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            drop_note(note, holder)


@contextmanager
def _open_file(lock: Path) -> Iterator[int]:
    with with_path(lock):
        file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666 & ~mask_of(lock.parent))
    try:
        yield file
    finally:
        os.close(file)


def _lock(lock: Path, file: int) -> bool | None:
    """Lock the file: False if another process has it, None if its disk has no locks."""
    try:
        return lock_file(file)
    except OSError as error:
        _warn_once(
            f"This disk has no locks: {lock.parent} ({error.strerror}). The file {lock.name}.who "
            "prevents two runs at the same time instead. A folder on a disk of this computer is "
            "safer."
        )
        return None


def _has_note(note: Path, holder: Holder, *, needed: bool) -> bool:
    """Write the note; if it is not ``needed``, ignore a full disk: the work will report it."""
    try:
        return make_note(note, holder)
    except OSError:
        if needed:
            raise
        return True


def _busy_text(message: _BusyMessage, note: Path, max_seconds: float | None) -> str:
    holder = read_note(note)
    if holder is None:
        return f"{message.busy}. {message.cure}"
    text = f"{message.busy}: {holder.words}. {message.cure}"
    if holder.is_here:
        return text
    advice = f"delete {note.name} and run this again"
    if max_seconds is not None:
        advice += f", or wait: after {max_seconds / 3600:.0f} hour it no longer counts"
    return (
        f"{text} Two computers may not write to one folder at the same time: agree who writes. If "
        f"nothing is running there any more, {advice}."
    )


def _warn_once(sentence: str) -> None:
    """Print a sentence on stderr once, since a server takes the lock many times."""
    if sentence not in _printed:
        _printed.add(sentence)
        print(sentence, file=sys.stderr)
