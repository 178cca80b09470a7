"""Writes files so that they appear whole or not at all, also when the run is killed."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from seminarkit.core.disk.durable import is_precious
from seminarkit.core.disk.rights import make_folder, mode_beside, mode_of_group

NEVER = datetime(2000, 1, 1)  # "last changed" of a document that nobody has changed yet
HALF = ".half.tmp"  # how the name of a temporary file ends; it begins with a dot
_OLDER = ".tmp"  # the same in earlier versions of the kit
_LOOK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_LONG = 3600  # seconds that nobody writes one file
_STAMP = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows


def write_whole(
    path: Path, data: bytes | str, mode: int | None = None, *, precious: bool | None = None
) -> bool:
    """Write a file by a temporary name and a rename; return whether its bytes changed.

    A precious one is the file, on the disk too, when this returns; where it lies decides which is
    (durable.py), unless the caller knows. Without a ``mode``, who may read its folder may read it;
    with one, so may a group that shares the folder. An OSError names ``path``, whichever call
    failed.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    with naming(path):
        if path.is_file() and path.read_bytes() == content:
            return False
        precious = is_precious(path) if precious is None else precious
        made = make_folder(path.parent)
        with half_file(path.parent, path.name) as half:
            half.file.write(content)
            half.file.flush()
            if precious:
                os.fsync(half.file.fileno())
            shared = mode_of_group(path.parent)
            half.path.chmod(mode_beside(path.parent) if mode is None else mode | shared)
            half.name(path)
        if precious:
            sync_folder(path.parent)
            for folder in made:
                sync_folder(folder.parent)
    return True


def move(path: Path, target: Path) -> None:
    """Give a file another name, on the disk too where it is precious."""
    make_folder(target.parent)
    path.rename(target)
    if is_precious(target):
        sync_folder(target.parent)
        sync_folder(path.parent)


def put_in_place(whole: Path, target: Path) -> None:
    """Give a file that is written under a temporary name its own, on the same disk.

    Who may read the target's folder may read it. It must be one that can be made again.
    """
    with naming(target):
        make_folder(target.parent)
        whole.chmod(mode_beside(target.parent))
        whole.replace(target)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let an OSError name the file that is being worked on, and not a temporary one or none.

    One that names another file, which was read meanwhile for instance, keeps that name.
    """
    try:
        yield
    except OSError as error:
        if not isinstance(error.filename, str | os.PathLike) or HALF in str(error.filename):
            error.filename = str(path)
        error.filename2 = None
        raise


@dataclass(frozen=True)
class Half:
    """A file that is being written, under its temporary name."""

    path: Path
    file: IO[bytes]

    def name(self, target: Path) -> None:
        """Give it its name: it is held until then, where the system can rename an open file."""
        if os.name == "nt":
            self.file.close()
        self.path.replace(target)

    def drop(self) -> None:
        """Remove it: it is not needed after all."""
        self.file.close()
        self.path.unlink(missing_ok=True)


@contextmanager
def half_file(folder: Path, name: str) -> Iterator[Half]:
    """Give a new file to be written in a folder; it goes unless it was renamed by then.

    All temporary files of the kit are named here, ``.name.random.half.tmp``, and held as long as
    they are written, so that ``sweep`` takes none that a running process needs.
    """
    while True:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name[:40]}.", suffix=HALF)
        path = Path(temporary)
        if not _is_taken(handle, path):
            break
        os.close(handle)
    try:
        with os.fdopen(handle, "wb") as file:
            yield Half(path, file)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _is_taken(handle: int, path: Path) -> bool:
    """Hold an open file; say whether a sweep that came in between has taken it away."""
    try:
        _hold(handle)
    except BlockingIOError:
        return True
    except OSError:  # on a disk that knows no such thing
        return False
    return not path.exists()


def _hold(handle: int) -> None:
    """Hold an open file until it is closed or this process ends; OSError where another does."""
    if sys.platform != "win32":  # there nobody can remove a file that is open
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sweep(folder: Path, *, below: bool = True, older: bool = True) -> None:
    """Remove what writers that were killed have left in a folder, and below it, half written.

    ``older``: also what earlier versions of the kit left, whose names others might use as well.
    """
    ending = _OLDER if older else HALF
    for half in _halves(os.fspath(folder), ending, below=below):
        with suppress(OSError):
            handle = os.open(half, _LOOK)
            try:
                if not _is_written(handle):
                    Path(half).unlink()
            finally:
                os.close(handle)


def _is_written(handle: int) -> bool:
    """Say whether somebody is writing a file; where nobody can know, whether that may be."""
    try:
        _hold(handle)
    except BlockingIOError:
        return True
    except OSError:
        return time.time() - os.fstat(handle).st_mtime < _LONG
    return os.name == "nt" and time.time() - os.fstat(handle).st_mtime < _LONG


def _halves(folder: str, ending: str, *, below: bool) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # it is not there, or somebody else's
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if below:
                yield from _halves(entry.path, ending, below=True)
        elif entry.name[:1] == "." and entry.name.endswith(ending):
            yield entry.path


def make_private(path: Path) -> None:
    """Make sure that a file is there, and that nobody but its owner reads it."""
    make_folder(path.parent)
    path.touch(mode=0o600)
    mode = 0o600 | mode_of_group(path.parent)
    if stat.S_IMODE(path.stat().st_mode) != mode:  # of another account, only they may change it
        path.chmod(mode)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut, where the system can (not Windows)."""
    if os.name == "nt":
        return
    with naming(folder):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def without_clock(made: IO[bytes]) -> bytes:
    """Return a zipped package again without the time of day, its parts in a fixed order."""
    again = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, date_time=_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return again.getvalue()


def to_json(value: Any) -> str:
    """Return JSON that is the same for the same value, and good to read in a diff."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
