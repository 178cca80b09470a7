"""What every decision of the organisers is, in the log beside what was received."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Decision:
    """Something decided. ``at`` is UTC, ISO 8601."""

    kind: ClassVar[str]
    at: str = field(kw_only=True)
