"""The paths of the briefs, and the page that lists them by day and session."""

from __future__ import annotations

from typing import TypedDict

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.page_templates import Frame, render
from seminarkit.core.seminar.roles import role_of
from seminarkit.topics.briefs.room_forms import room_reader
from seminarkit.topics.groups.rooms import BriefedRoom, briefed_rooms

INDEX = "briefs/index.html"


def brief_place(about: BriefedRoom) -> str:
    """Return the path of a brief below ``output/``, next to the pages of its readers."""
    return f"groups/{about.id}/brief.html" if about.group else f"core/briefs/{about.id}.html"


class SessionBriefs(TypedDict):
    """A session in the list, with one entry per brief."""

    id: str
    title: str
    hours: str
    briefs: list[dict[str, object]]


def briefs_page(folder: SeminarFolder, site: Frame) -> str:
    """Return the list of all briefs; those whose report was never run have no link."""
    seminar = folder.seminar
    days: dict[str, list[SessionBriefs]] = {}
    for about in briefed_rooms(seminar):
        reader = room_reader(about)
        made = (folder.reports / reader / f"{about.subject}.ipynb").is_file()
        day = days.setdefault(day_words(about.session.date, weekday=True), [])
        session = next((entry for entry in day if entry["id"] == about.session.id), None)
        if session is None:
            session = _session(about)
            day.append(session)
        session["briefs"].append(_entry(seminar, about) | {"made": made, "here": reader == "core"})
    return render(folder, "briefs.html.j2", seminar=seminar, days=days, site=site)


def _session(about: BriefedRoom) -> SessionBriefs:
    session = about.session
    return {
        "id": session.id,
        "title": session.title,
        "hours": f"{session.start:%H:%M}–{session.end:%H:%M}",
        "briefs": [],
    }


def _entry(seminar: Seminar, about: BriefedRoom) -> dict[str, object]:
    """Return a brief's entry in the list: title, chairs and number of people."""
    group = about.group
    names = [seminar.people[person].name for person in leaders(seminar, about)]
    return {
        "href": f"{about.id}.html",
        "title": about.title,
        "lead": ", ".join(names),
        "people": len(group.people) if group else 0,
    }


def leaders(seminar: Seminar, about: BriefedRoom) -> list[str]:
    """Return the ids of the people who chair or moderate a room."""
    parts = [p.person for p in about.session.parts if role_of(seminar, p.role).leads]
    ids = [about.group.chair] if about.group else parts
    return list(dict.fromkeys(filter(None, ids)))
