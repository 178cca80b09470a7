"""Who wrote a line of a log, when and where, in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.logs.last_seen import LOGS
from seminarkit.core.logs.line_order import PARTED
from seminarkit.core.logs.writers import known_writer
from seminarkit.core.seminar.clock import moment_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.shown_names import shown_name

OLDER = "an older version of the kit"  # which noted no name


@dataclass(frozen=True)
class Maker:
    """Who wrote something: the name, and the computer; each may be unknown, and empty."""

    by: str
    host: str

    @property
    def words(self) -> str:
        """The maker in words, safe to print: 'Ana Petrova, on laptop-3'."""
        if not (self.by or self.host):
            return OLDER
        who = shown_name(self.by) or "somebody"
        return f"{who}, on {shown_name(self.host)}" if self.host else who


def maker(received: Path, writer: str, by: object) -> Maker:
    """Return who wrote a line: ``writer`` is the id of the log, ``by`` the name in the line.

    ``received`` is the folder with all logs.
    """
    if not writer:  # the first writer's log is what older versions wrote
        return Maker("", "")
    told = known_writer(received / LOGS / writer)
    if not told.host:  # a log that was parted from another has no note of its own
        told = known_writer(received / LOGS / writer.partition(PARTED)[0])
    return Maker(str(by or told.by or f"writer {writer}"), told.host)


def when(seminar: Seminar, at: object) -> str:
    """Return a moment of a log by the seminar's clocks; as it was written if it is no moment."""
    try:
        return moment_words(seminar, str(at))
    except (ValueError, OverflowError):
        return shown_name(str(at))
