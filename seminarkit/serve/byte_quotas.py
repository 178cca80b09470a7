"""How many bytes one person may have kept on the server, so that its disk stays for all."""

from __future__ import annotations

from dataclasses import dataclass, field

AN_HOUR = 20 * 2**20  # bytes: some hundred drafts of the longest form
IN_ALL = 200 * 2**20  # bytes in the log of drafts, which is made smaller at each start
_HOUR = 3600


@dataclass
class Quotas:
    """What each person has sent. Who is held back has been told that nothing is kept."""

    an_hour: int = AN_HOUR
    in_all: int = IN_ALL
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _sent: dict[str, int] = field(default_factory=dict)

    def wait(self, person: str, size: int, now: float) -> float:
        """Return how many seconds a person has to wait for so many bytes; 0, and counted, if none.

        ``now`` is a moment of the monotonic clock.
        """
        left, then = self._left.get(person, (self.an_hour, now))
        left = min(self.an_hour, left + (now - then) * self.an_hour / _HOUR)
        if left < size:
            return (size - left) * _HOUR / self.an_hour
        self._left[person] = (left - size, now)
        self._sent[person] = self._sent.get(person, 0) + size
        return 0.0

    def is_used_up(self, person: str, size: int) -> bool:
        """Say whether so many bytes more would be beyond what one person may have at all."""
        return self._sent.get(person, 0) + size > self.in_all
