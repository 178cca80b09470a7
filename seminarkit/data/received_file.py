"""One received file as a source of tables. It is read as data, and nothing in it is executed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.submission import Submission
from seminarkit.data.from_store import StoreSource
from seminarkit.data.lookup_errors import NotCollected
from seminarkit.data.one_form import FormVersion
from seminarkit.data.source import Joint, Versions
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.reader_process import reader_process


def read_received(folder: SeminarFolder, path: Path) -> StoreSource:
    """Return the forms in a file, for organisers; raises UsageError or NotCollected.

    A separate process reads the file, as in ``seminar collect``.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    with reader_process(expected_of(folder)) as reader:
        parts = reader.read(path.resolve(), path.stat().st_size)
    found = [Submission(**vars(p.reading), arrival=0, part=p.part) for p in parts if p.reading]
    if not found:
        why = " ".join(dict.fromkeys(part.problem for part in parts if part.problem))
        raise NotCollected(f"{path.name} does not contain a filled form. {why}".strip())
    return _FileSource(folder, found)


class _FileSource(StoreSource):
    """The forms in one file, instead of the store's."""

    def __init__(self, folder: SeminarFolder, versions: Sequence[Submission]) -> None:
        super().__init__(folder, "organisers")
        self._given = list(versions)

    @property
    def is_collected(self) -> bool:
        """Whether there is something to read."""
        return True

    @property
    def _counts(self) -> list[Submission]:
        return self._given

    def as_of(self) -> str:
        """Return '': only the store knows when a file arrived."""
        return ""

    def filled(self, form: str, versions: Versions, joint: Joint) -> Sequence[FormVersion]:
        """Return the submissions of a form in the file."""
        if versions != "current":
            raise UsageError("A file holds one version of a form. Leave out versions=.")
        return super().filled(form, versions, joint)
