"""Times in words: the seminar's own, and what a country's clocks show at that moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.sessions import Session


def now() -> str:
    """Return this moment as logs note it: UTC, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_words(day: date, *, weekday: bool = False) -> str:
    """Return a date as people say it: '20 November 2020', or 'Friday 20 November 2020'."""
    return f"{day:%A} {day.day} {day:%B %Y}" if weekday else f"{day.day} {day:%B %Y}"


def days_words(days: Collection[date]) -> str:
    """Return the range of some days in words: one day by itself, and no part of a date twice.

    >>> days_words([date(2025, 3, 26), date(2025, 4, 2)])
    '26 March – 2 April 2025'
    """
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return day_words(last)
    if first.year != last.year:
        return f"{day_words(first)} – {day_words(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%B} – {day_words(last)}"
    return f"{first.day}–{day_words(last)}"


def moment_words(seminar: Seminar, at: str) -> str:
    """Return a moment of a log (UTC, ISO 8601) as the seminar's clocks show it, or nothing.

    Such as '2020-11-26 13:52'. It sorts as a text, and stands in tables, pages and messages.
    """
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(seminar.zone):%Y-%m-%d %H:%M}"


def day_of(seminar: Seminar, at: str) -> date:
    """Return the day of a moment (UTC, ISO 8601) by the seminar's clocks."""
    return datetime.fromisoformat(at).astimezone(seminar.zone).date()


def duration(minutes: int) -> str:
    """Return minutes in words: '50 min', '1 h', '2 h 15 min'."""
    hours, rest = divmod(minutes, 60)
    return " ".join(words for n, words in ((hours, f"{hours} h"), (rest, f"{rest} min")) if n)


def city(zone: str) -> str:
    """Return the name a time zone is known by: 'Tbilisi' for Asia/Tbilisi."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def local(seminar: Seminar, day: date, clock: time, country: str) -> datetime:
    """Return a moment of the programme as the clocks of a country show it."""
    moment = datetime.combine(day, clock, seminar.zone)
    return moment.astimezone(ZoneInfo(seminar.countries[country].time_zone))


def local_hours(seminar: Seminar, session: Session, country: str) -> str:
    """Return a session's local hours: '12:00–12:45', with the day where it is another one there."""
    start = local(seminar, session.date, session.start, country)
    end = local(seminar, session.date, session.end, country)
    hours = f"{start:%H:%M}–{end:%H:%M}"
    return hours if start.date() == session.date else f"{hours} ({day_words(start.date())})"


def session_words(seminar: Seminar, session: Session, country: str) -> str:
    """Return when a session is, in both clocks; ``country`` is empty for the seminar's own."""
    here = city(seminar.time_zone)
    day, hours = day_words(session.date, weekday=True), f"{session.start:%H:%M}–{session.end:%H:%M}"
    own = local_hours(seminar, session, country) if country else hours
    if own == hours:
        return f"{day}, {hours} in {here}"
    return f"{day}, {own} in {city(seminar.countries[country].time_zone)} ({hours} in {here})"


def deadline_words(seminar: Seminar, task: Task, country: str) -> str:
    """Return a task's deadline in both clocks, so that nobody has to reckon.

    ``country`` is empty for people of the seminar itself, who go by its own clock.
    """
    due = seminar.deadline(task, country) - timedelta(minutes=1)
    zone = seminar.countries[country].time_zone if country else seminar.time_zone
    there = due.astimezone(ZoneInfo(zone))
    words = f"{day_words(due.date(), weekday=True)}, {due:%H:%M} in {city(seminar.time_zone)}"
    if there.utcoffset() == due.utcoffset():
        return words
    day = "" if there.date() == due.date() else f"{day_words(there.date(), weekday=True)}, "
    return f"{words} ({day}{there:%H:%M} in {city(zone)})"
