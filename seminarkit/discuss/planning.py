"""Plans the discussion groups: from registrations and the programme to who sits where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seminarkit.discuss.groups import group_sessions, planned_groups
from seminarkit.discuss.leads import led
from seminarkit.discuss.registrations import Registration, registrations
from seminarkit.discuss.rounds import Person, Round, Seating
from seminarkit.discuss.seating import seat
from seminarkit.seminar.model import Seminar
from seminarkit.seminar.sessions import DiscussionGroup, Session
from seminarkit.store.index import Submission


@dataclass(frozen=True)
class Plan:
    """A seating, and what was said by those who were to be seated, by session."""

    seating: Seating
    registered: dict[str, list[Registration]]


def plan(
    seminar: Seminar,
    submissions: Sequence[Submission],
    names: Mapping[str, str],
    sessions: Iterable[str],
    placed: Mapping[str, str],
    seconds: float,
) -> Plan:
    """Plan the groups of ``sessions``; the other ones stay as they were kept.

    ``names`` says what each case is called; ``placed`` are people whose group was chosen by hand,
    by group id. What was kept is changed for as few people as possible, and not for rapporteurs.
    """
    wanted = set(sessions)
    registered: dict[str, list[Registration]] = {}
    rounds: dict[str, list[Round]] = defaultdict(list)
    for session in group_sessions(seminar):
        said = registered[session.id] = registrations(seminar, session, submissions)
        if session.id in wanted:
            earlier = [g for each in rounds[session.kind] for g in each.groups]
            groups = _groups(seminar, session, said, earlier, names)
            rounds[session.kind].append(_round(seminar, session, groups, said, placed))
        elif kept := seminar.seating.get(session.id):
            rounds[session.kind].append(_kept_round(seminar, session, kept))
    seatings = [
        seat(each, seminar.seating, seconds / len(rounds)) for each in rounds.values() if each
    ]
    return Plan(_together(seatings), registered)


def _groups(
    seminar: Seminar,
    session: Session,
    said: Sequence[Registration],
    earlier: Sequence[DiscussionGroup],
    names: Mapping[str, str],
) -> list[DiscussionGroup]:
    assert session.seats is not None
    come = [each for each in said if each.seated(session.seats)]
    wishes = Counter(wish for each in come for wish in each.wishes)
    kept = seminar.seating.get(session.id, [])
    if kept and _still_fit(session, kept, len(come)):
        planned: Sequence[DiscussionGroup] = kept
    else:
        planned = planned_groups(seminar, session, len(come), wishes, names)
    there = {each.person.id for each in come}
    noted = {group.id: group for group in kept if group.rapporteur in there}
    return [
        group.model_copy(update=_rapporteur(noted.get(group.id)))
        for group in led(seminar, session, planned, earlier, kept)
    ]


def _rapporteur(kept: DiscussionGroup | None) -> dict[str, Any]:
    """Return who takes notes in a group: who did before, as long as they come."""
    return kept.model_dump(include={"rapporteur", "confirmed"}) if kept else {"rapporteur": None}


def _still_fit(session: Session, kept: Sequence[DiscussionGroup], people: int) -> bool:
    """Say whether groups that were kept can be held on to, though the programme may have moved."""
    assert session.seats is not None
    if session.groups:
        return {group.id for group in session.groups} == {group.id for group in kept}
    if session.cases and set(session.cases) != {group.case for group in kept}:
        return False
    low, high = session.seats.size
    return len(kept) * low <= people <= len(kept) * high or bool(session.cases)


def _round(
    seminar: Seminar,
    session: Session,
    groups: Sequence[DiscussionGroup],
    said: Sequence[Registration],
    placed: Mapping[str, str],
) -> Round:
    assert session.seats is not None
    ids = {group.id for group in groups}
    notes = {group.rapporteur: group.id for group in groups if group.rapporteur}
    people = [_person(seminar, each) for each in said if each.seated(session.seats)]
    return Round(
        session.id,
        tuple(group.model_copy(update={"people": []}) for group in groups),
        tuple(people) if groups else (),
        session.seats.size,
        {group.id: group.wished_as for group in session.groups if group.wished_as},
        {group.id: group.profiles for group in session.groups},
        {**notes, **{person: group for person, group in placed.items() if group in ids}},
    )


def _kept_round(seminar: Seminar, session: Session, kept: Sequence[DiscussionGroup]) -> Round:
    assert session.seats is not None
    sitting = {person: group.id for group in kept for person in group.people}
    people = [
        _person(seminar, Registration(person, True, ()))
        for people in seminar.delegations.values()
        for person in people
        if person.id in sitting
    ]
    groups = tuple(group.model_copy(update={"people": []}) for group in kept)
    return Round(session.id, groups, tuple(people), session.seats.size, placed=sitting)


def _person(seminar: Seminar, said: Registration) -> Person:
    country = said.person.id[:2]
    region = seminar.countries[country].region
    return Person(said.person.id, country, region, said.person.profile, said.wishes)


def _together(seatings: Sequence[Seating]) -> Seating:
    return Seating(
        {session: groups for each in seatings for session, groups in each.groups.items()},
        [broken for each in seatings for broken in each.broken],
        {session: got for each in seatings for session, got in each.wishes.items()},
        {session: moved for each in seatings for session, moved in each.moved.items()},
        max((each.gap for each in seatings), default=0.0),
    )
