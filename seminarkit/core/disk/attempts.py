"""Collects failures of independent steps, so that one failure does not stop the others."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.disk_errors import disk_words, memory_words
from seminarkit.core.errors import SeminarError, StopError
from seminarkit.core.package_folder import PACKAGE


@dataclass(frozen=True)
class NotMade:
    """A page or file that could not be made; ``kept`` if its last good version is still there."""

    path: str
    reason: str
    kept: bool


class Attempts:
    """The failures so far: a sentence with the reason, by name."""

    def __init__(self) -> None:
        self.failures: dict[str, str] = {}

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Record an exception in the block under ``name``, and continue after the block.

        A StopError is raised on: a safety check uses it to stop everything.
        """
        try:
            yield
        except StopError:
            raise
        except Exception as error:  # includes MemoryError, but not Ctrl+C
            self.failures.setdefault(name, reason_of(error))

    def raise_first(self) -> None:
        """Raise SeminarError with the first failure, if there was one."""
        for name, reason in self.failures.items():
            raise SeminarError(f"{name} could not be made. {reason}")


def reason_of(error: Exception) -> str:
    """Return a sentence on why something could not be made, and what to do."""
    if isinstance(error, SeminarError):
        return str(error)
    if isinstance(error, OSError):
        return disk_words(error, named=False)
    if isinstance(error, MemoryError):
        return memory_words()
    text = " ".join(str(error).split())
    return (
        f"{type(error).__name__}: {text[:300]}{_place(error)}. This is an error in the kit, or in "
        "one of your own files that it used: please report this line."
    )


def _place(error: Exception) -> str:
    """Return the innermost file and line of the kit in a traceback, in brackets."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    if not ours:
        return ""
    last = ours[-1]
    return f" ({Path(last.filename).relative_to(PACKAGE).as_posix()}, line {last.lineno})"


def dossier_name(audience: str, subject: str) -> str:
    """Return the name of a dossier in the report of failures."""
    return f"dossiers/{audience}/{subject}.json"
