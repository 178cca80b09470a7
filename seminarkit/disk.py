"""Says in words what a disk or a file refused, with what to do now."""

from __future__ import annotations

import errno
import sqlite3

_CURES = {
    getattr(errno, "EDQUOT", -1): "Your share of the disk is used up. Make room on it",
    errno.ENOSPC: "The disk is full. Make room on it",
    errno.EFBIG: "The file would be larger than this system allows. Raise the limit",
    errno.EROFS: "The disk can only be read. Copy the seminar's folder to another one",
    errno.EIO: "The disk failed. Copy the seminar's folder to another disk",
    errno.EACCES: "It may not be opened or written to. Look at its rights",
    errno.EPERM: "It may not be opened or written to. Look at its rights",
    errno.ENOENT: "It is not there any more. Look whether somebody has moved it",
    errno.ENOTDIR: "A file is where a folder should be. Move it away",
    errno.EISDIR: "A folder is where a file should be. Move it away",
    errno.EMFILE: "Too many files are open at once. Close other programs",
    errno.ENOMEM: "The computer has no memory left. Close other programs",
    errno.EPIPE: "What was reading the output has ended. Nothing else is wrong",
}
_AGAIN = "then run the command again. Nothing that was received before is lost."


def disk_words(error: OSError | sqlite3.OperationalError) -> str:
    """Return a sentence for a failed call to the system or to the index: which path, what to do."""
    if isinstance(error, sqlite3.Error):
        if is_full(error):
            return f"seminar.db: {_CURES[errno.ENOSPC]}, {_AGAIN}"
        return f"seminar.db could not be read or written ({error}). Look at the disk, {_AGAIN}"
    path = error.filename2 or error.filename
    where = str(path) if path else "A file of the seminar, or a temporary one"
    cure = _CURES.get(error.errno or 0)
    if cure:
        return f"{where}: {cure}, {_AGAIN}"
    return f"{where} could not be read or written ({error.strerror or error}). Mend that, {_AGAIN}"


def is_full(error: sqlite3.Error) -> bool:
    """Say whether the index was refused by a full or failing disk, and is not damaged itself."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    )
