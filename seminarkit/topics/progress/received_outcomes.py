"""The outcome of each received file, so that it can be found by person or form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import DamagedIndexError, OutdatedIndexError
from seminarkit.core.store.read_store import outcomes, version_list
from seminarkit.core.store.received_files import Arrival, ReceivedFiles
from seminarkit.core.store.submission import Submission


@dataclass(frozen=True)
class FileOutcome:
    """A received file with the versions of forms that were read from it."""

    arrival: Arrival
    versions: tuple[Submission, ...]

    @property
    def about(self) -> set[str]:
        """The search terms: people, countries, forms, subjects, receipts and file names."""
        words = {self.arrival.name, PurePosixPath(self.arrival.name).name, self.arrival.sha256}
        for version in self.versions:
            words |= {
                version.person,
                version.country,
                version.form,
                version.subject,
                version.receipt,
            }
        return words - {""}


def came(folder: SeminarFolder) -> list[FileOutcome]:
    """Return every received file in order of arrival, with its versions from the index.

    If the index must be rebuilt, there are no versions.
    """
    by_file: dict[str, list[Submission]] = {}
    try:
        files = {arrival.number: arrival.sha256 for arrival, _ in outcomes(folder.database)}
        for version in version_list(folder.database):
            by_file.setdefault(files.get(version.arrival, ""), []).append(version)
    except (OutdatedIndexError, DamagedIndexError):
        by_file = {}
    return [
        FileOutcome(arrival, tuple(by_file.get(arrival.sha256, ())))
        for arrival in ReceivedFiles(folder.received).arrivals()
    ]
