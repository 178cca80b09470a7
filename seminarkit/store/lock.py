"""Lets one process at a time write to a seminar's store and log, and one serve its forms.

The system's own lock holds among the processes of one computer, and goes with the process that held
it. On a folder that two computers share, through a network or a program that copies files, it may
not. So who holds it is also written beside it: computer, process and time.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from seminarkit.errors import SeminarError
from seminarkit.files import write_whole
from seminarkit.names import shown_name
from seminarkit.seminar.clock import now


class BusyError(SeminarError):
    """Another process is writing; it can be tried again."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock: which computer and process, since when (UTC)."""

    host: str
    pid: int
    since: str


@contextmanager
def writing(lock: Path) -> Iterator[None]:
    """Hold the lock; raises BusyError when another process has it for more than 5 seconds."""
    words = f"Another run of seminar is writing to {lock.parent}"
    with _held(lock, 5, words, "Wait until it has ended."):
        yield


@contextmanager
def serving(lock: Path) -> Iterator[None]:
    """Hold the lock as the one server of a seminar; raises BusyError when there is one."""
    words = f"The forms of {lock.parent} are served already"
    with _held(lock, 0, words, "End that 'seminar serve' first."):
        yield


@contextmanager
def _held(lock: Path, seconds: float, words: str, cure: str) -> Iterator[None]:
    note = lock.with_name(f"{lock.name}.who")
    try:
        with FileLock(lock, timeout=seconds, mode=0o600):
            holder = _read(note)
            if holder and holder.host != socket.gethostname():
                raise BusyError(f"{_by(words, holder)} {cure} {_shared(note, holder)}")
            with suppress(OSError):  # on a disk that takes nothing, the work itself says so
                write_whole(note, json.dumps(asdict(_ourselves())) + "\n")
            try:
                yield
            finally:
                with suppress(OSError):
                    note.unlink()
    except Timeout:
        raise BusyError(f"{_by(words, _read(note))} {cure}") from None


def _ourselves() -> Holder:
    return Holder(socket.gethostname(), os.getpid(), now())


def _by(words: str, holder: Holder | None) -> str:
    if holder is None:
        return f"{words}."
    host = shown_name(holder.host)
    since = shown_name(holder.since)
    return f"{words}: process {holder.pid} on the computer {host}, since {since} (UTC)."


def _shared(note: Path, holder: Holder) -> str:
    return (
        "Two computers may not write to one folder at the same time: agree who does. If nothing "
        f"runs on {shown_name(holder.host)} any more, delete {note.name} and run this again."
    )


def _read(note: Path) -> Holder | None:
    try:
        values = json.loads(note.read_bytes())
        return Holder(str(values["host"]), int(values["pid"]), str(values["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
