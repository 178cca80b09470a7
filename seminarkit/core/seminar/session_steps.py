"""The steps of a session, each with its time as far as the programme tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from seminarkit.core.seminar.sessions import Session


@dataclass(frozen=True)
class Step:
    """One step: when it begins and how many minutes are left then, where that is known."""

    title: str
    clock: datetime | None = None
    minutes: int | None = None
    left: int | None = None
    by: str = ""


def steps(session: Session) -> list[Step]:
    """Return the steps of a session: they begin at their own time, or where the one before ends."""
    end = datetime.combine(session.date, session.end)
    clock: datetime | None = datetime.combine(session.date, session.start)
    found = []
    for item in session.items:
        if item.start:
            clock = datetime.combine(session.date, item.start)
        left = int((end - clock).total_seconds() // 60) if clock else None
        found.append(Step(item.title, clock, item.minutes, left, item.by or ""))
        clock = clock + timedelta(minutes=item.minutes) if clock and item.minutes else None
    return found
