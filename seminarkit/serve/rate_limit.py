"""Holds back one person's browser that sends too much, so that the others are served."""

from __future__ import annotations

A_SECOND = 10.0
AT_ONCE = 50.0


class Rates:
    """How much each person may send just now. Who is held back has been told nothing is kept."""

    def __init__(self, a_second: float = A_SECOND, at_once: float = AT_ONCE) -> None:
        self._a_second = a_second
        self._at_once = at_once
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, person: str, now: float) -> float:
        """Return how many seconds a person has to wait; 0, and counted, when they may go on."""
        left, then = self._left.get(person, (self._at_once, now))
        left = min(self._at_once, left + (now - then) * self._a_second)
        if left < 1:
            return (1 - left) / self._a_second
        self._left[person] = (left - 1, now)
        return 0.0
