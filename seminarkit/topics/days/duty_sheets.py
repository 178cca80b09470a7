"""Duty sheets, one per person, and the run of the show, minute by minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from seminarkit.core.seminar.clock import city, day_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.page_templates import render
from seminarkit.core.seminar.participant_duties import SessionRole
from seminarkit.core.seminar.roles import Role, role_of
from seminarkit.core.seminar.session_kinds import kind_of
from seminarkit.core.seminar.session_steps import steps
from seminarkit.core.seminar.sessions import Part, Session
from seminarkit.topics.briefs.index_page import brief_place
from seminarkit.topics.days.room_lists import sheet_frame
from seminarkit.topics.groups.rooms import BriefedRoom


def duty_page(folder: SeminarFolder, person: str, places: Sequence[SessionRole]) -> str:
    """Return the duty sheet of one person: each role with its time and partners."""
    seminar = folder.seminar
    number = len(places)
    return render(
        folder,
        "duties.html.j2",
        seminar=seminar,
        person=seminar.people[person],
        zone=city(seminar.time_zone),
        lead=f"{number} {'duty' if number == 1 else 'duties'}, in the order of the programme.",
        duties=[_duty(seminar, person, place) for place in places],
        site=sheet_frame(seminar, "../"),
    )


def _duty(seminar: Seminar, person: str, place: SessionRole) -> dict[str, object]:
    session, role = place.session, role_of(seminar, place.role)
    return {
        "hours": f"{session.start:%H:%M}–{session.end:%H:%M}",
        "day": day_words(session.date, weekday=True),
        "title": session.title,
        "minutes": session.minutes,
        "closed": session.access == "core",
        "role": role.name,
        "topic": place.topic,
        "group": place.group,
        "brief": _brief_link(place) if role.leads else "",
        "number": len(place.seated.people) if place.seated else 0,
        "beside": list(_partners(seminar, person, place)),
        "steps": [_step(session, i) for i in range(len(session.items))],
        "checks": list(_checks(session, role)),
    }


def _checks(session: Session, role: Role) -> Iterator[str]:
    yield from role.checks
    if role.records and session.recorded:
        yield "say that the session is recorded, then start the recording"


def _brief_link(place: SessionRole) -> str:
    """Return the link from a duty sheet to the brief of the room."""
    return f"../../../{brief_place(BriefedRoom(place.session, place.seated))}"


def _partners(seminar: Seminar, person: str, place: SessionRole) -> Iterator[str]:
    """Yield the other people with a part in the same room."""
    if place.seated:
        for seat, other in place.seated.led_by.items():
            if other != person:
                yield f"{seat} {seminar.people[other].name}"
        return
    for part in _parts(place):
        if part.person and part.person != person:
            topic = f" ({part.topic})" if part.topic else ""
            yield f"{part.role} {seminar.people[part.person].name}{topic}"
        elif not part.person:
            yield f"{part.role}: still open"


def _parts(place: SessionRole) -> Sequence[Part]:
    own_group = next((g for g in place.session.groups if g.title == place.group), None)
    return own_group.parts if own_group else place.session.parts


def _step(session: Session, number: int) -> str:
    item = session.items[number]
    start = f"{item.start:%H:%M} " if item.start else ""
    minutes = f", {item.minutes} minutes" if item.minutes else ""
    return f"{start}{item.title}{minutes}"


def run_of_days(seminar: Seminar) -> dict[str, list[dict[str, object]]]:
    """Return the sessions by day, each with its steps and the minutes left at each step."""
    ordered = sorted(seminar.sessions, key=lambda s: (s.date, s.start))
    return {
        day_words(day, weekday=True): [
            {
                "hours": f"{s.start:%H:%M}–{s.end:%H:%M}",
                "title": s.title,
                "minutes": s.minutes,
                "steps": list(_steps(s)),
                "files": [] if kind_of(seminar, s).pause else _files_of(s),
            }
            for s in sessions
        ]
        for day, sessions in groupby(ordered, key=lambda s: s.date)
    }


def _steps(session: Session) -> Iterator[dict[str, object]]:
    """Yield the steps of a session as rows of the sheet."""
    for step in steps(session):
        yield {
            "clock": f"{step.clock:%H:%M}" if step.clock else "",
            "title": step.title,
            "left": "" if step.left is None else step.left,
        }


def _files_of(session: Session) -> list[str]:
    """Return the names of the files to save after a session."""
    name = f"{session.date.isoformat()} {session.id}"
    files = [f"{name} chat.txt", f"{name} attendance.csv"]
    return files + ([f"{name} recording.mp4"] if session.recorded else [])
