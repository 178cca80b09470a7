"""How long the points of a summary take when they are read aloud, and what could go first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import known_roles
from seminarkit.core.seminar.sessions import Session
from seminarkit.topics.conclusions.points import Point
from seminarkit.topics.conclusions.statement_ids import DIFFER

PACE = 120  # words a minute, our assumption: calm reading to people whose language is another
_KEPT_LAST = ("agreed", "next", DIFFER)


@dataclass(frozen=True)
class Spoken:
    """Words and minutes of a summary, beside what the programme gives.

    ``given`` is False where the programme names no minutes and the session is shared out evenly.
    ``cut`` holds the points to leave out first until the rest fits.
    """

    words: int
    minutes: float
    allowed: float
    given: bool
    cut: tuple[Point, ...]

    @property
    def over(self) -> float:
        """Return the minutes over what is allowed, 0 where it fits."""
        return max(0.0, self.minutes - self.allowed)


def spoken(seminar: Seminar, points: Sequence[Point], session: Session | None) -> Spoken:
    """Reckon the time of points read aloud: of each the first statement, of disagreement all.

    Nothing is cut; ``cut`` says what could be: single points before shared ones, what was
    discussed before what was agreed and differed, earlier days before the last, longest first.
    """
    allowed, given = _allowed(seminar, session)
    total = sum(map(words_of, points))
    cut: list[Point] = []
    left = total
    days = {each.id: each.date for each in seminar.sessions}
    for point in sorted(points, key=lambda point: _dearness(point, days)):
        if not allowed or left <= allowed * PACE:
            break
        cut.append(point)
        left -= words_of(point)
    return Spoken(total, total / PACE, allowed, given, tuple(cut))


def words_of(point: Point) -> int:
    """Return the words that are read aloud of a point."""
    read = point.statements if point.kind == DIFFER else (point.lead,)
    return sum(len(each.text.split()) for each in read)


def _allowed(seminar: Seminar, session: Session | None) -> tuple[float, bool]:
    """Return the minutes of a session's item for the summary, and whether they are given."""
    if session is None:
        return 0.0, False
    for item in session.items:
        words = f"{item.title} {item.by or ''}".casefold()
        if any(role.name.casefold() in words for role in known_roles(seminar) if role.sums_up):
            if item.minutes:
                return float(item.minutes), True
            return session.minutes / len(session.items), False
    return float(session.minutes), True


def _dearness(point: Point, days: Mapping[str, date]) -> tuple[bool, bool, date, int]:
    last = max(days[each.session] for each in point.statements)
    return point.shared, point.kind in _KEPT_LAST, last, -words_of(point)
