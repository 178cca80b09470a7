"""List the folders that the kit writes to, and delete unfinished files there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.files import sweep
from seminarkit.core.seminar.folder import SeminarFolder

MATERIALS = ("templates", "notebooks", "readings", "case_studies")  # the kit has them too


@dataclass(frozen=True)
class WrittenFolder:
    """A folder that the kit writes to. ``shared`` is true if people also save files there."""

    folder: Path
    below: bool = True
    shared: bool = False


def written_places(folder: SeminarFolder) -> Iterator[WrittenFolder]:
    """Yield every folder that a command writes to."""
    for generated in (folder.dossiers, folder.pages.parent, folder.packs):
        yield WrittenFolder(generated)
    yield WrittenFolder(folder.received, below=False)
    files = folder.received / "files"
    yield WrittenFolder(files, below=False)  # they arrive here, and get a folder with their names
    for inner in sorted(folder.received.glob("*/")):
        if inner != files:
            yield WrittenFolder(inner)  # logs of each writer, drafts, issues
    yield WrittenFolder(folder.root, below=False, shared=True)
    for material in (folder.inbox, *(folder.root / name for name in MATERIALS)):
        yield WrittenFolder(material, shared=True)  # 'seminar forget' takes a person out of it


def sweep_seminar(folder: SeminarFolder) -> None:
    """Delete unfinished files of interrupted commands, but no files in use."""
    for place in written_places(folder):
        sweep(place.folder, below=place.below, older=not place.shared)
