"""What was forgotten, by hashes alone: it is known again when it comes again.

    received/logs/<writer>/forgotten.jsonl     a hash per line: a file, answers, a person, a line

The hashes of files let logs and copies prove themselves after ``seminar forget``. What anybody has
noted here counts for all.
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
_DECIDED = f'"kind": "{FORGOTTEN}"'.encode()
_CURE = "Put back the file from a copy; by it what was forgotten is not taken in again."


class Tombstones:
    """The log of what was forgotten."""

    def __init__(self, received: Path) -> None:
        self._log = TeamLog(received / "forgotten.jsonl", _CURE)

    def all(self, what: What) -> frozenset[str]:
        """Return the hashes of one kind; raises DamageError where the log was changed."""
        told = self._somebody_was_forgotten() or what == "let go"
        older = self._log.path.with_name("arrivals.jsonl").exists()  # which told of no name alone
        lines = (e.values for e in self._log.entries() if told or (older and e.writer == FIRST))
        hashes = (e.get("sha256") for e in lines if e.get("what") == what)
        return frozenset(sha256 for sha256 in hashes if is_hash(sha256))

    def add(self, what: What, hashes: Iterable[str]) -> None:
        """Note hashes that are not noted yet, and return when they are on the disk."""
        at, known = now(), self.all(what)
        new = [sha256 for sha256 in dict.fromkeys(hashes) if sha256 not in known]
        self._log.append({"what": what, "sha256": sha256, "at": at} for sha256 in new)

    def _somebody_was_forgotten(self) -> bool:
        """Say whether a decision tells of anybody: a log that was put here by itself is nothing."""
        decisions = TeamLog(self._log.path.with_name("decisions.jsonl"), _CURE)
        return any(_DECIDED in path.read_bytes() for path in decisions.files())

    def let_go(self, marks: Iterable[str]) -> None:
        """Note that this copy of the folder holds nothing any more of people, by their marks."""
        self._log.append({"what": "let go", "sha256": mark, "at": now()} for mark in sorted(marks))

    def who_let_go(self) -> dict[str, frozenset[str]]:
        """Return the marks of the people that each writer's copy holds nothing of any more."""
        by_writer: dict[str, set[str]] = {}
        for entry in self._log.entries():
            marks = by_writer.setdefault(entry.writer, set())
            if entry.values.get("what") == "let go":
                marks.add(str(entry.values.get("sha256")))
        return {writer: frozenset(marks) for writer, marks in by_writer.items()}


def answers_hash(payload: Mapping[str, object]) -> str:
    """Return the hash by which answers are known again, whatever file they come in."""
    told = [payload.get("instance"), payload.get("answers")]
    text = json.dumps(told, sort_keys=True)
    return hashlib.sha256(text.encode("ascii", "surrogatepass")).hexdigest()


def author_hash(seminar: str, person: str) -> str:
    """Return the hash by which a forgotten author is known again."""
    return hashlib.sha256(f"{seminar}\0{person}".encode("utf-8", "surrogatepass")).hexdigest()
