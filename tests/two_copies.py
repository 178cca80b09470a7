"""Two copies of a seminar on which two people decide, and how their logs come together."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from seminarkit.core.seminar.folder import SeminarFolder


def copy_of(folder: SeminarFolder, name: str) -> SeminarFolder:
    """Return a copy of the whole folder beside it, as a second computer has it."""
    place = folder.root.with_name(name)
    shutil.copytree(folder.root, place)
    return SeminarFolder(place)


def meet(one: SeminarFolder, other: SeminarFolder) -> None:
    """Bring both copies' logs and files together: of each file the longer is the newer."""
    for source, target in ((one, other), (other, one)):
        for path in source.received.rglob("*"):
            there = target.received / path.relative_to(source.received)
            if path.is_file() and not (there.exists() and _size(there) >= _size(path)):
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, there)


def _size(path: Path) -> int:
    return path.stat().st_size


@contextmanager
def named(name: str) -> Iterator[None]:
    """Decide under a name."""
    before = os.environ.get("SEMINARKIT_NAME")
    os.environ["SEMINARKIT_NAME"] = name
    try:
        yield
    finally:
        if before is None:
            del os.environ["SEMINARKIT_NAME"]
        else:
            os.environ["SEMINARKIT_NAME"] = before


def newest_id(folder: SeminarFolder) -> str:
    """Return the id of the last line of the log."""
    return folder.decisions.everything()[-1][0].id
