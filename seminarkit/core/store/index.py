"""The index of what was received: the only door to the database, which is one SQLite file.

It can be made again from the received files at any time, so it has no migrations: another shape
of the tables is another version number, and the index is built anew.
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
from seminarkit.core.store.index_file import DAMAGED, UNREADABLE, connect, may_write, read_alone
from seminarkit.core.store.index_rows import (
    COLUMNS,
    EARLIER_SHAPES,
    PLACES,
    WITHOUT_ANSWERS,
    arrival_row,
    earlier_columns,
    standing_rows,
    submission_of,
    submission_row,
)
from seminarkit.core.store.index_schema import SCHEMA, SHAPE
from seminarkit.core.store.received_files import Arrival
from seminarkit.core.store.reply import Replied
from seminarkit.core.store.submission import Outcome, Submission
from seminarkit.core.store.version_states import Judged, Standing

_STAND = (
    "UPDATE submission SET standing = ?, current = ? "
    "WHERE instance = ? AND arrival = ? AND part = ? AND version = ?"
)


class OutdatedIndexError(SeminarError):
    """The database has the tables of another version of the kit; it can be made again."""


class DamagedIndexError(DamageError):
    """The database file is damaged; it can be made again."""


class Index:
    """The database file, opened."""

    def __init__(self, path: Path, *, to_read: bool = False, building: bool = False) -> None:
        """Open or make the database; raises DamagedIndexError if the file is none.

        Of an earlier shape it can be opened ``to_read``: what counted then is shown until collect
        makes it again. One that is ``building`` has no file beside it and does not wait for the
        disk: it counts when it was checked (``is_whole``) and has its name. Who may not write to it
        reads it. Where the disk refuses, an OSError that names it.
        """
        self.path = path
        self._columns = COLUMNS
        self._to_read_alone = not may_write(path)
        with self._damage_told():
            self._connection = read_alone(path) if self._to_read_alone else connect(path, "rwc")
            if to_read and self._is_earlier():
                self._columns = self._earlier_columns()
                return
            if building:
                self._connection.execute("PRAGMA journal_mode = MEMORY")
                self._connection.execute("PRAGMA synchronous = OFF")
            self._check_shape()
            if self._to_read_alone:
                return
            if not building:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.executescript(SCHEMA)

    def _is_earlier(self) -> bool:
        ((shape,),) = self._connection.execute("PRAGMA user_version")
        return shape in EARLIER_SHAPES

    def _earlier_columns(self) -> str:
        info = self._connection.execute("PRAGMA table_info(submission)")
        return earlier_columns({row[1] for row in info})

    def _check_shape(self) -> None:
        ((shape,),) = self._connection.execute("PRAGMA user_version")
        ((tables,),) = self._connection.execute("SELECT count(*) FROM sqlite_master")
        if tables and shape != SHAPE:
            self._connection.close()
            raise OutdatedIndexError(
                f"{self.path.name} was made by another version of the kit. Nothing is lost: run "
                "'seminar collect' to make it again from the received files."
            )
        if shape != SHAPE and not self._to_read_alone:
            self._connection.execute(f"PRAGMA user_version = {SHAPE}")

    def check(self) -> None:
        """Raise DamagedIndexError unless the file is sound; takes a millisecond for 200 files."""
        if self._all("PRAGMA integrity_check") != [("ok",)]:
            raise DamagedIndexError(DAMAGED.format(self.path.name))

    def close(self) -> None:
        """Close the connection; the database is then one file again."""
        self._connection.close()

    def last_arrival(self) -> tuple[int, str]:
        """Return number and hash of the last arrival recorded, (0, "") if there is none."""
        rows = self._all("SELECT number, sha256 FROM arrival ORDER BY number DESC LIMIT 1")
        return (rows[0][0], rows[0][1]) if rows else (0, "")

    def meta(self, key: str) -> str | None:
        """Return a remark on the index itself."""
        rows = self._all("SELECT value FROM meta WHERE key = ?", key)
        return rows[0][0] if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Write a remark on the index itself."""
        self._all("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def standings(self) -> list[tuple[Submission, Standing]]:
        """Return each version that waits or stands beside the one that counts, as they arrived."""
        if self._columns != COLUMNS:
            return []
        where = "WHERE standing IN ('waits', 'beside') ORDER BY rowid"
        rows = self._all(f"SELECT standing FROM submission {where}")
        return [
            (version, standing)
            for version, (standing,) in zip(self._submissions(where), rows, strict=True)
        ]

    def stand(self, judged: Iterable[Judged[Submission]]) -> None:
        """Record anew how the versions of forms stand, after somebody chose."""
        with self._damage_told(), self._transaction() as execute:
            execute(_STAND, standing_rows(judged))

    def versions(self, instance: str) -> list[Submission]:
        """Return every version of one form instance, in the order of arrival."""
        return self._submissions("WHERE instance = ? ORDER BY rowid", instance)

    def versions_to_judge(self, instance: str) -> list[Submission]:
        """Return the same; answers are read when somebody looks at them, while this is open."""
        query = f"SELECT {WITHOUT_ANSWERS} FROM submission WHERE instance = ? ORDER BY rowid"
        return self._made(self._all(query, instance), self._answers)

    def everything(self) -> list[Submission]:
        """Return every version that anybody sent, in the order of arrival."""
        return self._submissions("ORDER BY rowid")

    def all_of_form(self, form: str) -> list[Submission]:
        """Return every version of a form that anybody sent."""
        return self._submissions("WHERE form = ? ORDER BY rowid", form)

    def current(self) -> list[Submission]:
        """Return the version that counts of every form: by country, form, subject and person."""
        return self._submissions("WHERE current ORDER BY country, form, subject, person")

    def with_receipt(self, receipt: str) -> list[Submission]:
        """Return every version of each form of which one version has a receipt."""
        where = "WHERE instance IN (SELECT instance FROM submission WHERE receipt = ?)"
        return self._submissions(f"{where} ORDER BY rowid", receipt)

    def replies(self) -> list[Replied]:
        """Return all replies, in the order of arrival."""
        return [Replied(*row) for row in self._all("SELECT * FROM reply ORDER BY rowid")]

    def record(
        self,
        arrivals: Sequence[Arrival],
        submissions: Iterable[Submission],
        outcomes: Iterable[Outcome],
        replies: Iterable[Replied],
        judged: Iterable[Judged[Submission]],
    ) -> None:
        """Record a batch in one transaction. ``judged`` says how the versions stand now."""
        with self._damage_told(), self._transaction() as execute:
            execute("INSERT INTO arrival VALUES (?, ?, ?, ?, ?)", map(arrival_row, arrivals))
            execute(
                f"INSERT INTO submission ({COLUMNS}) VALUES ({PLACES})",
                map(submission_row, submissions),
            )
            execute("INSERT INTO outcome VALUES (?, ?, ?, ?, ?)", map(astuple, outcomes))
            execute("INSERT INTO reply VALUES (?, ?, ?, ?)", map(astuple, replies))
            execute(_STAND, standing_rows(judged))

    def outcomes(self, since: int) -> list[tuple[Arrival, Outcome]]:
        """Return how the files ended that arrived after number ``since``, in that order."""
        rows = self._all(
            "SELECT arrival.*, outcome.* FROM outcome JOIN arrival ON arrival.number = "
            "outcome.arrival WHERE arrival.number > ? ORDER BY outcome.rowid",
            since,
        )
        return [(Arrival(*row[:5]), Outcome(*row[5:])) for row in rows]

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return everything the index holds, to compare it with another; raises DamageError."""
        self.check()
        tables = ("arrival", "submission", "outcome", "reply")
        return {table: self._all(f"SELECT * FROM {table} ORDER BY rowid") for table in tables}

    def _submissions(self, where: str, *values: Any) -> list[Submission]:
        return self._made(self._all(f"SELECT {self._columns} FROM submission {where}", *values))

    def _answers(self, row: int) -> Answers:
        ((text,),) = self._all("SELECT answers FROM submission WHERE rowid = ?", row)
        return dict(json.loads(text))

    def _made(
        self,
        rows: Sequence[tuple[Any, ...]],
        later: Callable[[int], Answers] | None = None,
    ) -> list[Submission]:
        names = COLUMNS.split(", ")
        with self._damage_told():
            return [submission_of(dict(zip(names, row, strict=True)), later) for row in rows]

    def _all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._damage_told():
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
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            refused = refusal_of(error, self.path) if isinstance(error, sqlite3.Error) else None
            if self._to_read_alone and not refused:
                raise DamagedIndexError(UNREADABLE.format(self.path.name)) from error
            raise refused or DamagedIndexError(DAMAGED.format(self.path.name)) from error
