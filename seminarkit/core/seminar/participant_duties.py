"""Where everybody has to be: each person's roles in the programme, and their discussion groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import CORE_PARTICIPANT, LEADS, role_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Session


@dataclass(frozen=True)
class Place:
    """One role of one person in one session; ``group`` where it is in a discussion group."""

    session: Session
    role: str
    group: str = ""
    topic: str = ""
    seated: DiscussionGroup | None = None


def places_of(seminar: Seminar, person: str) -> list[Place]:
    """Return where a person has to be, in the order of the programme.

    ``person`` is an id of ``people`` or a core participant's, such as ``GE-2``. Once the groups
    are decided, a chair of the session is the chair of one group.
    """
    return [
        place for session in seminar.sessions for place in _in_session(seminar, session, person)
    ]


def _in_session(seminar: Seminar, session: Session, person: str) -> Iterator[Place]:
    decided = seminar.seating.get(session.id, [])
    for group in decided:
        for seat, lead in group.led_by.items():
            if lead == person:
                yield Place(session, seat, group.title, seated=group)
        if person in group.people:
            yield Place(session, CORE_PARTICIPANT.name, group.title, seated=group)
    leading = person in [lead for group in decided for lead in group.led_by.values()]
    written = [("", part) for part in session.parts]
    written += [(own.title, part) for own in session.groups for part in own.parts]
    for title, part in written:
        # a decided group takes over who leads it
        taken = leading and role_of(seminar, part.role).seat in LEADS
        if part.person == person and not taken:
            yield Place(session, part.role, title, part.topic or "")
