"""Describe the author, computer and time of a log line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.logs.last_seen import LOGS
from seminarkit.core.logs.line_order import PARTED
from seminarkit.core.logs.writers import known_writer
from seminarkit.core.seminar.clock import moment_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.shown_names import shown_name

OLDER_KIT = "an older version of the kit"  # which recorded no name


@dataclass(frozen=True)
class LogAuthor:
    """The author and the computer of a log line. An unknown value is empty."""

    by: str
    host: str

    @property
    def words(self) -> str:
        """The author and the computer, safe to print: 'Ana Petrova, on laptop-3'."""
        if not (self.by or self.host):
            return OLDER_KIT
        who = shown_name(self.by) or "somebody"
        return f"{who}, on {shown_name(self.host)}" if self.host else who


def maker(received: Path, writer: str, by: object) -> LogAuthor:
    """Return the author of a log line: ``writer`` is the id of the log, ``by`` the name in it."""
    if not writer:  # the first writer's log is by older versions
        return LogAuthor("", "")
    author = known_writer(received / LOGS / writer)
    if not author.host:  # a log split from another has no note of its own
        author = known_writer(received / LOGS / writer.partition(PARTED)[0])
    return LogAuthor(str(by or author.by or f"writer {writer}"), author.host)


def when(seminar: Seminar, at: object) -> str:
    """Return a log time in the seminar's time zone. Other text is returned unchanged."""
    try:
        return moment_words(seminar, str(at))
    except (ValueError, OverflowError):
        return shown_name(str(at))
