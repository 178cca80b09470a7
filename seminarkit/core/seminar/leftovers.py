"""Where the kit writes in a seminar's folder, and how what killed runs left there is removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.files import sweep
from seminarkit.core.seminar.folder import SeminarFolder

MATERIALS = ("templates", "notebooks", "readings", "case_studies")  # which the kit has, too


@dataclass(frozen=True)
class Place:
    """A folder that the kit writes to; ``shared`` where people put files of their own."""

    folder: Path
    below: bool = True
    shared: bool = False


def written_places(folder: SeminarFolder) -> Iterator[Place]:
    """Yield every folder of a seminar that any command writes to."""
    for own in (folder.dossiers, folder.pages.parent, folder.packs):
        yield Place(own)
    yield Place(folder.received, below=False)
    yield Place(folder.received / "files", below=False)
    yield Place(folder.root, below=False, shared=True)
    for filled in (folder.inbox, *(folder.root / name for name in MATERIALS)):
        yield Place(filled, shared=True)  # 'seminar forget' takes a person out of it


def sweep_seminar(folder: SeminarFolder) -> None:
    """Remove what killed runs have left half written; files that are being written stay.

    In folders that people fill, only what is surely the kit's own goes.
    """
    for place in written_places(folder):
        sweep(place.folder, below=place.below, older=not place.shared)
