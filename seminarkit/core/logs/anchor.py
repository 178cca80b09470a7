"""Notes beside a log how far it goes, so that whole lines cut off at its end are missed.

The chain of hashes shows what was changed or taken out between two lines, not that the last ones
are gone. The note may name two ends: while a log is written anew, either may be the true one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.files import write_whole


@dataclass(frozen=True)
class End:
    """Where a log ended: how many lines it had, and the hash of the last."""

    lines: int
    chain: str


class Anchor:
    """The note beside one log."""

    def __init__(self, log: Path) -> None:
        self.path = log.with_suffix(".anchor.json")

    @property
    def exists(self) -> bool:
        """Say whether there is a note; a log of an older version has none yet."""
        return self.path.exists()

    def note(self, *ends: End) -> None:
        """Write down where the log ends, and return when that is on the disk."""
        notes = [{"lines": end.lines, "chain": end.chain} for end in ends]
        write_whole(self.path, json.dumps({"format": 1, "ends": notes}) + "\n")

    def ends(self) -> list[End]:
        """Return where the log may end; none where there is no note, or none that can be read."""
        try:
            notes = json.loads(self.path.read_bytes())["ends"]
            return [End(int(note["lines"]), str(note["chain"])) for note in notes]
        except (OSError, ValueError, KeyError, TypeError):
            return []


def is_reached(ends: Sequence[End], chains: Sequence[str]) -> bool:
    """Say whether a log with these hashes, line by line, goes at least as far as was noted."""
    return not ends or any(
        end.lines == 0 or (end.lines <= len(chains) and chains[end.lines - 1] == end.chain)
        for end in ends
    )
