"""The note file beside a lock: which process of which person and computer holds it.

The process that creates the file holds the lock. This works also on disks whose file locks are
missing or do not work. A note left by a crash is recognised by its dead process, or by its age.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from seminarkit.core.disk.rights import mask_of
from seminarkit.core.logs.writers import our_name
from seminarkit.core.seminar.clock import now
from seminarkit.core.shown_names import shown_name

_UNREADABLE_SECONDS = 2.0  # seconds after which an unreadable note is not just being written
_TRIES = 20  # Windows cannot delete a file while another process reads it
_PAUSE = 0.02  # seconds between two tries
_own_notes: set[Path] = set()  # notes of this process


@dataclass(frozen=True)
class Holder:
    """The holder of a lock: computer, process, start (UTC), and the person who runs it."""

    host: str
    pid: int
    since: str
    by: str = ""

    @property
    def is_here(self) -> bool:
        """Return whether the process is on this computer."""
        return self.host == socket.gethostname()

    @property
    def words(self) -> str:
        """The holder in words, for a message."""
        host, since = shown_name(self.host), shown_name(self.since)
        by = f" of {shown_name(self.by)}" if self.by else ""
        return f"process {self.pid}{by} on the computer {host}, since {since} (UTC)"


def this_process() -> Holder:
    """Return this process as a holder, starting now."""
    return Holder(socket.gethostname(), os.getpid(), now(), our_name())


def make_note(note: Path, holder: Holder) -> bool:
    """Create the note; return False if there is one already. May raise OSError."""
    mode = 0o666 & ~mask_of(note.parent)
    try:
        file = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        return False
    try:
        os.write(file, (json.dumps(asdict(holder)) + "\n").encode("ascii"))
    except OSError:
        note.unlink()
        raise
    finally:
        os.close(file)
    _own_notes.add(note)
    return True


def read_note(note: Path) -> Holder | None:
    """Return the holder named in a note; None if there is no readable note."""
    try:
        return _holder(note.read_bytes())
    except OSError:
        return None


def drop_note(note: Path, holder: Holder) -> None:
    """Delete the note if it is that of ``holder``; if the disk refuses, it becomes stale."""
    _own_notes.discard(note)
    for _ in range(_TRIES):
        if read_note(note) != holder:
            return
        try:
            note.unlink()
        except OSError:
            time.sleep(_PAUSE)


def drop_stale_note(note: Path, max_seconds: float | None, warn: Callable[[str], None]) -> None:
    """Delete a note that a crash has left.

    A note of another computer is stale after ``max_seconds`` seconds, or never if that is None;
    ``warn`` is called with a sentence when one is deleted.
    """
    with suppress(OSError):
        content, seconds = note.read_bytes(), abs(time.time() - note.stat().st_mtime)
        holder = _holder(content)
        if holder is None:
            is_stale = seconds > _UNREADABLE_SECONDS
        elif holder.is_here:
            is_stale = not _is_running(holder, note)
        else:
            age = abs((datetime.now(UTC) - _since(holder)).total_seconds())
            is_stale = max_seconds is not None and age > max_seconds
        if is_stale and note.read_bytes() == content:
            note.unlink()
            if holder and not holder.is_here:
                warn(f"The note of {holder.words}, was deleted: no run takes that long.")


def _holder(text: bytes) -> Holder | None:
    try:
        values = json.loads(text)
        by = str(values.get("by", ""))
        holder = Holder(str(values["host"]), int(values["pid"]), str(values["since"]), by)
        _since(holder)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return holder


def _since(holder: Holder) -> datetime:
    moment = datetime.fromisoformat(holder.since)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_running(holder: Holder, note: Path) -> bool:
    """Return whether the holder's process still runs; a reused process id does not count."""
    if holder.pid == os.getpid():
        return note in _own_notes
    import psutil

    try:
        started: float = psutil.Process(holder.pid).create_time()
    except psutil.AccessDenied:  # it runs, but belongs to another account
        return True
    except (psutil.Error, ValueError):
        return False
    return started < _since(holder).timestamp() + 2  # the note has whole seconds
