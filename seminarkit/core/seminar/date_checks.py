"""Finds days that can be, and are hardly meant: a year that is off, a deadline after its use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.seminar.timetable_checks import Finding

_APART = timedelta(days=60)  # between two days of one seminar
_AHEAD = timedelta(days=300)  # of a deadline before the first day


def check_dates(seminar: Seminar) -> Iterator[Finding]:
    """Yield a finding for each day that is far from the others, and each deadline too late."""
    days = sorted({session.date for session in seminar.sessions})
    for earlier, later in pairwise(days):
        if later - earlier > _APART:
            words = f"{(later - earlier).days} days lie between {day_words(earlier)} and"
            yield Finding("date", "sessions", f"{words} {day_words(later)}. Is a date wrong?")
    for task in seminar.tasks:
        if words := "".join(_deadline(seminar, task)):
            yield Finding("date", task.form, words)


def _deadline(seminar: Seminar, task: Task) -> Iterator[str]:
    """Yield at most one sentence on when a task is due."""
    first = min(session.date for session in seminar.sessions)
    due = f"It is due on {day_words(task.due.date())}"
    uses = [session for session in seminar.sessions if _needs(session, task)]
    if task.sessions:
        begins = [_begin(s) for s in seminar.sessions if s.id in task.sessions]
        if begins and task.due < max(begins):
            yield f"{due}, before the groups that it is about have met."
    elif first - task.due.date() > _AHEAD:
        yield f"{due}, {(first - task.due.date()).days} days before the seminar. Is the year right?"
    elif uses and task.due > min(map(_begin, uses)):
        session = min(uses, key=_begin)
        yield f"{due}, after “{session.title}”, whose groups are made from it, has begun."
    elif task.owed and task.due.date() > seminar.last_day:
        yield f"{due}, after the seminar has ended ({day_words(seminar.last_day)})."


def _needs(session: Session, task: Task) -> bool:
    """Say whether a session's groups are made from the answers to a task's form."""
    answers = session.seats.answers if session.seats else []
    return any(answer.partition(".")[0] == task.form for answer in answers)


def _begin(session: Session) -> datetime:
    return datetime.combine(session.date, session.start)
