"""A cached copy of the seminar, and stamps that show when its files have changed."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from seminarkit.core.seminar.assignments import Assignment, assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.promise_log import note_promises
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.payload import Expected

Stamps = dict[Path, tuple[int, int]]  # modification time and size by file


class SeminarReading:
    """One reading of the seminar's folder."""

    def __init__(self, folder: SeminarFolder) -> None:
        self.folder = folder
        self.stamps = stamps_in(folder)

    def load(self) -> None:
        """Read everything now; raises SeminarError for errors in the files."""
        assert self.asked is not None and self.expected is not None
        note_promises(self.folder)

    @cached_property
    def asked(self) -> dict[str, list[Assignment]]:
        """The assignments of each person, by id."""
        by_person: dict[str, list[Assignment]] = {}
        for assignment in assignments(self.folder.seminar):
            by_person.setdefault(assignment.author.id, []).append(assignment)
        return by_person

    @cached_property
    def ends(self) -> date:
        """The seminar's last day."""
        return self.folder.seminar.last_day

    def today(self) -> date:
        """Return today's date in the seminar's time zone."""
        return datetime.now(self.folder.seminar.zone).date()

    @cached_property
    def expected(self) -> Expected:
        """The forms that payloads are checked against."""
        return expected_of(self.folder)


def stamps_in(folder: SeminarFolder) -> Stamps:
    """Return the stamps of the files that determine who fills in which form."""
    return stamps_of(
        folder.root / "seminar.yml",
        *folder.decisions.log.files(),
        *folder.material("templates", "forms").glob("*.yml"),
    )


def stamps_of(*paths: Path) -> Stamps:
    """Return the stamps of those files that exist."""
    stats = {path: path.stat() for path in paths if path.exists()}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}
