"""Lets one process at a time write to a seminar's store and log, and one serve its forms.

Two things hold: the system's own lock, which goes with the process that held it, and a note beside
it (lock_holder.py), which also holds where a disk has no locks, or only says so, as network shares
do. What a crash leaves behind keeps nobody out.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.files import naming
from seminarkit.core.disk.rights import mask_of
from seminarkit.core.errors import SeminarError
from seminarkit.core.store.lock_holder import (
    Holder,
    drop_if_left,
    drop_note,
    make_note,
    ourselves,
    read_note,
)
from seminarkit.core.store.system_lock import lock_file

_LOOK = 0.02  # seconds between two looks
_LONGEST = 3600.0  # seconds that no run writes on another computer, so that it has crashed
_told: set[str] = set()


class BusyError(SeminarError):
    """Another process is writing; it can be tried again."""


@dataclass(frozen=True)
class _Words:
    """What somebody hears who cannot have the lock, and what to do."""

    busy: str
    cure: str


@contextmanager
def writing(lock: Path) -> Iterator[None]:
    """Hold the lock; raises BusyError when another process has it for more than 5 seconds."""
    words = _Words(
        f"Another run of seminar is writing to {lock.parent}", "Wait until it has ended."
    )
    with _held(lock, 5, _LONGEST, words):
        yield


@contextmanager
def serving(lock: Path) -> Iterator[None]:
    """Hold the lock as the one server of a seminar; raises BusyError when there is one."""
    words = _Words(
        f"The forms of {lock.parent} are served already", "End that 'seminar serve' first."
    )
    with _held(lock, 0, None, words):
        yield


@contextmanager
def _held(lock: Path, seconds: float, longest: float | None, words: _Words) -> Iterator[None]:
    note, holder = lock.with_name(f"{lock.name}.who"), ourselves()
    end = time.monotonic() + seconds
    with _opened(lock) as file:
        locked: bool | None = False
        while True:
            locked = locked or _lock(lock, file)
            if locked is not False:
                drop_if_left(note, longest, _tell)
                if _is_noted(note, holder, needed=locked is None):
                    break
            if time.monotonic() >= end:
                raise BusyError(_busy(words, note, longest))
            time.sleep(_LOOK)
        try:
            yield
        finally:
            drop_note(note, holder)


@contextmanager
def _opened(lock: Path) -> Iterator[int]:
    with naming(lock):
        file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666 & ~mask_of(lock.parent))
    try:
        yield file
    finally:
        os.close(file)


def _lock(lock: Path, file: int) -> bool | None:
    """Lock the file: False while another process has it, None where its disk has no locks."""
    try:
        return lock_file(file)
    except OSError as error:
        _tell(
            f"This disk has no locks: {lock.parent} ({error.strerror}). The note {lock.name}.who "
            "keeps two runs apart instead. A folder on a disk of this computer is safer."
        )
        return None


def _is_noted(note: Path, holder: Holder, *, needed: bool) -> bool:
    """Write the note; one that is not ``needed`` may fail on a full disk: the work will say so."""
    try:
        return make_note(note, holder)
    except OSError:
        if needed:
            raise
        return True


def _busy(words: _Words, note: Path, longest: float | None) -> str:
    holder = read_note(note)
    if holder is None:
        return f"{words.busy}. {words.cure}"
    told = f"{words.busy}: {holder.words}. {words.cure}"
    if holder.is_here:
        return told
    left = f"delete {note.name} and run this again"
    if longest is not None:
        left += f", or wait: after {longest / 3600:.0f} hour it counts no more"
    return (
        f"{told} Two computers may not write to one folder at the same time: agree who does. If "
        f"nothing runs there any more, {left}."
    )


def _tell(sentence: str) -> None:
    """Say something once on stderr, and not at each of the many times that a server locks."""
    if sentence not in _told:
        _told.add(sentence)
        print(sentence, file=sys.stderr)
