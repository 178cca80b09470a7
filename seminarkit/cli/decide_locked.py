"""Locks the seminar from reading it to writing a decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.lock import writing


@contextmanager
def deciding(folder: SeminarFolder, dry_run: bool = False) -> Iterator[SeminarFolder]:
    """Hold the lock, and yield the seminar as read under it; raises BusyError.

    What was read before another run let go of the lock may not hold any more. It is for what takes
    a second or two, as the server of forms waits meanwhile; a plan of groups takes longer, see
    ``group_keeping``. A ``dry_run`` decides nothing, so it holds nothing.
    """
    if dry_run:
        yield folder
        return
    with writing(folder.lock):
        yield SeminarFolder(folder.root)
