"""Stores the end of a log in a file beside it, so that a truncated log is detected.

A hash chain reveals lines that were changed or removed in the middle, not that the last ones are
missing. The anchor may name two ends: while a log is rewritten, either may be the true one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.files import write_whole


@dataclass(frozen=True)
class LogEnd:
    """The end of a log: its number of lines, and the hash of the last one."""

    lines: int
    chain: str


class Anchor:
    """The file beside a log that records its end."""

    def __init__(self, log: Path) -> None:
        self.path = log.with_suffix(".anchor.json")

    @property
    def exists(self) -> bool:
        """Whether the anchor exists; a log of an older version has none yet."""
        return self.path.exists()

    def note(self, *ends: LogEnd) -> None:
        """Write the possible ends of the log, and return when they are on the disk."""
        notes = [{"lines": end.lines, "chain": end.chain} for end in ends]
        write_whole(self.path, json.dumps({"format": 1, "ends": notes}) + "\n")

    def ends(self) -> list[LogEnd]:
        """Return the possible ends of the log; empty if the anchor is missing or unreadable."""
        try:
            notes = json.loads(self.path.read_bytes())["ends"]
            return [LogEnd(int(note["lines"]), str(note["chain"])) for note in notes]
        except (OSError, ValueError, KeyError, TypeError):
            return []


def reaches_end(ends: Sequence[LogEnd], chains: Sequence[str]) -> bool:
    """Say whether a log with these line hashes reaches at least one of the recorded ends."""
    return not ends or any(
        end.lines == 0 or (end.lines <= len(chains) and chains[end.lines - 1] == end.chain)
        for end in ends
    )
