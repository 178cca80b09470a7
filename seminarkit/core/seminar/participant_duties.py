"""List the duties of each person in sessions and discussion groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import CORE_PARTICIPANT, LEADS, role_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Session


@dataclass(frozen=True)
class SessionRole:
    """A role of a person in a session. ``group`` is the title of the discussion group, if any."""

    session: Session
    role: str
    group: str = ""
    topic: str = ""
    seated: DiscussionGroup | None = None


def places_of(seminar: Seminar, person: str) -> list[SessionRole]:
    """Return the duties of a person (an id such as ``GE-2``), in the order of the programme."""
    return [
        place for session in seminar.sessions for place in _in_session(seminar, session, person)
    ]


def _in_session(seminar: Seminar, session: Session, person: str) -> Iterator[SessionRole]:
    decided = seminar.seating.get(session.id, [])
    for group in decided:
        for seat, lead in group.led_by.items():
            if lead == person:
                yield SessionRole(session, seat, group.title, seated=group)
        if person in group.people:
            yield SessionRole(session, CORE_PARTICIPANT.name, group.title, seated=group)
    leads_group = person in [lead for group in decided for lead in group.led_by.values()]
    parts = [("", part) for part in session.parts]
    parts += [(planned.title, part) for planned in session.groups for part in planned.parts]
    for title, part in parts:
        # the leads of decided groups replace those of the programme
        is_replaced = leads_group and role_of(seminar, part.role).seat in LEADS
        if part.person == person and not is_replaced:
            yield SessionRole(session, part.role, title, part.topic or "")
