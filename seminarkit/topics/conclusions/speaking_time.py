"""Estimates the time to read a summary aloud, and suggests points to leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import known_roles
from seminarkit.core.seminar.sessions import Session
from seminarkit.topics.conclusions.points import Point
from seminarkit.topics.conclusions.statement_ids import DIFFER

PACE = 120  # words per minute, our assumption: calm reading to non-native speakers
_CUT_LAST = ("agreed", "next", DIFFER)


@dataclass(frozen=True)
class SpeakingTime:
    """Words and minutes of a summary, and the minutes allowed.

    ``given`` is False if the programme states no minutes, so that the session is divided evenly.
    ``cut`` lists the points to leave out, in order, until the remaining ones fit.
    """

    words: int
    minutes: float
    allowed: float
    given: bool
    cut: tuple[Point, ...]

    @property
    def over(self) -> float:
        """Return the minutes in excess of those allowed, 0 if the summary fits."""
        return max(0.0, self.minutes - self.allowed)


def speaking_time(
    seminar: Seminar, points: Sequence[Point], session: Session | None
) -> SpeakingTime:
    """Estimate the time to read points aloud: their leading statement, or all of a disagreement.

    Nothing is cut automatically. ``cut`` suggests points in this order: single before shared, those
    discussed before those agreed or disagreed, earlier days before later ones, longest first.
    """
    allowed, given = _allowed(seminar, session)
    total = sum(map(word_count, points))
    cut: list[Point] = []
    remaining = total
    days = {scheduled.id: scheduled.date for scheduled in seminar.sessions}
    for point in sorted(points, key=lambda point: _priority(point, days)):
        if not allowed or remaining <= allowed * PACE:
            break
        cut.append(point)
        remaining -= word_count(point)
    return SpeakingTime(total, total / PACE, allowed, given, tuple(cut))


def word_count(point: Point) -> int:
    """Return the number of words read aloud for a point."""
    aloud = point.statements if point.kind == DIFFER else (point.lead,)
    return sum(len(statement.text.split()) for statement in aloud)


def _allowed(seminar: Seminar, session: Session | None) -> tuple[float, bool]:
    """Return the minutes for the summary, and whether the programme states them."""
    if session is None:
        return 0.0, False
    for item in session.items:
        words = f"{item.title} {item.by or ''}".casefold()
        if any(role.name.casefold() in words for role in known_roles(seminar) if role.sums_up):
            if item.minutes:
                return float(item.minutes), True
            return session.minutes / len(session.items), False
    return float(session.minutes), True


def _priority(point: Point, days: Mapping[str, date]) -> tuple[bool, bool, date, int]:
    last = max(days[statement.session] for statement in point.statements)
    return point.shared, point.kind in _CUT_LAST, last, -word_count(point)
