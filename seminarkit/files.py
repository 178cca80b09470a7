"""Writes files so that they appear whole or not at all, also when the run is killed."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from seminarkit.rights import make_folder, mode_beside

_PACKAGE = Path(__file__).resolve().parent
# An installed kit carries its materials inside the package; a checkout has them beside it.
KIT = _PACKAGE / "kit" if (_PACKAGE / "kit").is_dir() else _PACKAGE.parent
NEVER = datetime(2000, 1, 1)  # "last changed" of a document that nobody has changed yet
_BEGUN = 1  # seconds within which a writer has its lock
_STAMP = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows


def write_whole(path: Path, data: bytes | str, mode: int | None = None) -> bool:
    """Write a file by a temporary name and a rename; return whether its bytes changed.

    It is the file, on the disk too, when this returns. Without a ``mode``, who may read its folder
    may read it.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    if path.is_file() and path.read_bytes() == content:
        return False
    make_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            with suppress(OSError):  # on a disk that knows no such thing
                _hold(handle)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode_beside(path.parent) if mode is None else mode)
        Path(name).replace(path)
        sync_folder(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _hold(handle: int) -> None:
    """Hold an open file until it is closed or this process ends; OSError where another does."""
    if sys.platform != "win32":  # there nobody can remove a file that is open
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sweep(folder: Path) -> None:
    """Remove what writers that were killed have left in a folder and below, half written."""
    for half in folder.rglob(".*.tmp"):
        with suppress(OSError):  # of somebody who is writing it
            if time.time() - half.stat().st_mtime > _BEGUN:
                handle = os.open(half, os.O_RDONLY)
                try:
                    _hold(handle)
                finally:
                    os.close(handle)
                half.unlink()


def sweep_halves(*folders: Path) -> None:
    """Sweep some folders, those that are there."""
    for folder in folders:
        if folder.is_dir():
            sweep(folder)


def make_private(path: Path) -> None:
    """Make sure that a file is there, and that nobody but its owner reads it."""
    make_folder(path.parent)
    path.touch(mode=0o600)
    path.chmod(mode_beside(path.parent) & 0o770)  # with a group that shares the folder
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut, where the system can (not Windows)."""
    if os.name == "nt":
        return
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
