"""Where everybody has to be: each person's roles in the programme, and their discussion groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seminarkit.seminar.model import Seminar
from seminarkit.seminar.sessions import DiscussionGroup, Part, Session

_LEADS = ("chair", "case presenter", "discussant")  # roles that a decided group takes over


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
        if group.chair == person:
            yield Place(session, "chair", group.title, seated=group)
        if group.discussant == person:
            yield Place(session, "discussant", group.title, seated=group)
        if person in group.people:
            yield Place(session, "core participant", group.title, seated=group)
    leads = [each for group in decided for each in (group.chair, group.discussant)]
    for part in session.parts:
        if part.person == person and not (part.role in _LEADS and person in leads):
            yield _place(session, part)
    for own in session.groups:
        for part in own.parts:
            if part.person == person and not (part.role in _LEADS and person in leads):
                yield _place(session, part, own.title)


def _place(session: Session, part: Part, group: str = "") -> Place:
    return Place(session, part.role, group, part.topic or "")
