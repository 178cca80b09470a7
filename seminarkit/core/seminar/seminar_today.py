"""The seminar that all else sees: seminar.yml with what was decided since."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import (
    Extended,
    Nominated,
    NominationUndone,
    PersonForgotten,
    Seated,
)
from seminarkit.core.seminar.model import CoreParticipant, Seminar
from seminarkit.core.seminar.seat_decisions import absent_after, pins_after
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.core.seminar.values import due_moment


def person_hash(person: str, name: str) -> str:
    """Return what is left of somebody who was forgotten; with another name an id is another's."""
    words = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return hashlib.sha256(f"{person}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()


def applied(seminar: Seminar, decisions: Iterable[Decision]) -> Seminar:
    """Return the seminar as the decisions made it.

    Who left a delegation is kept in ``former``, and sits in no group any more. Groups as they were
    decided before are kept in ``seated_before``: who noted one of them may still send the notes.
    """
    delegations = {code: list(people) for code, people in seminar.delegations.items()}
    former = {code: list(people) for code, people in seminar.former.items()}
    extensions = {code: dict(days) for code, days in seminar.extensions.items()}
    seating = dict(seminar.seating)
    seated_before = {session: list(groups) for session, groups in seminar.seated_before.items()}
    forgotten: set[str] = set()
    decisions = list(decisions)
    absent = absent_after(seminar.absent, decisions)
    taken: dict[str, list[tuple[list[CoreParticipant], list[CoreParticipant]]]] = {}
    for each in decisions:
        if isinstance(each, Nominated):
            people = [CoreParticipant(**person) for person in each.people]
            ids = {person.id for person in people}
            left = [p for p in delegations.get(each.country, []) if p.id not in ids]
            back = [p for p in former.get(each.country, []) if p.id not in ids]
            before_it = delegations.get(each.country, []), former.get(each.country, [])
            taken.setdefault(each.country, []).append(before_it)
            former[each.country] = back + left
            delegations[each.country] = people
        elif isinstance(each, NominationUndone) and taken.get(each.country):
            came = delegations[each.country]
            delegations[each.country], left = taken[each.country].pop()
            former[each.country] = left + [
                p for p in came if p.id not in {q.id for q in (*delegations[each.country], *left)}
            ]
        elif isinstance(each, Extended):
            extensions.setdefault(each.country, {})[each.form] = due_moment(each.due)
        elif isinstance(each, PersonForgotten):
            forgotten.add(each.sha256)
        elif isinstance(each, Seated):
            before = seated_before.setdefault(each.session, [])
            before += [group for group in seating.get(each.session, []) if group not in before]
            seating[each.session] = [DiscussionGroup(**group) for group in each.groups]
    for people_of in (delegations, former):
        for code, named in people_of.items():
            people_of[code] = [p for p in named if person_hash(p.id, p.name) not in forgotten]
    ids = {person.id for people in delegations.values() for person in people}
    contacts = {
        code: contact
        for code, contact in seminar.contacts.items()
        if person_hash(f"{code}-NEO", contact.name) not in forgotten
    }
    return seminar.model_copy(
        update={
            "delegations": delegations,
            "former": former,
            "contacts": contacts,
            "extensions": extensions,
            "seating": {
                session: [
                    _still_there(group, ids.difference(absent.get(session, ()))) for group in groups
                ]
                for session, groups in seating.items()
            },
            "pins": pins_after(seminar.pins, decisions),
            "absent": absent,
            "seated_before": seated_before,
        }
    )


def _still_there(group: DiscussionGroup, ids: set[str]) -> DiscussionGroup:
    gone = group.rapporteur not in ids
    notes = {"rapporteur": None, "confirmed": False} if gone else {}
    return group.model_copy(update={"people": [p for p in group.people if p in ids], **notes})
