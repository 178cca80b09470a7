"""The programme page for one audience, with times in the seminar's and in other time zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.clock import city, day_words, duration, local, local_hours
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.page_templates import Frame, render
from seminarkit.core.seminar.read_seminar import day
from seminarkit.core.seminar.roles import role_of
from seminarkit.core.seminar.session_kinds import kind_of
from seminarkit.core.seminar.sessions import Part, Session
from seminarkit.core.submissions.audience import may_come


@dataclass(frozen=True)
class Duty:
    """A role in a session with its people, as (name, is open) pairs."""

    role: str
    people: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Clock:
    """Countries with the same local times in all sessions, and the heading of their column."""

    head: str
    countries: Sequence[str]
    hours: Sequence[str]


@dataclass(frozen=True)
class ClosedHours:
    """The time of a closed session, without anything else about it."""

    date: date
    start: time
    end: time
    kind: str = "closed"
    block: None = None


def programme_page(folder: SeminarFolder, audience: Audience, site: Frame) -> str:
    """Return the programme for one audience.

    Sessions that it may not attend appear with their time only, so that the day has no gaps.
    """
    seminar = folder.seminar
    sessions = [s for s in seminar.sessions if may_come(s, audience)]
    closed = [_closed_hours(seminar, s) for s in seminar.sessions if s not in sessions]
    shown = sorted([*sessions, *closed], key=lambda s: (s.date, s.start))
    days = {
        f"Day {day(seminar, date)}: {day_words(date, weekday=True)}": list(sessions_of_day)
        for date, sessions_of_day in groupby(shown, key=lambda s: s.date)
    }
    readings = {
        place: [r for r in folder.readings.values() if r.core and place in r.sessions]
        for place in (s.id for s in sessions)
    }
    clock_list = clocks(seminar, sessions)
    return render(
        folder,
        "programme.html.j2",
        seminar=seminar,
        zone=city(seminar.time_zone),
        days=days,
        duties=lambda parts: duties(seminar, parts),
        is_pause=lambda session: kind_of(seminar, session).pause,
        clocks=clock_list,
        hours=_hours(seminar, sessions, clock_list),
        cases=folder.cases,
        readings={place: reading_list for place, reading_list in readings.items() if reading_list},
        duration=duration,
        footnotes=seminar.footnote_lines(),
        site=site,
    )


def _closed_hours(seminar: Seminar, session: Session) -> Session | ClosedHours:
    if kind_of(seminar, session).pause:
        return session
    return ClosedHours(session.date, session.start, session.end)


def _hours(
    seminar: Seminar, sessions: Sequence[Session], clock_list: Sequence[Clock]
) -> dict[str, list[dict[str, str | list[str]]]]:
    """Return one row per session, by day: its time, and the local times in all other time zones."""
    others = [clock for clock in clock_list if clock.head != city(seminar.time_zone)]
    days: dict[str, list[dict[str, str | list[str]]]] = {}
    for i, session in enumerate(sessions):
        row: dict[str, str | list[str]] = {
            "title": session.title,
            "hours": f"{session.start:%H:%M}–{session.end:%H:%M}",
            "others": [clock.hours[i] for clock in others],
        }
        days.setdefault(day_words(session.date, weekday=True), []).append(row)
    return days


def duties(seminar: Seminar, parts: Sequence[Part]) -> list[Duty]:
    """Return the roles with their people, in programme order."""
    roles = list(dict.fromkeys(part.role for part in parts))
    duty_list = []
    for role in roles:
        people = [_person(seminar, part) for part in parts if part.role == role]
        is_plural = len(people) > 1 or any(p.count > 1 for p in parts if p.role == role)
        name = role_of(seminar, role).plural if is_plural else role
        duty_list.append(Duty(name[0].upper() + name[1:], people))
    return duty_list


def _person(seminar: Seminar, part: Part) -> tuple[str, bool]:
    """Return a part's person in words, and whether the part is still open."""
    if part.person:
        person = seminar.people[part.person]
        words = ", ".join(filter(None, [person.name, person.affiliation or part.affiliation]))
    else:
        words = part.affiliation or ""
    if part.count > 1:
        words = f"{part.count} {words or 'people'}"
    if part.topic:
        words += f" – {part.topic}"
    return words, part.person is None or part.status != "confirmed"


def clocks(seminar: Seminar, sessions: Sequence[Session]) -> list[Clock]:
    """Return the countries grouped by their local times, by offset from the seminar's own.

    All dates count: two countries may have the same time on one day of the seminar and differ on
    another.
    """
    if not sessions:
        return []
    groups: dict[tuple[str, ...], list[str]] = {}
    for code in seminar.countries:
        hours = tuple(local_hours(seminar, session, code) for session in sessions)
        groups.setdefault(hours, []).append(code)
    columns = []
    for hours, codes in groups.items():
        offset = _offset(seminar, sessions[0], codes[0])
        names = [seminar.display_name(code) for code in codes]
        columns.append((offset, Clock(_head(seminar, offset), names, hours)))
    heads = [clock.head for _, clock in columns]
    if len(set(heads)) < len(heads):  # same offset on the first day, but not on another
        columns = [
            (offset, Clock(f"{clock.head} {clock.countries[0]}", clock.countries, clock.hours))
            for offset, clock in columns
        ]
    return [clock for _, clock in sorted(columns, key=lambda pair: pair[0])]


def _offset(seminar: Seminar, session: Session, country: str) -> timedelta:
    local_start = local(seminar, session.date, session.start, country)
    seminar_start = local_start.astimezone(seminar.zone)
    return (local_start.utcoffset() or timedelta()) - (seminar_start.utcoffset() or timedelta())


def _head(seminar: Seminar, offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    if not minutes:
        return city(seminar.time_zone)
    hours, rest = divmod(abs(minutes), 60)
    shown = f"{hours}:{rest:02}" if rest else str(hours)
    return f"{'+' if minutes > 0 else '−'}{shown} h"
