"""Write times in words, in the time zones of the seminar and of the countries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.sessions import Session


def now() -> str:
    """Return the current time in UTC as ISO 8601 text, for log lines."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_words(day: date, *, weekday: bool = False) -> str:
    """Return a date in words: '20 November 2020', or 'Friday 20 November 2020'."""
    return f"{day:%A} {day.day} {day:%B %Y}" if weekday else f"{day.day} {day:%B %Y}"


def days_words(days: Collection[date]) -> str:
    """Return a range of dates in words. A repeated month or year is written only once.

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
    """Return a UTC time in the seminar's time zone, such as '2020-11-26 13:52'."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(seminar.zone):%Y-%m-%d %H:%M}"


def day_of(seminar: Seminar, at: str) -> date:
    """Return the date of a UTC time (ISO 8601) in the seminar's time zone."""
    return datetime.fromisoformat(at).astimezone(seminar.zone).date()


def duration(minutes: int) -> str:
    """Return a number of minutes in words: '50 min', '1 h', '2 h 15 min'."""
    hours, rest = divmod(minutes, 60)
    return " ".join(words for n, words in ((hours, f"{hours} h"), (rest, f"{rest} min")) if n)


def city(zone: str) -> str:
    """Return the city in the name of a time zone: 'Tbilisi' for Asia/Tbilisi."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def local(seminar: Seminar, day: date, clock: time, country: str) -> datetime:
    """Return a date and time of the programme in the time zone of a country."""
    moment = datetime.combine(day, clock, seminar.zone)
    return moment.astimezone(ZoneInfo(seminar.countries[country].time_zone))


def local_hours(seminar: Seminar, session: Session, country: str) -> str:
    """Return the hours of a session in a country's time zone, with the date if it differs."""
    start = local(seminar, session.date, session.start, country)
    end = local(seminar, session.date, session.end, country)
    hours = f"{start:%H:%M}–{end:%H:%M}"
    return hours if start.date() == session.date else f"{hours} ({day_words(start.date())})"


def session_words(seminar: Seminar, session: Session, country: str) -> str:
    """Return the time of a session in the seminar's time zone, and in that of a country."""
    home = city(seminar.time_zone)
    day, hours = day_words(session.date, weekday=True), f"{session.start:%H:%M}–{session.end:%H:%M}"
    own = local_hours(seminar, session, country) if country else hours
    if own == hours:
        return f"{day}, {hours} in {home}"
    return f"{day}, {own} in {city(seminar.countries[country].time_zone)} ({hours} in {home})"


def deadline_words(seminar: Seminar, task: Task, country: str) -> str:
    """Return the deadline of a task in the time zones of the seminar and of the country."""
    due = seminar.deadline(task, country) - timedelta(minutes=1)
    zone = seminar.countries[country].time_zone if country else seminar.time_zone
    local_due = due.astimezone(ZoneInfo(zone))
    words = f"{day_words(due.date(), weekday=True)}, {due:%H:%M} in {city(seminar.time_zone)}"
    if local_due.utcoffset() == due.utcoffset():
        return words
    day = "" if local_due.date() == due.date() else f"{day_words(local_due.date(), weekday=True)}, "
    return f"{words} ({day}{local_due:%H:%M} in {city(zone)})"
