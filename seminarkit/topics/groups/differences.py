"""Where decided groups no longer match the programme or the people who are to sit in them."""

from __future__ import annotations

from collections.abc import Iterator

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import LEADS
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.topics.groups.groups_of_session import group_sessions
from seminarkit.topics.groups.leads import leads_are_allowed, with_leads


def rapporteurs_elsewhere(seminar: Seminar) -> list[str]:
    """Return a sentence for each rapporteur who does not sit in their own group."""
    return [
        f"{group.rapporteur} takes notes in {group.id}, but {seat}. Name another rapporteur, or "
        f"move them: seminar groups --move {group.rapporteur}={group.id} --keep"
        for session in group_sessions(seminar)
        for group in seminar.seating.get(session.id, [])
        if (seat := seat_instead(seminar, session.id, group))
    ]


def groups_without_rapporteur(seminar: Seminar) -> list[str]:
    """Return a sentence for each group without a rapporteur whose session has some."""
    return [
        f"Nobody is named to take notes in {group.id}. Name somebody who sits there: "
        f"seminar groups --rapporteur PERSON={group.id} --session {session.id} --keep"
        for session in group_sessions(seminar)
        if any(group.rapporteur for group in seminar.seating.get(session.id, []))
        for group in seminar.seating[session.id]
        if not group.rapporteur
    ]


def seat_instead(seminar: Seminar, session: str, group: DiscussionGroup) -> str:
    """Return where a group's rapporteur sits, such as "sits in GROUP at that time"; "" if in it."""
    if group.rapporteur is None or group.rapporteur in group.people:
        return ""
    other = seminar.group_of(session, group.rapporteur)
    return f"sits in {other.id} at that time" if other else "is not in a group at that time"


def pins_without_group(seminar: Seminar) -> list[str]:
    """Return a sentence for each seat pinned by hand to a group that no longer exists."""
    return [
        f"{person} was put into {name}, but {session} does not have this group any more. Choose "
        f"another: seminar groups --move {person}=GROUP; or none: seminar groups --free {person}"
        for session, people in seminar.pins.items()
        if (groups := {group.id for group in seminar.seating.get(session, [])})
        for person, name in people.items()
        if name not in groups and seminar.participant(person)
    ]


def programme_differs(seminar: Seminar) -> list[str]:
    """Return a sentence for each decided group that a new plan would change.

    Chairs and discussants are assigned as a new plan would, so that no difference is reported that
    the plan would keep.
    """
    return [
        sentence
        for session in group_sessions(seminar)
        if (decided := seminar.seating.get(session.id))
        for sentence in _differs(seminar, session, decided)
    ]


def _differs(seminar: Seminar, session: Session, decided: list[DiscussionGroup]) -> Iterator[str]:
    keep = f"seminar groups --session {session.id} --keep"
    ids = {group.id for group in decided}
    if session.groups and (programme_ids := {group.id for group in session.groups}) != ids:
        added, removed = (
            ", ".join(sorted(programme_ids - ids)),
            ", ".join(sorted(ids - programme_ids)),
        )
        changes = "; ".join(
            [f"{added} added"] * bool(added) + [f"{removed} removed"] * bool(removed)
        )
        yield (
            f"{session.id}: the groups in seminar.yml are not those decided ({changes}). "
            f"To use the groups in seminar.yml: {keep}"
        )
        return
    if session.cases and (cases := set(session.cases)) != {group.case for group in decided}:
        yield (
            f"{session.id}: the cases in seminar.yml are not those decided "
            f"({', '.join(sorted(cases))}). To use the cases in seminar.yml: {keep}"
        )
        return
    before = seminar.sessions[: seminar.sessions.index(session)]
    earlier = [
        group
        for session_before in before
        if session_before.kind == session.kind
        for group in seminar.seating.get(session_before.id, [])
    ]
    if leads_are_allowed(seminar, session, decided, earlier):
        return
    for old, new_group in zip(
        decided, with_leads(seminar, session, decided, earlier, decided), strict=True
    ):
        for role in LEADS:
            lead, new_lead = old.lead(role), new_group.lead(role)
            if lead != new_lead:
                yield (
                    f"{old.id}: the decided {role} is {_name(seminar, lead)}, but seminar.yml now "
                    f"gives {_name(seminar, new_lead)}. To use this: {keep}"
                )


def _name(seminar: Seminar, person: str | None) -> str:
    if person is None:
        return "nobody"
    participant = seminar.people.get(person)
    return participant.name if participant else person


def differences(seminar: Seminar) -> list[str]:
    """Return all sentences on decided groups that need an organiser's attention."""
    return [
        *programme_differs(seminar),
        *rapporteurs_elsewhere(seminar),
        *groups_without_rapporteur(seminar),
        *pins_without_group(seminar),
    ]
