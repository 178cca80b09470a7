"""The base class of the organisers' decisions, which are logged in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Decision:
    """One decision. ``at`` is UTC, ISO 8601, ``by`` a name, ``id`` the hash of its log line."""

    kind: ClassVar[str]
    about: ClassVar[tuple[str, ...]] = ()  # the fields that identify its subject
    topic: ClassVar[str] = ""  # shared by kinds that replace each other; default: the kind
    waits: ClassVar[bool] = False  # whether neither of two in conflict counts before a choice
    at: str = field(kw_only=True)
    by: str = field(default="", kw_only=True, compare=False)
    id: str = field(default="", kw_only=True, compare=False)

    @property
    def decides_on(self) -> tuple[str, ...]:
        """Its subject: a later decision on it replaces this one. Empty if none can."""
        if not self.about:
            return ()
        return (self.topic or self.kind, *(str(getattr(self, name)) for name in self.about))

    @property
    def revokes(self) -> tuple[str, ...]:
        """The ids of the decisions that this one revokes."""
        return ()
