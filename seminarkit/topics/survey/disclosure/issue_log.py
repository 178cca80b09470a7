"""The log of issues: which numbers of a form's totals were shown, and whose answers were in them.

It is only added to. So no new run, on no other machine, can show numbers in between two issues.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seminarkit.core.disk.files import to_json
from seminarkit.core.forms.shapes import object_of
from seminarkit.core.logs.line_order import Entry
from seminarkit.core.logs.team_log import TeamLog
from seminarkit.core.store.submission import Submission
from seminarkit.topics.survey.disclosure.counts import Cell, Table

_CURE = "Put back the file from a copy; it holds which totals were shown to whom, and when."
_FORGOTTEN = "forgotten-"


@dataclass(frozen=True)
class Issue:
    """The totals of one form, and of one subject of it, as they were shown from a day on.

    ``counted`` holds the groups of people that each counted version was in, by its id, which is
    salted and holds no name. ``tables`` are by question, as is ``limits``: how many choices a
    person was free to pick. ``as_of`` is the day on which the last of the versions was saved.
    """

    form: str
    subject: str
    made_at: str
    as_of: str
    salt: str
    counted: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, tuple[int, int]]
    tables: Mapping[str, Table]

    def with_present_names(self, was: Mapping[str, str]) -> Issue:
        """Return it with the names that its questions have now; ``was`` leads there."""
        limits = {was.get(name, name): each for name, each in self.limits.items()}
        tables = {was.get(name, name): table for name, table in self.tables.items()}
        return replace(self, limits=limits, tables=tables)

    def sizes(self) -> dict[str, int]:
        """Return how many people each group had."""
        sizes: dict[str, int] = {}
        for groups in self.counted.values():
            for group in groups:
                sizes[group] = sizes.get(group, 0) + 1
        return sizes


def new_salt() -> str:
    """Return what is mixed into the ids of one issue."""
    return secrets.token_hex(16)


def version_id(salt: str, version: Submission) -> str:
    """Return the id of a counted version in the issue with this salt."""
    whole = [
        version.person,
        version.form,
        version.subject,
        version.saved_at,
        version.rev,
        version.sent_answers,
    ]
    return hashlib.sha256(f"{salt}{to_json(whole)}".encode()).hexdigest()[:32]


class Issues:
    """The log file."""

    def __init__(self, path: Path) -> None:
        self._log = TeamLog(path, _CURE, "made_at")

    def of(self, form: str, subject: str) -> list[Issue]:
        """Return the issues of a form, for a subject, the first one first.

        Raises DamageError where the log was changed.
        """
        issues = []
        for entry in self._log.entries():
            try:
                issues.append(_read(entry.values))
            except (KeyError, TypeError, ValueError):
                raise self._log.damage(entry) from None
        return [each for each in issues if (each.form, each.subject) == (form, subject)]

    def add(self, issue: Issue) -> None:
        """Add an issue, and return when it is on the disk."""
        self._log.append([_written(issue)])

    def forget(self, versions: Iterable[Submission]) -> int:
        """Put something random in place of the ids of a person's versions; return how many.

        To be called before the received files go. That an answer was counted stays, as it is in
        numbers that were shown; whose it was cannot be found any more, not by trying either.
        """
        forgotten = [(version, f"{_FORGOTTEN}{secrets.token_hex(8)}") for version in versions]
        changed = 0

        def without(line: Entry) -> dict[str, object]:
            nonlocal changed
            entry = line.values
            if "counted" not in entry:
                return entry
            salt, before = str(entry["salt"]), object_of(entry["counted"])
            ids = {version_id(salt, version): name for version, name in forgotten}
            changed += len(ids.keys() & before.keys())
            counted = {ids.get(key, key): groups for key, groups in before.items()}
            return {**entry, "counted": counted}

        self._log.redact(without)
        return changed


def _written(issue: Issue) -> dict[str, object]:
    return {
        "form": issue.form,
        "subject": issue.subject,
        "made_at": issue.made_at,
        "as_of": issue.as_of,
        "salt": issue.salt,
        "counted": {key: list(groups) for key, groups in sorted(issue.counted.items())},
        "limits": {name: list(limits) for name, limits in issue.limits.items()},
        "tables": {
            name: [[*place, cell.least, cell.most] for place, cell in table.items()]
            for name, table in issue.tables.items()
        },
    }


# JSON; what does not fit is caught in Issues.of
def _read(entry: Mapping[str, Any]) -> Issue:
    return Issue(
        form=entry["form"],
        subject=entry["subject"],
        made_at=entry["made_at"],
        as_of=entry["as_of"],
        salt=entry["salt"],
        counted={key: tuple(groups) for key, groups in entry["counted"].items()},
        limits={name: (low, high) for name, (low, high) in entry["limits"].items()},
        tables={
            name: {(group, choice): Cell(least, most) for group, choice, least, most in cells}
            for name, cells in entry["tables"].items()
        },
    )
