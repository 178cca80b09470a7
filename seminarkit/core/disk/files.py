"""Atomic file writes: a file appears complete or not at all, even if the run is killed."""

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

NEVER = datetime(2000, 1, 1)  # the "last changed" of a generated document
HALF = ".half.tmp"  # the end of a temporary file's name, which starts with a dot
_OLDER = ".tmp"  # the same in older versions of the kit
_LOOK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_LONG = 3600  # seconds; no write of one file takes that long
_STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest date in a zip file


def write_whole(
    path: Path, data: bytes | str, mode: int | None = None, *, precious: bool | None = None
) -> bool:
    """Write a file to a temporary name and rename it; return whether its bytes changed.

    A precious file is synced to the disk; its path decides (durable.py), unless the caller passes
    ``precious``. Without a ``mode``, the file is readable for the readers of its folder; with one,
    also for a group that shares the folder. An OSError names ``path``, whichever call failed.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    with with_path(path):
        if path.is_file() and path.read_bytes() == content:
            return False
        precious = is_precious(path) if precious is None else precious
        new_folders = make_folder(path.parent)
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
            for folder in new_folders:
                sync_folder(folder.parent)
    return True


def move(path: Path, target: Path) -> None:
    """Rename a file, and sync the folders if it is precious."""
    make_folder(target.parent)
    path.rename(target)
    if is_precious(target):
        sync_folder(target.parent)
        sync_folder(path.parent)


def put_in_place(temporary: Path, target: Path) -> None:
    """Rename a complete temporary file to its target on the same disk, without a sync.

    The file becomes readable for the readers of the target's folder. Not for precious files.
    """
    with with_path(target):
        make_folder(target.parent)
        temporary.chmod(mode_beside(target.parent))
        temporary.replace(target)


@contextmanager
def with_path(path: Path) -> Iterator[None]:
    """Put ``path`` into an OSError that names a temporary file or none.

    An OSError on another file, such as one that was read in the block, is not changed.
    """
    try:
        yield
    except OSError as error:
        if not isinstance(error.filename, str | os.PathLike) or HALF in str(error.filename):
            error.filename = str(path)
        error.filename2 = None
        raise


@dataclass(frozen=True)
class HalfFile:
    """A file that is being written, under its temporary name."""

    path: Path
    file: IO[bytes]

    def name(self, target: Path) -> None:
        """Rename it to ``target``, while it is still locked if the system can rename open files."""
        if os.name == "nt":
            self.file.close()
        self.path.replace(target)

    def drop(self) -> None:
        """Close and remove it."""
        self.file.close()
        self.path.unlink(missing_ok=True)


@contextmanager
def half_file(folder: Path, name: str) -> Iterator[HalfFile]:
    """Open a new temporary file in a folder; remove it if the block raises.

    All temporary files of the kit are named here, ``.name.random.half.tmp``, and locked while they
    are written, so that ``sweep`` does not remove the file of a running process.
    """
    while True:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name[:40]}.", suffix=HALF)
        path = Path(temporary)
        if not _is_swept(handle, path):
            break
        os.close(handle)
    try:
        with os.fdopen(handle, "wb") as file:
            yield HalfFile(path, file)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _is_swept(handle: int, path: Path) -> bool:
    """Lock an open file; say whether a concurrent sweep has locked or removed it."""
    try:
        _lock(handle)
    except BlockingIOError:
        return True
    except OSError:  # the disk has no locks
        return False
    return not path.exists()


def _lock(handle: int) -> None:
    """Lock an open file until it is closed; raise OSError if another process has locked it."""
    if sys.platform != "win32":  # Windows does not remove open files
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sweep(folder: Path, *, below: bool = True, older: bool = True) -> None:
    """Remove the temporary files of killed runs in a folder, and ``below`` it.

    ``older``: also those of older versions of the kit, whose names other programs might use.
    """
    ending = _OLDER if older else HALF
    for half in _half_files(os.fspath(folder), ending, below=below):
        with suppress(OSError):
            handle = os.open(half, _LOOK)
            try:
                if not _is_written(handle):
                    Path(half).unlink()
            finally:
                os.close(handle)


def _is_written(handle: int) -> bool:
    """Say whether a process is writing a file; without locks, judge by the file's age."""
    try:
        _lock(handle)
    except BlockingIOError:
        return True
    except OSError:
        return time.time() - os.fstat(handle).st_mtime < _LONG
    return os.name == "nt" and time.time() - os.fstat(handle).st_mtime < _LONG


def _half_files(folder: str, ending: str, *, below: bool) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # missing, or of another account
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if below:
                yield from _half_files(entry.path, ending, below=True)
        elif entry.name[:1] == "." and entry.name.endswith(ending):
            yield entry.path


def make_private(path: Path) -> None:
    """Create a file if it is missing, readable for its owner only (and a sharing group)."""
    make_folder(path.parent)
    path.touch(mode=0o600)
    mode = 0o600 | mode_of_group(path.parent)
    if stat.S_IMODE(path.stat().st_mode) != mode:  # only its owner can chmod a file
        path.chmod(mode)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that renames in it survive a power cut; Windows cannot."""
    if os.name == "nt":
        return
    with with_path(folder):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def without_clock(package: IO[bytes]) -> bytes:
    """Return a zipped package with fixed times and a fixed order of parts (reproducible bytes)."""
    result = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, date_time=_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return result.getvalue()


def to_json(value: Any) -> str:
    """Return deterministic JSON, indented so that a diff is readable."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
