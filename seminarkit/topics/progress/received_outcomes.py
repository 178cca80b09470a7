"""What each received file turned out to be, so that it can be looked for by person or form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import DamagedIndexError, OutdatedIndexError
from seminarkit.core.store.read_store import outcomes, version_list
from seminarkit.core.store.received_files import Arrival, Received
from seminarkit.core.store.submission import Submission


@dataclass(frozen=True)
class Came:
    """A file that came. ``versions`` are the forms that were read in it, if any were."""

    arrival: Arrival
    versions: tuple[Submission, ...]

    @property
    def about(self) -> set[str]:
        """The people, countries, forms, subjects, receipts and file names by which it is found."""
        words = {self.arrival.name, PurePosixPath(self.arrival.name).name, self.arrival.sha256}
        for each in self.versions:
            words |= {each.person, each.country, each.form, each.subject, each.receipt}
        return words - {""}


def came(folder: SeminarFolder) -> list[Came]:
    """Return every file that came, in order; forms of those that the index knows.

    An index that has to be made again tells of none.
    """
    by_file: dict[str, list[Submission]] = {}
    try:
        files = {arrival.number: arrival.sha256 for arrival, _ in outcomes(folder.database)}
        for each in version_list(folder.database):
            by_file.setdefault(files.get(each.arrival, ""), []).append(each)
    except (OutdatedIndexError, DamagedIndexError):
        by_file = {}
    return [
        Came(arrival, tuple(by_file.get(arrival.sha256, ())))
        for arrival in Received(folder.received).arrivals()
    ]
