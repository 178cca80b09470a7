"""Messages for disk and file errors: what happened, to which path, on which disk."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path

from seminarkit.core.disk.accounts import rights_words
from seminarkit.core.disk.files import half_file

_FULL = "The disk is full. Make room on it"
_RIGHTS = "It cannot be opened or written to. Check its access rights"
_CURES = {
    getattr(errno, "EDQUOT", -1): "Your share of the disk is used up. Make room on it",
    errno.ENOSPC: _FULL,
    errno.EFBIG: "The file would be larger than this system allows. Raise the limit",
    errno.EROFS: "The disk is read-only. Copy the seminar's folder to another disk",
    errno.EIO: "The disk failed. Copy the seminar's folder to another disk",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.ENOENT: "It is no longer there. Check whether somebody has moved it",
    errno.ENOTDIR: "There is a file where a folder should be. Move the file away",
    errno.EISDIR: "There is a folder where a file should be. Move the folder away",
    errno.ENAMETOOLONG: "Its name is too long for this disk. Use shorter folder names",
    errno.EMFILE: "Too many files are open at once. Close other programs",
    errno.ENFILE: "Too many files are open at once. Close other programs",
    errno.ENOMEM: "The computer has run out of memory. Close other programs",
    errno.EBUSY: "Another program is using it. Close it there",
    errno.EAGAIN: "Another run of seminar is using it. Wait until it has ended",
    errno.EPIPE: "The program that was reading the output has ended. Nothing else is wrong",
}
_OPEN = "It is open in another program, or cannot be written to. Close it there"
_OPEN_ELSEWHERE = (5, 32, 33)  # Windows: access denied, sharing violation, lock violation
_PROBE = 1 << 16  # bytes
_ABOUT_SPACE = (errno.ENOSPC, getattr(errno, "EDQUOT", -1), errno.EIO, errno.EROFS)
_AGAIN = "then run the command again. Nothing that was received before is lost."
# SQLite errors, by primary code, that are about the disk and not about the file
_ERRNO_OF_SQLITE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EAGAIN,
    sqlite3.SQLITE_LOCKED: errno.EAGAIN,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
}


def disk_words(error: OSError, *, named: bool = True) -> str:
    """Return a sentence on a failed system call: path, disk with its free space, cure.

    The path is included only if ``named``.
    """
    path = error.filename2 or error.filename
    where = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
    if not where and "temporary directory" in str(error):
        return (
            f"The folder for temporary files is full or cannot be written to. Make room, {_AGAIN}"
        )
    shown = where or "A file of the seminar, or a temporary one"
    cure = _CURES.get(error.errno or 0)
    if error.errno == errno.EACCES and (os.name == "nt" or _is_open(error)):
        cure = _OPEN
    elif where and error.errno in (errno.EACCES, errno.EPERM):
        cure = rights_words(Path(where)) or _RIGHTS
    if cure is None:
        cure = f"It could not be read or written ({error.strerror or error}). Solve that problem"
    room = f" {_free_space(Path(where))}" if where and error.errno in _ABOUT_SPACE else ""
    what, _, advice = cure.partition(". ")
    return f"{f'{shown}: ' if named else ''}{what}.{room} {advice}, {_AGAIN}"


def memory_words() -> str:
    """Return a sentence on a computer that is out of memory."""
    return f"{_CURES[errno.ENOMEM]}, {_AGAIN}"


def refusal_of(error: sqlite3.Error, path: Path) -> OSError | None:
    """Return the system error behind an SQLite error; None if the database itself is damaged.

    On a full disk, for instance, SQLite only says that a file beside it could not be opened. So
    this tries to write to the disk once more.
    """
    code = getattr(error, "sqlite_errorcode", None)
    number = None if code is None else _ERRNO_OF_SQLITE.get(code & 0xFF)
    if number is None:
        return None
    if number in (errno.EACCES, errno.EIO):
        number = _errno_of_folder(path) or _errno_of_file(path)
    return OSError(number, str(error), str(path))


def _errno_of_file(path: Path) -> int:
    """Return the errno for a file that cannot be opened although its folder is writable."""
    if path.is_dir():
        return errno.EISDIR
    return errno.EIO if not path.exists() or os.access(path, os.R_OK | os.W_OK) else errno.EACCES


def _errno_of_folder(path: Path) -> int | None:
    """Return the errno with which a new file in the folder fails; None if it succeeds."""
    try:
        with half_file(path.parent, path.name) as half:
            half.file.write(bytes(_PROBE))
            half.file.flush()
            os.fsync(half.file.fileno())
            half.drop()
    except OSError as error:
        return error.errno
    return None


def _is_open(error: OSError) -> bool:
    return getattr(error, "winerror", None) in _OPEN_ELSEWHERE


def _free_space(path: Path) -> str:
    """Return the disk of a path and its free space, in brackets."""
    try:
        while not path.exists():
            path = path.parent
        free = shutil.disk_usage(path).free
        disk = path.absolute()
        while disk != disk.parent and disk.parent.stat().st_dev == disk.stat().st_dev:
            disk = disk.parent
    except OSError:
        return "Its disk no longer responds."
    return f"({disk} has {_size(free)} free.)"


def _size(number: int) -> str:
    """Return a number of bytes for people: '0 MB', '1.5 GB'."""
    return f"{number / 10**9:.1f} GB" if number >= 10**9 else f"{number // 10**6} MB"
