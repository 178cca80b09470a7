"""Makes things one by one: one that fails is noted with the reason, and stops no other."""

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
    """A page or file that could not be made or written, and whether its last good one stays."""

    path: str
    reason: str
    kept: bool


class Attempts:
    """What was tried and failed so far: its name, and a sentence with the reason."""

    def __init__(self) -> None:
        self.failures: dict[str, str] = {}

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Try to make something; whatever goes wrong is noted under ``name``, and all goes on.

        A StopError goes through: it is a wall's.
        """
        try:
            yield
        except StopError:
            raise
        except Exception as error:  # MemoryError is one, Ctrl+C is none
            self.failures.setdefault(name, reason_of(error))

    def raise_first(self) -> None:
        """Raise SeminarError where something failed, once all else is done."""
        for name, reason in self.failures.items():
            raise SeminarError(f"{name} could not be made. {reason}")


def reason_of(error: Exception) -> str:
    """Return in a sentence why something could not be made, and what to do."""
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
    """Return in which file of the kit it happened last."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if Path(each.filename).is_relative_to(PACKAGE)]
    if not ours:
        return ""
    last = ours[-1]
    return f" ({Path(last.filename).relative_to(PACKAGE).as_posix()}, line {last.lineno})"


def dossier_name(audience: str, subject: str) -> str:
    """Return how a dossier is named where it could not be made."""
    return f"dossiers/{audience}/{subject}.json"
