"""The index of what was received: the only module that opens the SQLite database.

It can be rebuilt from the received files at any time, so there are no migrations: a change of the
tables is a new version number, and the index is rebuilt.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

from seminarkit.core.disk.disk_errors import refusal_of
from seminarkit.core.errors import DamageError, SeminarError
from seminarkit.core.forms.shapes import Answers
from seminarkit.core.store.index_file import DAMAGED, UNREADABLE, connect, may_write, open_readonly
from seminarkit.core.store.index_rows import (
    COLUMNS,
    EARLIER_SCHEMA_VERSIONS,
    PLACEHOLDERS,
    WITHOUT_ANSWERS,
    arrival_row,
    earlier_columns,
    standing_rows,
    submission_of,
    submission_row,
)
from seminarkit.core.store.index_schema import SCHEMA, SCHEMA_VERSION
from seminarkit.core.store.received_files import Arrival
from seminarkit.core.store.reply import ChairReply
from seminarkit.core.store.submission import Outcome, Submission
from seminarkit.core.store.version_states import JudgedVersions, Standing

_UPDATE_STANDING = (
    "UPDATE submission SET standing = ?, current = ? "
    "WHERE instance = ? AND arrival = ? AND part = ? AND version = ?"
)


class OutdatedIndexError(SeminarError):
    """The database has the tables of another version of the kit; it can be rebuilt."""


class DamagedIndexError(DamageError):
    """The database file is damaged; it can be rebuilt."""


class Index:
    """An open connection to the index."""

    def __init__(self, path: Path, *, to_read: bool = False, building: bool = False) -> None:
        """Open or create the database; raises DamagedIndexError if the file is not one.

        With ``to_read``, the index of an earlier kit can be opened too. With ``building``, there is
        no journal file and no fsync: it counts once ``is_whole`` has checked it and it has its
        name. Accounts without write permission get a read-only connection. Raises an OSError that
        names the file where the disk refuses.
        """
        self.path = path
        self._columns = COLUMNS
        self._read_only = not may_write(path)
        with self._errors_explained():
            self._connection = open_readonly(path) if self._read_only else connect(path, "rwc")
            if to_read and self._is_earlier():
                self._columns = self._earlier_columns()
                return
            if building:
                self._connection.execute("PRAGMA journal_mode = MEMORY")
                self._connection.execute("PRAGMA synchronous = OFF")
            self._check_schema()
            if self._read_only:
                return
            if not building:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.executescript(SCHEMA)

    def _is_earlier(self) -> bool:
        ((schema_version,),) = self._connection.execute("PRAGMA user_version")
        return schema_version in EARLIER_SCHEMA_VERSIONS

    def _earlier_columns(self) -> str:
        info = self._connection.execute("PRAGMA table_info(submission)")
        return earlier_columns({row[1] for row in info})

    def _check_schema(self) -> None:
        ((schema_version,),) = self._connection.execute("PRAGMA user_version")
        ((tables,),) = self._connection.execute("SELECT count(*) FROM sqlite_master")
        if tables and schema_version != SCHEMA_VERSION:
            self._connection.close()
            raise OutdatedIndexError(
                f"{self.path.name} was made by another version of the kit. Nothing is lost: run "
                "'seminar collect' to make it again from the received files."
            )
        if schema_version != SCHEMA_VERSION and not self._read_only:
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def check(self) -> None:
        """Raise DamagedIndexError unless the file is sound; takes 1 ms for 200 files."""
        if self._all("PRAGMA integrity_check") != [("ok",)]:
            raise DamagedIndexError(DAMAGED.format(self.path.name))

    def close(self) -> None:
        """Close the connection; the database is then a single file."""
        self._connection.close()

    def last_arrival(self) -> tuple[int, str]:
        """Return the number and hash of the last recorded arrival, or (0, "")."""
        rows = self._all("SELECT number, sha256 FROM arrival ORDER BY number DESC LIMIT 1")
        return (rows[0][0], rows[0][1]) if rows else (0, "")

    def meta(self, key: str) -> str | None:
        """Return a value stored about the index itself, or None."""
        rows = self._all("SELECT value FROM meta WHERE key = ?", key)
        return rows[0][0] if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Store a value about the index itself."""
        self._all("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def standings(self) -> list[tuple[Submission, Standing]]:
        """Return the versions that wait or are beside the counting one, oldest first."""
        if self._columns != COLUMNS:
            return []
        where = "WHERE standing IN ('waits', 'beside') ORDER BY rowid"
        rows = self._all(f"SELECT standing FROM submission {where}")
        return [
            (version, standing)
            for version, (standing,) in zip(self._submissions(where), rows, strict=True)
        ]

    def stand(self, judged: Iterable[JudgedVersions[Submission]]) -> None:
        """Update the standing of versions, after an organiser's choice."""
        with self._errors_explained(), self._transaction() as execute:
            execute(_UPDATE_STANDING, standing_rows(judged))

    def versions(self, instance: str) -> list[Submission]:
        """Return every version of one form instance, in the order of arrival."""
        return self._submissions("WHERE instance = ? ORDER BY rowid", instance)

    def versions_to_judge(self, instance: str) -> list[Submission]:
        """Return the same versions with lazy answers; keep the index open meanwhile."""
        query = f"SELECT {WITHOUT_ANSWERS} FROM submission WHERE instance = ? ORDER BY rowid"
        return self._load(self._all(query, instance), self._answers)

    def everything(self) -> list[Submission]:
        """Return every version of every form, in the order of arrival."""
        return self._submissions("ORDER BY rowid")

    def all_of_form(self, form: str) -> list[Submission]:
        """Return every version of one form from everybody, in the order of arrival."""
        return self._submissions("WHERE form = ? ORDER BY rowid", form)

    def current(self) -> list[Submission]:
        """Return the counting version of each form instance, by country and form."""
        return self._submissions("WHERE current ORDER BY country, form, subject, person")

    def with_receipt(self, receipt: str) -> list[Submission]:
        """Return all versions of the form instances in which one has this receipt."""
        where = "WHERE instance IN (SELECT instance FROM submission WHERE receipt = ?)"
        return self._submissions(f"{where} ORDER BY rowid", receipt)

    def replies(self) -> list[ChairReply]:
        """Return all replies, in the order of arrival."""
        return [ChairReply(*row) for row in self._all("SELECT * FROM reply ORDER BY rowid")]

    def record(
        self,
        arrivals: Sequence[Arrival],
        submissions: Iterable[Submission],
        outcomes: Iterable[Outcome],
        replies: Iterable[ChairReply],
        judged: Iterable[JudgedVersions[Submission]],
    ) -> None:
        """Record a batch in one transaction; ``judged`` has the new standings."""
        with self._errors_explained(), self._transaction() as execute:
            execute("INSERT INTO arrival VALUES (?, ?, ?, ?, ?)", map(arrival_row, arrivals))
            execute(
                f"INSERT INTO submission ({COLUMNS}) VALUES ({PLACEHOLDERS})",
                map(submission_row, submissions),
            )
            execute("INSERT INTO outcome VALUES (?, ?, ?, ?, ?)", map(astuple, outcomes))
            execute("INSERT INTO reply VALUES (?, ?, ?, ?)", map(astuple, replies))
            execute(_UPDATE_STANDING, standing_rows(judged))

    def outcomes(self, since: int) -> list[tuple[Arrival, Outcome]]:
        """Return the outcomes of the arrivals after number ``since``, in their order."""
        rows = self._all(
            "SELECT arrival.*, outcome.* FROM outcome JOIN arrival ON arrival.number = "
            "outcome.arrival WHERE arrival.number > ? ORDER BY outcome.rowid",
            since,
        )
        return [(Arrival(*row[:5]), Outcome(*row[5:])) for row in rows]

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all rows by table, to compare two indexes; raises DamageError."""
        self.check()
        tables = ("arrival", "submission", "outcome", "reply")
        return {table: self._all(f"SELECT * FROM {table} ORDER BY rowid") for table in tables}

    def _submissions(self, where: str, *values: Any) -> list[Submission]:
        return self._load(self._all(f"SELECT {self._columns} FROM submission {where}", *values))

    def _answers(self, row: int) -> Answers:
        ((text,),) = self._all("SELECT answers FROM submission WHERE rowid = ?", row)
        return dict(json.loads(text))

    def _load(
        self,
        rows: Sequence[tuple[Any, ...]],
        read_answers: Callable[[int], Answers] | None = None,
    ) -> list[Submission]:
        names = COLUMNS.split(", ")
        with self._errors_explained():
            return [submission_of(dict(zip(names, row, strict=True)), read_answers) for row in rows]

    def _all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._errors_explained():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection.executemany
        except BaseException:
            with suppress(sqlite3.Error):  # a failed disk has ended the transaction by itself
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def _errors_explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            disk_error = refusal_of(error, self.path) if isinstance(error, sqlite3.Error) else None
            if self._read_only and not disk_error:
                raise DamagedIndexError(UNREADABLE.format(self.path.name)) from error
            raise disk_error or DamagedIndexError(DAMAGED.format(self.path.name)) from error
