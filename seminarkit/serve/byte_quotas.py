"""Quotas of bytes per person, so that nobody fills the server's disk."""

from __future__ import annotations

from dataclasses import dataclass, field

AN_HOUR = 20 * 2**20  # bytes: about a hundred drafts of the longest form
IN_ALL = 200 * 2**20  # bytes in the log of drafts, which is compacted at each start
_HOUR = 3600


@dataclass
class Quotas:
    """The bytes that each person has sent; the caller reports that a refused draft is not saved."""

    an_hour: int = AN_HOUR
    in_all: int = IN_ALL
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _sent: dict[str, int] = field(default_factory=dict)

    def wait(self, person: str, size: int, now: float) -> float:
        """Return the seconds until a person may send ``size`` bytes; if 0, count the bytes as sent.

        ``now`` is the time of the monotonic clock.
        """
        left, then = self._left.get(person, (self.an_hour, now))
        left = min(self.an_hour, left + (now - then) * self.an_hour / _HOUR)
        if left < size:
            return (size - left) * _HOUR / self.an_hour
        self._left[person] = (left - size, now)
        self._sent[person] = self._sent.get(person, 0) + size
        return 0.0

    def is_used_up(self, person: str, size: int) -> bool:
        """Say whether ``size`` more bytes would exceed a person's total quota."""
        return self._sent.get(person, 0) + size > self.in_all
