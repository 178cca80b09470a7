"""Hashes of what was forgotten, so that it is recognised if it is received again.

    received/logs/<writer>/forgotten.jsonl     one hash per line: a file, answers, a person, a line

With the hashes of files, logs and copies can still be verified after ``seminar forget``. A hash
that any writer has logged counts for all writers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from seminarkit.core.logs.redactions import FORGOTTEN
from seminarkit.core.logs.team_log import FIRST, TeamLog
from seminarkit.core.seminar.clock import now
from seminarkit.core.store.line_formats import is_hash

What = Literal["file", "answers", "person", "line", "let go"]
_FORGOTTEN_KIND = f'"kind": "{FORGOTTEN}"'.encode()
_CURE = "Put the file back from a copy. Without it, what was forgotten could be taken in again."


class Tombstones:
    """The log of hashes of what was forgotten."""

    def __init__(self, received: Path) -> None:
        self._log = TeamLog(received / "forgotten.jsonl", _CURE)

    def all(self, what: What) -> frozenset[str]:
        """Return the hashes of one kind; raises DamageError where the log was changed."""
        is_confirmed = self._somebody_was_forgotten() or what == "let go"
        older = self._log.path.with_name(
            "arrivals.jsonl"
        ).exists()  # they logged no decision on a person without an id
        lines = (
            entry.values
            for entry in self._log.entries()
            if is_confirmed or (older and entry.writer == FIRST)
        )
        hashes = (entry.get("sha256") for entry in lines if entry.get("what") == what)
        return frozenset(sha256 for sha256 in hashes if is_hash(sha256))

    def add(self, what: What, hashes: Iterable[str]) -> None:
        """Log new hashes; return when they are on the disk."""
        at, logged = now(), self.all(what)
        new = [sha256 for sha256 in dict.fromkeys(hashes) if sha256 not in logged]
        self._log.append({"what": what, "sha256": sha256, "at": at} for sha256 in new)

    def _somebody_was_forgotten(self) -> bool:
        """Return whether a decision confirms a forgetting: a planted log alone is ignored."""
        decisions = TeamLog(self._log.path.with_name("decisions.jsonl"), _CURE)
        return any(_FORGOTTEN_KIND in path.read_bytes() for path in decisions.files())

    def let_go(self, marks: Iterable[str]) -> None:
        """Log the marks of people of whom this copy of the folder stores nothing any more."""
        self._log.append({"what": "let go", "sha256": mark, "at": now()} for mark in sorted(marks))

    def who_let_go(self) -> dict[str, frozenset[str]]:
        """Return, by writer, the marks of people whose data that copy has deleted."""
        by_writer: dict[str, set[str]] = {}
        for entry in self._log.entries():
            marks = by_writer.setdefault(entry.writer, set())
            if entry.values.get("what") == "let go":
                marks.add(str(entry.values.get("sha256")))
        return {writer: frozenset(marks) for writer, marks in by_writer.items()}


def answers_hash(payload: Mapping[str, object]) -> str:
    """Return the hash that identifies forgotten answers in whatever file they arrive."""
    identity = [payload.get("instance"), payload.get("answers")]
    text = json.dumps(identity, sort_keys=True)
    return hashlib.sha256(text.encode("ascii", "surrogatepass")).hexdigest()


def author_hash(seminar: str, person: str) -> str:
    """Return the hash that identifies a forgotten author."""
    return hashlib.sha256(f"{seminar}\0{person}".encode("utf-8", "surrogatepass")).hexdigest()
