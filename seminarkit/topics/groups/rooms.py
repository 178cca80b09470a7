"""The rooms that have a brief: each decided discussion group, else the session as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import LEADS, role_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Part, Session
from seminarkit.topics.questions.question_sessions import attended_sessions

BRIEF = "brief-"  # prefix of the names of their dossiers and reports


@dataclass(frozen=True)
class BriefedRoom:
    """A room with a brief: one session, or one group of it."""

    session: Session
    group: DiscussionGroup | None = None

    @property
    def id(self) -> str:
        """The group's id, or the session's."""
        return self.group.id if self.group else self.session.id

    @property
    def subject(self) -> str:
        """The name of its dossier and its report."""
        return BRIEF + self.id

    @property
    def title(self) -> str:
        """The topic of the room."""
        return self.group.title if self.group else self.session.title

    @property
    def case(self) -> str:
        """The case study of the group, or ""."""
        return (self.group.case if self.group else None) or ""

    @property
    def own_parts(self) -> list[Part]:
        """The programme's parts in this group alone."""
        return [
            part for group in self.session.groups if group.id == self.id for part in group.parts
        ]

    def parts(self, seminar: Seminar) -> list[Part]:
        """Return the programme's parts in this room, without those of other groups.

        A lead of decided groups has a part in one room only, so leads are left out for groups.
        """
        if not self.group:
            return list(self.session.parts)
        both = [*self.own_parts, *self.session.parts]
        return [part for part in both if role_of(seminar, part.role).seat not in LEADS]


def briefed_rooms(seminar: Seminar) -> list[BriefedRoom]:
    """Return all rooms that have a brief, in the order of the programme; breaks have none."""
    return [
        room
        for session in attended_sessions(seminar)
        for room in (
            [BriefedRoom(session, group) for group in seminar.seating.get(session.id, [])]
            or [BriefedRoom(session)]
        )
    ]
