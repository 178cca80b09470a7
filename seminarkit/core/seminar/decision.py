"""The base class of the decisions that organisers make and the store records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Decision:
    """A decision of an organiser.

    ``at`` is the time (UTC, ISO 8601), ``by`` the organiser's name, ``id`` the hash of the log
    line.
    """

    kind: ClassVar[str]
    about: ClassVar[tuple[str, ...]] = ()  # the fields that identify its subject
    topic: ClassVar[str] = ""  # shared by kinds that replace each other; default: the kind
    waits: ClassVar[bool] = False  # whether neither of two in conflict counts before a choice
    at: str = field(kw_only=True)
    by: str = field(default="", kw_only=True, compare=False)
    id: str = field(default="", kw_only=True, compare=False)

    @property
    def decides_on(self) -> tuple[str, ...]:
        """The subject of the decision. A later decision on it replaces this decision."""
        if not self.about:
            return ()
        return (self.topic or self.kind, *(str(getattr(self, name)) for name in self.about))

    @property
    def revokes(self) -> tuple[str, ...]:
        """The ids of the decisions that this decision revokes."""
        return ()
