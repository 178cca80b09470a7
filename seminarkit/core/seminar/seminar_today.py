"""Apply the organisers' decisions to the contents of seminar.yml."""

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
    """Return a hash of id and name, which identifies a person whose data were removed."""
    words = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return hashlib.sha256(f"{person}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()


def applied(seminar: Seminar, decisions: Iterable[Decision]) -> Seminar:
    """Return the seminar after all decisions, with former participants and earlier groups."""
    delegations = {code: list(people) for code, people in seminar.delegations.items()}
    former = {code: list(people) for code, people in seminar.former.items()}
    extensions = {code: dict(days) for code, days in seminar.extensions.items()}
    seating = dict(seminar.seating)
    seated_before = {session: list(groups) for session, groups in seminar.seated_before.items()}
    forgotten: set[str] = set()
    decisions = list(decisions)
    absent = absent_after(seminar.absent, decisions)
    replaced: dict[str, list[tuple[list[CoreParticipant], list[CoreParticipant]]]] = {}
    for decision in decisions:
        if isinstance(decision, Nominated):
            people = [CoreParticipant(**person) for person in decision.people]
            ids = {person.id for person in people}
            left = [p for p in delegations.get(decision.country, []) if p.id not in ids]
            left_before = [p for p in former.get(decision.country, []) if p.id not in ids]
            previous = delegations.get(decision.country, []), former.get(decision.country, [])
            replaced.setdefault(decision.country, []).append(previous)
            former[decision.country] = left_before + left
            delegations[decision.country] = people
        elif isinstance(decision, NominationUndone) and replaced.get(decision.country):
            nominated = delegations[decision.country]
            delegations[decision.country], left = replaced[decision.country].pop()
            former[decision.country] = left + [
                p
                for p in nominated
                if p.id not in {q.id for q in (*delegations[decision.country], *left)}
            ]
        elif isinstance(decision, Extended):
            extensions.setdefault(decision.country, {})[decision.form] = due_moment(decision.due)
        elif isinstance(decision, PersonForgotten):
            forgotten.add(decision.sha256)
        elif isinstance(decision, Seated):
            before = seated_before.setdefault(decision.session, [])
            before += [group for group in seating.get(decision.session, []) if group not in before]
            seating[decision.session] = [DiscussionGroup(**group) for group in decision.groups]
    for people_of in (delegations, former):
        for code, participants in people_of.items():
            people_of[code] = [
                p for p in participants if person_hash(p.id, p.name) not in forgotten
            ]
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
                    _attending(group, ids.difference(absent.get(session, ()))) for group in groups
                ]
                for session, groups in seating.items()
            },
            "pins": pins_after(seminar.pins, decisions),
            "absent": absent,
            "seated_before": seated_before,
        }
    )


def _attending(group: DiscussionGroup, present: set[str]) -> DiscussionGroup:
    lost_rapporteur = group.rapporteur not in present
    changes = {"rapporteur": None, "confirmed": False} if lost_rapporteur else {}
    return group.model_copy(update={"people": [p for p in group.people if p in present], **changes})
