"""Opens the file of the index: to write, or by an account that may only read it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

DAMAGED = (
    "{} is damaged. Nothing is lost: run 'seminar collect' to make it again from the received "
    "files."
)
UNREADABLE = (
    "{} could not be read; perhaps another account is writing to it now. Run this again. If it "
    "stays so, somebody who may write here runs: seminar collect"
)


def may_write(path: Path) -> bool:
    """Say whether this account may write to a database, and to the files that SQLite has beside."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a database in a mode of SQLite's: ``ro``, or ``rwc`` to write and to make it."""
    address = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(address, isolation_level=None, uri=True)


def read_alone(path: Path) -> sqlite3.Connection:
    """Open a database to which this account may not write.

    With the files beside it, where SQLite has left some; else they cannot be made, so the database
    is read as it lies there.
    """
    connection = connect(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        return connect(path, "ro&immutable=1")
    return connection


def is_whole(path: Path) -> bool:
    """Say whether a database that was closed is sound, by what is in its file now."""
    try:
        with closing(connect(path, "ro&immutable=1")) as made:
            return made.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        return False
