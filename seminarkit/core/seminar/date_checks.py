"""Find implausible dates, such as a wrong year or a deadline that is too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.seminar.timetable_checks import CheckFinding

_MAX_GAP = timedelta(days=60)  # between two days of a seminar
_MAX_LEAD = timedelta(days=300)  # from a deadline to the first day


def check_dates(seminar: Seminar) -> Iterator[CheckFinding]:
    """Yield a finding for each date far from the other dates, and for each implausible deadline."""
    days = sorted({session.date for session in seminar.sessions})
    for earlier, later in pairwise(days):
        if later - earlier > _MAX_GAP:
            words = f"There are {(later - earlier).days} days between {day_words(earlier)} and"
            yield CheckFinding("date", "sessions", f"{words} {day_words(later)}. Is a date wrong?")
    for task in seminar.tasks:
        if words := "".join(_deadline_problem(seminar, task)):
            yield CheckFinding("date", task.form, words)


def _deadline_problem(seminar: Seminar, task: Task) -> Iterator[str]:
    first = min(session.date for session in seminar.sessions)
    due = f"It is due on {day_words(task.due.date())}"
    uses = [session for session in seminar.sessions if _makes_groups_from(session, task)]
    if task.sessions:
        starts = [_start(s) for s in seminar.sessions if s.id in task.sessions]
        if starts and task.due < max(starts):
            yield f"{due}, but the discussion groups that it is about meet later."
    elif first - task.due.date() > _MAX_LEAD:
        yield f"{due}, {(first - task.due.date()).days} days before the seminar. Is the year right?"
    elif uses and task.due > min(map(_start, uses)):
        session = min(uses, key=_start)
        yield f"{due}, but “{session.title}” starts earlier and needs it to form groups."
    elif task.owed and task.due.date() > seminar.last_day:
        yield f"{due}, after the end of the seminar ({day_words(seminar.last_day)})."


def _makes_groups_from(session: Session, task: Task) -> bool:
    answers = session.seats.answers if session.seats else []
    return any(answer.partition(".")[0] == task.form for answer in answers)


def _start(session: Session) -> datetime:
    return datetime.combine(session.date, session.start)
