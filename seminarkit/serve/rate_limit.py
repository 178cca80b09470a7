"""Limit the rate of one person's requests (token bucket), so that the others are served."""

from __future__ import annotations

A_SECOND = 10.0
AT_ONCE = 50.0


class Rates:
    """One token bucket per person; the caller reports that a refused draft is not saved."""

    def __init__(self, a_second: float = A_SECOND, at_once: float = AT_ONCE) -> None:
        self._a_second = a_second
        self._at_once = at_once
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, person: str, now: float) -> float:
        """Return the seconds until a person may send again; if 0, count this request."""
        left, then = self._left.get(person, (self._at_once, now))
        left = min(self._at_once, left + (now - then) * self._a_second)
        if left < 1:
            return (1 - left) / self._a_second
        self._left[person] = (left - 1, now)
        return 0.0
