"""List the steps of a session, with times if the programme contains them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from seminarkit.core.seminar.sessions import Session


@dataclass(frozen=True)
class Step:
    """A step with its start and the minutes left in the session, if known."""

    title: str
    clock: datetime | None = None
    minutes: int | None = None
    left: int | None = None
    by: str = ""


def steps(session: Session) -> list[Step]:
    """Return the steps of a session. By default, a step starts at the end of the previous step."""
    end = datetime.combine(session.date, session.end)
    start: datetime | None = datetime.combine(session.date, session.start)
    timed_steps = []
    for item in session.items:
        if item.start:
            start = datetime.combine(session.date, item.start)
        left = int((end - start).total_seconds() // 60) if start else None
        timed_steps.append(Step(item.title, start, item.minutes, left, item.by or ""))
        start = start + timedelta(minutes=item.minutes) if start and item.minutes else None
    return timed_steps
