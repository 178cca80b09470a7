"""The next steps of a role in the programme: the sessions in which it takes part."""

from __future__ import annotations

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import role_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.topics.progress.next_steps import Step


def of_role(seminar: Seminar, role: str) -> list[Step]:
    """Return a step for each session in which a role takes part, in order.

    For group rapporteurs, one step per group with the rapporteur's name and what to bring.
    """
    steps = []
    is_rapporteur = role_of(seminar, role).seat == "rapporteur"
    for session in seminar.sessions:
        if is_rapporteur and (group_steps := _rapporteur_steps(seminar, session)):
            steps += group_steps
            continue
        places = [(session.title, session.parts), *((g.title, g.parts) for g in session.groups)]
        for title, parts in places:
            names = [
                _person_words(seminar, part.person, part.count)
                for part in parts
                if part.role == role
            ]
            if names:
                steps.append(Step(f"{title}: {', '.join(names)}", _when(session)))
    return steps


def _rapporteur_steps(seminar: Seminar, session: Session) -> list[Step]:
    """Return a step for each group of a session, if the session has group rapporteurs."""
    task = next((t for t in seminar.tasks if session.id in t.sessions), None)
    groups = seminar.seating.get(session.id, [])
    if not (task and any(group.rapporteur for group in groups)):
        return []
    bring = f". Bring {task.bring}" if task.bring else ""
    return [Step(_rapporteur_of(seminar, group), f"{_when(session)}{bring}") for group in groups]


def _rapporteur_of(seminar: Seminar, group: DiscussionGroup) -> str:
    person = seminar.participant(group.rapporteur) if group.rapporteur else None
    if not person:
        return f"{group.title} ({group.id}): to be named"
    confirmation = "" if group.confirmed else ", to be confirmed"
    return f"{group.title} ({group.id}): {person.id} {person.name}{confirmation}"


def _when(session: Session) -> str:
    hours = f"{session.start:%H:%M}–{session.end:%H:%M}"
    return f"{day_words(session.date, weekday=True)}, {hours}"


def _person_words(seminar: Seminar, person: str | None, count: int) -> str:
    if person:
        return seminar.people[person].name
    return f"{count} to be named" if count > 1 else "to be named"
