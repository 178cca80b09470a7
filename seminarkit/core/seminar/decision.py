"""What every decision of the organisers is, in the log beside what was received."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Decision:
    """Something decided. ``at`` is UTC, ISO 8601, ``by`` a name, ``id`` the hash of its line."""

    kind: ClassVar[str]
    about: ClassVar[tuple[str, ...]] = ()  # the fields that say what it decides on
    topic: ClassVar[str] = ""  # what it decides of that, where several kinds do; else its kind
    waits: ClassVar[bool] = False  # whether two that do not know each other wait for a choice
    at: str = field(kw_only=True)
    by: str = field(default="", kw_only=True, compare=False)
    id: str = field(default="", kw_only=True, compare=False)

    @property
    def decides_on(self) -> tuple[str, ...]:
        """What it decides on: the next one takes its place. Nothing for one that stands alone."""
        if not self.about:
            return ()
        return (self.topic or self.kind, *(str(getattr(self, name)) for name in self.about))

    @property
    def takes_back(self) -> tuple[str, ...]:
        """The ids of the decisions that do not count because of this one."""
        return ()
