"""The index of what was received: the only door to the database, which is one SQLite file.

It can be made again from the received files at any time, so it has no migrations: another shape
of the tables is another version number, and the index is built anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import Any

from seminarkit.disk import is_full
from seminarkit.errors import DamageError, SeminarError
from seminarkit.store.received import Arrival
from seminarkit.store.replied import Replied
from seminarkit.store.schema import SCHEMA, SHAPE


@dataclass(frozen=True)
class Reading:
    """What one filled form says, checked: who filled in which version with what, and how far.

    ``version``, ``ancestors``, ``salt`` and ``written_in`` (a window of the browser) are those
    of ``forms/versions.py``.
    """

    form: str
    subject: str
    form_version: str
    instance: str
    rev: int
    saved_at: str
    country: str
    person: str
    answers: Mapping[str, Any]
    answered: int
    total: int
    complete: bool
    receipt: str
    version: str
    ancestors: tuple[str, ...]
    written_in: str
    salt: str = field(default="", kw_only=True)

    @property
    def key(self) -> tuple[str, str, str]:
        """Which form it is, whatever its version, as ``Assignment.key`` says it."""
        return self.person, self.form, self.subject


@dataclass(frozen=True)
class Submission(Reading):
    """One version of one filled form. ``arrival`` and ``part`` say where its bytes are."""

    arrival: int
    part: str


@dataclass(frozen=True)
class Outcome:
    """How one file, or one part of a zip or mail, ended: what it is, and a sentence."""

    arrival: int
    part: str
    kind: str
    text: str
    country: str = ""


_SUBMISSION_COLUMNS = ", ".join(field.name for field in fields(Submission))
_SUBMISSION_PLACES = ", ".join("?" for _ in fields(Submission))


class OutdatedIndexError(SeminarError):
    """The database has the tables of another version of the kit; it can be made again."""


class Index:
    """The database file, opened."""

    def __init__(self, path: Path) -> None:
        """Open or make the database; raises DamageError if the file is none."""
        self.path = path
        with self._damage_told():
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._check_shape()
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.executescript(SCHEMA)

    def _check_shape(self) -> None:
        ((shape,),) = self._connection.execute("PRAGMA user_version")
        ((tables,),) = self._connection.execute("SELECT count(*) FROM sqlite_master")
        if tables and shape != SHAPE:
            self._connection.close()
            raise OutdatedIndexError(
                f"{self.path.name} was made by another version of the kit. Nothing is lost: run "
                "'seminar collect' to make it again from the received files."
            )
        if shape != SHAPE:
            self._connection.execute(f"PRAGMA user_version = {SHAPE}")

    def settle(self) -> None:
        """Put all that was written into the one file; raises an error where the disk refuses.

        Closing does the same, but says nothing when it fails.
        """
        ((busy, _, _),) = self._all("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy or self._all("PRAGMA integrity_check") != [("ok",)]:
            raise _damaged(self.path)

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
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def versions(self, instance: str) -> list[Submission]:
        """Return every version of one form instance, in the order of arrival."""
        where = "WHERE instance = ? ORDER BY rowid"
        return self._submissions(where, instance)

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
        current: Mapping[str, Submission],
    ) -> None:
        """Record a batch in one transaction. ``current`` holds the version that counts now."""
        with self._damage_told(), self._transaction() as execute:
            execute("INSERT INTO arrival VALUES (?, ?, ?, ?, ?)", map(_arrival_row, arrivals))
            execute(
                f"INSERT INTO submission ({_SUBMISSION_COLUMNS}) VALUES ({_SUBMISSION_PLACES})",
                map(_submission_row, submissions),
            )
            execute("INSERT INTO outcome VALUES (?, ?, ?, ?, ?)", map(astuple, outcomes))
            execute("INSERT INTO reply VALUES (?, ?, ?, ?)", map(astuple, replies))
            execute(
                "UPDATE submission SET current = (arrival = ? AND part = ?) WHERE instance = ?",
                ((v.arrival, v.part, instance) for instance, v in current.items()),
            )

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
        if self._all("PRAGMA integrity_check") != [("ok",)]:
            raise _damaged(self.path)
        tables = ("arrival", "submission", "outcome", "reply")
        return {table: self._all(f"SELECT * FROM {table} ORDER BY rowid") for table in tables}

    def _submissions(self, where: str, *values: Any) -> list[Submission]:
        rows = self._all(f"SELECT {_SUBMISSION_COLUMNS} FROM submission {where}", *values)
        names = _SUBMISSION_COLUMNS.split(", ")
        with self._damage_told():
            return [_submission(dict(zip(names, row, strict=True))) for row in rows]

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
            if isinstance(error, sqlite3.OperationalError) and is_full(error):
                raise  # a disk's fault, not the file's
            raise _damaged(self.path) from error


def _damaged(path: Path) -> DamageError:
    return DamageError(
        f"{path.name} is damaged. Nothing is lost: run 'seminar collect --rebuild' to make it "
        "again from the received files."
    )


def _arrival_row(arrival: Arrival) -> tuple[Any, ...]:
    # a name with bytes that are no text is kept as it is in the log; the index shows it
    name = arrival.name.encode("utf-8", "replace").decode("utf-8")
    return (arrival.number, arrival.sha256, name, arrival.size, arrival.received_at)


def _submission_row(submission: Submission) -> tuple[Any, ...]:
    answers = json.dumps(submission.answers, ensure_ascii=False, sort_keys=True)
    values = {field.name: getattr(submission, field.name) for field in fields(submission)}
    ancestors = " ".join(submission.ancestors)
    return tuple({**values, "answers": answers, "ancestors": ancestors}.values())


def _submission(row: dict[str, Any]) -> Submission:
    return Submission(
        **{
            **row,
            "answers": json.loads(row["answers"]),
            "complete": bool(row["complete"]),
            "ancestors": tuple(row["ancestors"].split()),
        }
    )
