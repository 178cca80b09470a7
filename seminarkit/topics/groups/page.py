"""The page of the discussion groups, for core participants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seminarkit.core.seminar.clock import session_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.page_templates import Frame, render
from seminarkit.core.seminar.roles import LEADS, OF_CASES, role_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.topics.groups.rooms import BriefedRoom


@dataclass(frozen=True)
class ShownGroup:
    """One group in words: its leads and helpers, and (country, name) of its people."""

    id: str
    title: str
    leads: Sequence[str]
    people: Sequence[tuple[str, str]]

    @property
    def countries(self) -> int:
        """The number of countries its people come from."""
        return len({country for country, _ in self.people})


@dataclass(frozen=True)
class ShownSession:
    """The groups of one session in words."""

    id: str
    title: str
    when: str
    groups: Sequence[ShownGroup]

    @property
    def people(self) -> int:
        """The number of people in its groups."""
        return sum(len(group.people) for group in self.groups)


def shown_session(seminar: Seminar, session: Session) -> ShownSession:
    """Return the decided groups of a session in words."""
    groups = [_shown(seminar, session, group) for group in seminar.seating.get(session.id, [])]
    when = session_words(seminar, session, "")
    return ShownSession(session.id, session.title, when, groups)


def _shown(seminar: Seminar, session: Session, group: DiscussionGroup) -> ShownGroup:
    seats = [seat for seat in LEADS if group.case or seat != OF_CASES]
    leads = [
        f"{seat.capitalize()}: {seminar.people[person].name if person else 'still missing'}"
        for seat, person in [(seat, group.lead(seat)) for seat in seats]
    ]
    for part in BriefedRoom(session, group).own_parts:  # the decided leads are listed above
        if part.person and role_of(seminar, part.role).seat not in LEADS:
            leads.append(f"{part.role.capitalize()}: {seminar.people[part.person].name}")
    people = [
        (seminar.display_name(person[:2]), participant.name)
        for person in group.people
        if (participant := seminar.participant(person))
    ]
    return ShownGroup(group.id, group.title, leads, sorted(people))


def groups_page(folder: SeminarFolder, site: Frame) -> str:
    """Return the page of all decided groups as HTML."""
    seminar = folder.seminar
    sessions = [shown_session(seminar, s) for s in seminar.sessions if s.id in seminar.seating]
    return render(
        folder,
        "groups.html.j2",
        seminar=seminar,
        sessions=sessions,
        footnotes=seminar.footnote_lines() if sessions else [],
        site=site,
    )
