"""Who does what when: a sheet of duties a person, and the days minute by minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from seminarkit.discuss.briefed import Briefed
from seminarkit.prepare.rendering import render
from seminarkit.publish.briefs import brief_place
from seminarkit.publish.rooms import sheet_frame
from seminarkit.seminar.clock import city, day_words
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.model import Seminar
from seminarkit.seminar.places import Place
from seminarkit.seminar.sessions import Part, Session
from seminarkit.seminar.steps import steps

_CHECKS = {
    "chair": [
        "print and read the brief of your session",
        "test link and sound half an hour before",
    ],
    "moderator": ["have the opening words ready", "watch the chat, and save it at the end"],
    "technical assistant": ["load the room list and the file of rooms"],
    "group rapporteur": ["open the note sheet", "agree with the chair who reads the notes"],
    "general rapporteur": ["ask for the notes of all groups", "open the draft"],
}
_LEADING = ("chair", "moderator")
_TALK = ["send your slides to the organisers", "test link and sound half an hour before"]


def duty_page(folder: SeminarFolder, person: str, places: Sequence[Place]) -> str:
    """Return the sheet of one person of the programme: each role, when, and beside whom."""
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


def _duty(seminar: Seminar, person: str, place: Place) -> dict[str, object]:
    session = place.session
    return {
        "hours": f"{session.start:%H:%M}–{session.end:%H:%M}",
        "day": day_words(session.date, weekday=True),
        "title": session.title,
        "minutes": session.minutes,
        "closed": session.access == "core",
        "role": place.role,
        "topic": place.topic,
        "group": place.group,
        "brief": _brief(place),
        "number": len(place.seated.people) if place.seated else 0,
        "beside": list(_beside(seminar, person, place)),
        "steps": [_step(session, i) for i in range(len(session.items))],
        "checks": list(_checks(place)),
    }


def _checks(place: Place) -> Iterator[str]:
    yield from _CHECKS.get(place.role, _TALK)
    if place.role == "technical assistant" and place.session.recorded:
        yield "say that the session is recorded, then start the recording"


def _brief(place: Place) -> str:
    """Return the link to the brief of who leads, seen from the sheet; '' for other roles."""
    about = Briefed(place.session, place.seated)
    return f"../../../{brief_place(about)}" if place.role in _LEADING else ""


def _beside(seminar: Seminar, person: str, place: Place) -> Iterator[str]:
    """Yield who else has a part in the same room."""
    if place.seated:
        for role in ("chair", "discussant"):
            other = getattr(place.seated, role)
            if other and other != person:
                yield f"{role} {seminar.people[other].name}"
        return
    for part in _parts(place):
        if part.person and part.person != person:
            topic = f" ({part.topic})" if part.topic else ""
            yield f"{part.role} {seminar.people[part.person].name}{topic}"
        elif not part.person:
            yield f"{part.role}: still open"


def _parts(place: Place) -> Sequence[Part]:
    own = next((g for g in place.session.groups if g.title == place.group), None)
    return own.parts if own else place.session.parts


def _step(session: Session, number: int) -> str:
    item = session.items[number]
    start = f"{item.start:%H:%M} " if item.start else ""
    minutes = f", {item.minutes} minutes" if item.minutes else ""
    return f"{start}{item.title}{minutes}"


def run_of_days(seminar: Seminar) -> dict[str, list[dict[str, object]]]:
    """Return each day's sessions, with how many minutes are left at each step."""
    ordered = sorted(seminar.sessions, key=lambda s: (s.date, s.start))
    return {
        day_words(day, weekday=True): [
            {
                "hours": f"{s.start:%H:%M}–{s.end:%H:%M}",
                "title": s.title,
                "minutes": s.minutes,
                "steps": list(_steps(s)),
                "files": _files_of(s),
            }
            for s in sessions
        ]
        for day, sessions in groupby(ordered, key=lambda s: s.date)
    }


def _steps(session: Session) -> Iterator[dict[str, object]]:
    """Yield the steps that have a time: their own, or that of the end of the one before."""
    for step in steps(session):
        yield {
            "clock": f"{step.clock:%H:%M}" if step.clock else "",
            "title": step.title,
            "left": "" if step.left is None else step.left,
        }


def _files_of(session: Session) -> list[str]:
    """Return what to save after a session, under names that say what it is."""
    if session.kind == "break":
        return []
    name = f"{session.date.isoformat()} {session.id}"
    files = [f"{name} chat.txt", f"{name} attendance.csv"]
    return files + ([f"{name} recording.mp4"] if session.recorded else [])
