"""The log of issues: which totals of a form were published, and whose answers they counted.

It is append-only, so that no run on any machine can publish numbers between two issues.
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
from seminarkit.core.logs.line_order import LogEntry
from seminarkit.core.logs.team_log import TeamLog
from seminarkit.core.store.submission import Submission
from seminarkit.topics.survey.disclosure.counts import PublishedCell, Table

_CURE = "Restore the file from a copy. It records which totals were shown to whom, and when."
_FORGOTTEN = "forgotten-"


@dataclass(frozen=True)
class Issue:
    """The totals of one form and subject, as published from one day on.

    ``counted`` maps the salted, nameless id of each counted version to its groups. ``tables`` and
    ``limits`` (how many choices a person was free to pick) are by question. ``as_of`` is the day on
    which the last of the versions was saved.
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
        """Return the issue with the present names of its questions; ``was`` maps former names."""
        limits = {was.get(name, name): pair for name, pair in self.limits.items()}
        tables = {was.get(name, name): table for name, table in self.tables.items()}
        return replace(self, limits=limits, tables=tables)

    def sizes(self) -> dict[str, int]:
        """Return the number of people in each group."""
        sizes: dict[str, int] = {}
        for groups in self.counted.values():
            for group in groups:
                sizes[group] = sizes.get(group, 0) + 1
        return sizes


def new_salt() -> str:
    """Return a random salt for the version ids of one issue."""
    return secrets.token_hex(16)


def version_id(salt: str, version: Submission) -> str:
    """Return the salted hash that identifies a counted version in an issue."""
    identity = [
        version.person,
        version.form,
        version.subject,
        version.saved_at,
        version.rev,
        version.sent_answers,
    ]
    return hashlib.sha256(f"{salt}{to_json(identity)}".encode()).hexdigest()[:32]


class Issues:
    """The log file of issues."""

    def __init__(self, path: Path) -> None:
        self._log = TeamLog(path, _CURE, "made_at")

    def of(self, form: str, subject: str) -> list[Issue]:
        """Return the issues of a form and subject, oldest first.

        Raises DamageError if the log was changed.
        """
        issues = []
        for entry in self._log.entries():
            try:
                issues.append(_from_entry(entry.values))
            except (KeyError, TypeError, ValueError):
                raise self._log.damage(entry) from None
        return [issue for issue in issues if (issue.form, issue.subject) == (form, subject)]

    def add(self, issue: Issue) -> None:
        """Append an issue; returns once it is on the disk."""
        self._log.append([_to_entry(issue)])

    def forget(self, versions: Iterable[Submission]) -> int:
        """Replace the ids of a person's versions by random ones; return how many.

        Call it before the received files are removed. The answers remain counted, since the numbers
        were published, but they can no longer be linked to the person, not even by guessing.
        """
        replacements = [(version, f"{_FORGOTTEN}{secrets.token_hex(8)}") for version in versions]
        changed = 0

        def with_random_ids(line: LogEntry) -> dict[str, object]:
            nonlocal changed
            entry = line.values
            if "counted" not in entry:
                return entry
            salt, groups_by_id = str(entry["salt"]), object_of(entry["counted"])
            ids = {version_id(salt, version): name for version, name in replacements}
            changed += len(ids.keys() & groups_by_id.keys())
            counted = {ids.get(key, key): groups for key, groups in groups_by_id.items()}
            return {**entry, "counted": counted}

        self._log.redact(with_random_ids)
        return changed


def _to_entry(issue: Issue) -> dict[str, object]:
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


# untyped JSON: Issues.of catches entries that do not fit
def _from_entry(entry: Mapping[str, Any]) -> Issue:
    return Issue(
        form=entry["form"],
        subject=entry["subject"],
        made_at=entry["made_at"],
        as_of=entry["as_of"],
        salt=entry["salt"],
        counted={key: tuple(groups) for key, groups in entry["counted"].items()},
        limits={name: (low, high) for name, (low, high) in entry["limits"].items()},
        tables={
            name: {
                (group, choice): PublishedCell(least, most) for group, choice, least, most in cells
            }
            for name, cells in entry["tables"].items()
        },
    )
