"""Open the database file of the index, for writing or read-only."""

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
    "{} could not be read; perhaps another account is writing to it now. Run this again. If "
    "that does not help, ask somebody who may write here to run: seminar collect"
)


def may_write(path: Path) -> bool:
    """Return whether this account may write to a database and to SQLite's files beside it."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a database in a SQLite mode: ``ro``, or ``rwc`` to write and create it."""
    address = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(address, isolation_level=None, uri=True)


def open_readonly(path: Path) -> sqlite3.Connection:
    """Open a database that this account may not write to.

    SQLite needs its files beside the database; where they are missing and cannot be created, the
    database is opened as immutable.
    """
    connection = connect(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except (sqlite3.OperationalError, UnicodeDecodeError):  # sqlite3 quotes bytes of a damaged file
        connection.close()
        return connect(path, "ro&immutable=1")
    return connection


def is_whole(path: Path) -> bool:
    """Return whether a closed database file is sound, judged without its journal."""
    try:
        with closing(connect(path, "ro&immutable=1")) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
