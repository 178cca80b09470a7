"""The programme as a page: the sessions of one audience, in the seminar's clock and in others."""

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
    """A role in a session, and who has it; an open one has nobody's name for sure."""

    role: str
    people: Sequence[tuple[str, bool]]  # in words, and whether it is still open


@dataclass(frozen=True)
class Clock:
    """Countries whose clocks show the same hours in all sessions, and what their head is called."""

    head: str
    countries: Sequence[str]
    hours: Sequence[str]


@dataclass(frozen=True)
class ClosedHours:
    """When a closed session is; nothing else of it."""

    date: date
    start: time
    end: time
    kind: str = "closed"
    block: None = None


def programme_page(folder: SeminarFolder, audience: Audience, site: Frame) -> str:
    """Return the programme for one audience.

    Of a session that it may not come to it shows the hours alone, so that the day has no holes.
    """
    seminar = folder.seminar
    sessions = [s for s in seminar.sessions if may_come(s, audience)]
    others = [_hours_alone(seminar, s) for s in seminar.sessions if s not in sessions]
    shown = sorted([*sessions, *others], key=lambda s: (s.date, s.start))
    days = {
        f"Day {day(seminar, date)}: {day_words(date, weekday=True)}": list(sessions_of_day)
        for date, sessions_of_day in groupby(shown, key=lambda s: s.date)
    }
    readings = {
        place: [r for r in folder.readings.values() if r.core and place in r.sessions]
        for place in (s.id for s in sessions)
    }
    found = clocks(seminar, sessions)
    return render(
        folder,
        "programme.html.j2",
        seminar=seminar,
        zone=city(seminar.time_zone),
        days=days,
        duties=lambda parts: duties(seminar, parts),
        is_pause=lambda session: kind_of(seminar, session).pause,
        clocks=found,
        hours=_hours(seminar, sessions, found),
        cases=folder.cases,
        readings={place: found for place, found in readings.items() if found},
        duration=duration,
        footnotes=seminar.footnote_lines(),
        site=site,
    )


def _hours_alone(seminar: Seminar, session: Session) -> Session | ClosedHours:
    if kind_of(seminar, session).pause:
        return session
    return ClosedHours(session.date, session.start, session.end)


def _hours(
    seminar: Seminar, sessions: Sequence[Session], found: Sequence[Clock]
) -> dict[str, list[dict[str, str | list[str]]]]:
    """Return a row a session, by day: its own hours, and those of all other clocks."""
    others = [clock for clock in found if clock.head != city(seminar.time_zone)]
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
    """Return who does what, role by role in the order of the programme."""
    roles = list(dict.fromkeys(part.role for part in parts))
    found = []
    for role in roles:
        people = [_person(seminar, part) for part in parts if part.role == role]
        many = len(people) > 1 or any(p.count > 1 for p in parts if p.role == role)
        name = role_of(seminar, role).plural if many else role
        found.append(Duty(name[0].upper() + name[1:], people))
    return found


def _person(seminar: Seminar, part: Part) -> tuple[str, bool]:
    """Return a part's person in words, and whether it is still open."""
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
    """Return the countries by what their clocks show, the seminar's own clock first.

    The date counts: two countries may agree on one day of the year and differ on another.
    """
    if not sessions:
        return []
    groups: dict[tuple[str, ...], list[str]] = {}
    for code in seminar.countries:
        hours = tuple(local_hours(seminar, session, code) for session in sessions)
        groups.setdefault(hours, []).append(code)
    found = []
    for hours, codes in groups.items():
        ahead = _ahead(seminar, sessions[0], codes[0])
        names = [seminar.display_name(code) for code in codes]
        found.append((ahead, Clock(_head(seminar, ahead), names, hours)))
    heads = [clock.head for _, clock in found]
    if len(set(heads)) < len(heads):  # as many hours apart on the first day, but not on another
        found = [
            (ahead, Clock(f"{clock.head} {clock.countries[0]}", clock.countries, clock.hours))
            for ahead, clock in found
        ]
    return [clock for _, clock in sorted(found, key=lambda pair: pair[0])]


def _ahead(seminar: Seminar, session: Session, country: str) -> timedelta:
    there = local(seminar, session.date, session.start, country)
    here = there.astimezone(seminar.zone)
    return (there.utcoffset() or timedelta()) - (here.utcoffset() or timedelta())


def _head(seminar: Seminar, ahead: timedelta) -> str:
    minutes = int(ahead.total_seconds() // 60)
    if not minutes:
        return city(seminar.time_zone)
    hours, rest = divmod(abs(minutes), 60)
    shown = f"{hours}:{rest:02}" if rest else str(hours)
    return f"{'+' if minutes > 0 else '−'}{shown} h"
