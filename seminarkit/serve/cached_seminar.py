"""The seminar's folder as the server has read it once, and whether it has changed since."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from seminarkit.core.seminar.assignments import Assignment, assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.promise_log import note_promises
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.payload import Expected

Stamps = dict[Path, tuple[int, int]]  # when a file was changed, and its size


class Read:
    """The folder, read once."""

    def __init__(self, folder: SeminarFolder) -> None:
        self.folder = folder
        self.stamps = stamps_in(folder)

    def load(self) -> None:
        """Read everything now; raises SeminarError for mistakes in it."""
        assert self.asked is not None and self.expected is not None
        note_promises(self.folder)

    @cached_property
    def asked(self) -> dict[str, list[Assignment]]:
        """What each person is asked for."""
        asked: dict[str, list[Assignment]] = {}
        for each in assignments(self.folder.seminar):
            asked.setdefault(each.author.id, []).append(each)
        return asked

    @cached_property
    def ends(self) -> date:
        """The seminar's last day."""
        return self.folder.seminar.last_day

    def today(self) -> date:
        """Return the day it is where the seminar is held."""
        return datetime.now(self.folder.seminar.zone).date()

    @cached_property
    def expected(self) -> Expected:
        """What payloads are held against."""
        return expected_of(self.folder)


def stamps_in(folder: SeminarFolder) -> Stamps:
    """Return when the files were changed that decide who fills in what."""
    return stamps_of(
        folder.root / "seminar.yml",
        *folder.decisions.log.files(),
        *folder.material("templates", "forms").glob("*.yml"),
    )


def stamps_of(*paths: Path) -> Stamps:
    """Return when some files were changed, those that are there."""
    facts = {path: path.stat() for path in paths if path.exists()}
    return {path: (each.st_mtime_ns, each.st_size) for path, each in facts.items()}
