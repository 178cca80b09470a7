"""The note beside a lock: which process of which person and computer holds it, since when.

Whoever makes it first holds it. So it keeps two runs apart also where the system's own lock does
not: on disks that have none, or that only say that they have one. What a crash has left of it is
known by its process, which is gone, or by its age.
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

_TORN = 2.0  # seconds after which a note that cannot be read is no longer being written
_TRIES = 20  # Windows removes no file while another process reads it
_PAUSE = 0.02  # seconds between two of them
_ours: set[Path] = set()  # what this process holds now


@dataclass(frozen=True)
class Holder:
    """Who holds a lock: which computer and process, since when (UTC), and who runs it."""

    host: str
    pid: int
    since: str
    by: str = ""

    @property
    def is_here(self) -> bool:
        """Say whether it is a process of this computer."""
        return self.host == socket.gethostname()

    @property
    def words(self) -> str:
        """Return it for a message."""
        host, since = shown_name(self.host), shown_name(self.since)
        by = f" of {shown_name(self.by)}" if self.by else ""
        return f"process {self.pid}{by} on the computer {host}, since {since} (UTC)"


def ourselves() -> Holder:
    """Return this process as a holder from now on."""
    return Holder(socket.gethostname(), os.getpid(), now(), our_name())


def make_note(note: Path, holder: Holder) -> bool:
    """Write the note in one step, or return False where there is one; an OSError by the disk."""
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
    _ours.add(note)
    return True


def read_note(note: Path) -> Holder | None:
    """Return who holds a lock by its note; None where there is none that can be read."""
    try:
        return _holder(note.read_bytes())
    except OSError:
        return None


def drop_note(note: Path, holder: Holder) -> None:
    """Take a note away, if it is that of ``holder``; where the disk refuses, it counts no more."""
    _ours.discard(note)
    for _ in range(_TRIES):
        if read_note(note) != holder:
            return
        try:
            note.unlink()
        except OSError:
            time.sleep(_PAUSE)


def drop_if_left(note: Path, longest: float | None, tell: Callable[[str], None]) -> None:
    """Take away a note that a crash has left.

    That of another computer is one after ``longest`` seconds, or with None never; ``tell`` is
    called with a sentence on it.
    """
    with suppress(OSError):
        text, seconds = note.read_bytes(), abs(time.time() - note.stat().st_mtime)
        holder = _holder(text)
        if holder is None:
            is_left = seconds > _TORN
        elif holder.is_here:
            is_left = not _holds(holder, note)
        else:
            age = abs((datetime.now(UTC) - _since(holder)).total_seconds())
            is_left = longest is not None and age > longest
        if is_left and note.read_bytes() == text:
            note.unlink()
            if holder and not holder.is_here:
                tell(f"The note of {holder.words}, was put away: no run takes so long.")


def _holder(text: bytes) -> Holder | None:
    try:
        values = json.loads(text)
        by = str(values.get("by", ""))
        found = Holder(str(values["host"]), int(values["pid"]), str(values["since"]), by)
        _since(found)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return found


def _since(holder: Holder) -> datetime:
    moment = datetime.fromisoformat(holder.since)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _holds(holder: Holder, note: Path) -> bool:
    """Say whether a process of this computer is still there, and no later one of its number."""
    if holder.pid == os.getpid():
        return note in _ours
    import psutil

    try:
        begun: float = psutil.Process(holder.pid).create_time()
    except psutil.AccessDenied:  # it is there, and says no more
        return True
    except (psutil.Error, ValueError):
        return False
    return begun < _since(holder).timestamp() + 2  # the note counts in whole seconds
