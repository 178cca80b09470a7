"""The people in the room of a brief: parts in the programme, seats, and open roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from seminarkit.core.seminar.assignments import note_taker
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import GROUP_RAPPORTEUR, role_of
from seminarkit.core.seminar.session_kinds import kind_of, needed_roles
from seminarkit.core.seminar.sessions import Part, Session
from seminarkit.topics.briefs.dossier import RoomPart, Seat
from seminarkit.topics.briefs.preparation import Preparation
from seminarkit.topics.groups.differences import seat_instead
from seminarkit.topics.groups.rooms import BriefedRoom


def people(seminar: Seminar, about: BriefedRoom) -> list[RoomPart]:
    """Return the people with a part in the room, those who lead the group first."""
    parts = [_part(seminar, part) for part in about.parts(seminar) if part.person]
    return [*_leads(seminar, about), *parts]


def seats(
    seminar: Seminar, about: BriefedRoom, preparation: Mapping[str, Preparation]
) -> list[Seat]:
    """Return the people seated in the group by country, with their unfinished tasks."""
    seat_list: list[Seat] = [
        {
            "country": seminar.display_name(person[:2]),
            "code": person[:2],
            "name": participant.name,
            "profile": seminar.profile_title(participant.profile),
            "owes": [title for title, state in preparation[person].tasks if state != "complete"],
        }
        for person in (about.group.people if about.group else [])
        if (participant := seminar.participant(person))
    ]
    return sorted(seat_list, key=lambda seat: (seat["country"], seat["name"]))


def open_parts(seminar: Seminar, about: BriefedRoom) -> list[str]:
    """Return a sentence for each part without a person, and for each unconfirmed one."""
    return list(_open_sentences(seminar, about))


def note_taker_name(seminar: Seminar, about: BriefedRoom) -> str:
    """Return the name of the group's note taker, or '' if there is none."""
    tasks = [task for task in seminar.tasks if about.session.id in task.sessions]
    group = about.group
    if not group or not tasks:
        return ""
    person = note_taker(tasks[0], group)
    return _name(seminar, person) if person else ""


def _leads(seminar: Seminar, about: BriefedRoom) -> Iterator[RoomPart]:
    group = about.group
    if not group:
        return
    for seat, person in group.led_by.items():
        leader = seminar.people[person]
        yield _room_part(seat, leader.name, leader.affiliation or "")
    if group.rapporteur:
        yield _room_part(GROUP_RAPPORTEUR.name, _name(seminar, group.rapporteur), "")


def _part(seminar: Seminar, part: Part) -> RoomPart:
    assert part.person
    profile = seminar.people[part.person]
    words = part.topic or part.affiliation or profile.affiliation or ""
    begins = role_of(seminar, part.role).speaks in ("talk", "turn")
    return _room_part(part.role, profile.name, words, begins=begins)


def _room_part(role: str, name: str, about: str, *, begins: bool = False) -> RoomPart:
    return {"role": role, "name": name, "about": about, "begins": begins}


def _name(seminar: Seminar, person: str) -> str:
    if person in seminar.people:
        return seminar.people[person].name
    participant = seminar.participant(person)
    return participant.name if participant else "somebody who is not nominated any more"


def _open_sentences(seminar: Seminar, about: BriefedRoom) -> Iterator[str]:
    session, group = about.session, about.group
    if group:
        if not group.chair:
            yield "Nobody is named to chair this group."
        if group.case and not group.discussant:
            yield "Nobody is named to present the case and answer questions."
        if not group.people:
            yield "Nobody is in this group."
        yield from _notes(seminar, about)
    else:
        if session.seats:
            yield "The groups of this session are not decided, so this page is for all of them."
        elif _lacks_leader(seminar, session):
            yield "Nobody is named to chair or to moderate."
    for part in about.parts(seminar):
        if not part.person and role_of(seminar, part.role).seat != "rapporteur":
            where = f" ({part.affiliation})" if part.affiliation else ""
            number = f": {part.count} for all groups" if part.count > 1 else ""
            yield f"Still to be named: {part.role}{where}{number}."
        elif part.status == "tbc" and part.person:
            yield f"{seminar.people[part.person].name} is to be confirmed."


def _lacks_leader(seminar: Seminar, session: Session) -> bool:
    """Return whether the session as a whole needs a leader and has none."""
    needed = needed_roles(seminar, session)
    of_groups = kind_of(seminar, session).groups
    has_leader = any(role_of(seminar, part.role).leads for part in session.parts)
    return not (of_groups or has_leader) and any(role.leads for role in needed)


def _notes(seminar: Seminar, about: BriefedRoom) -> Iterator[str]:
    assert about.group
    tasks = [task for task in seminar.tasks if about.session.id in task.sessions]
    if tasks and not note_taker_name(seminar, about):
        yield "Nobody is named to take notes. Ask at the beginning, and tell the organisers who."
    elif about.group.rapporteur and not about.group.confirmed:
        name = _name(seminar, about.group.rapporteur)
        yield f"{name} has been asked to take notes, but has not agreed yet."
    if seat := seat_instead(seminar, about.session.id, about.group):
        name = _name(seminar, about.group.rapporteur or "")
        yield f"{name} should take notes here, but {seat}. Ask somebody else."
