"""Plans the discussion groups: from registrations and the programme to who sits where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.store.submission import Submission
from seminarkit.topics.groups.groups_of_session import group_sessions, planned_groups
from seminarkit.topics.groups.leads import led
from seminarkit.topics.groups.registrations import Registration, registrations
from seminarkit.topics.groups.seating.rules import Person, Round, Seating
from seminarkit.topics.groups.seating.seat_people import seat
from seminarkit.topics.groups.seating.timed_process import Problem, seat_within

NOBODY: Mapping[str, object] = {"rapporteur": None, "confirmed": False}


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
    *,
    afresh: bool = False,
) -> Plan:
    """Plan the groups of ``sessions``; the other ones stay as they were kept.

    ``names`` says what each case is called; ``placed`` are people to be seated in a group, by its
    id. Whoever was put into a group by hand stays there, and so does a rapporteur. What was kept is
    changed for as few people as possible, or with ``afresh`` left out of account.
    """
    wanted = set(sessions)
    before = {s: g for s, g in seminar.seating.items() if not (afresh and s in wanted)}
    registered: dict[str, list[Registration]] = {}
    rounds: dict[str, list[Round]] = defaultdict(list)
    for session in group_sessions(seminar):
        registered[session.id] = registrations(seminar, session, submissions)
        if session.id in wanted:
            earlier = [g for each in rounds[session.kind] for g in each.groups]
            groups = _groups(
                seminar, session, registered[session.id], earlier, names, before.get(session.id, [])
            )
            rounds[session.kind].append(
                _round(seminar, session, groups, registered[session.id], placed)
            )
        elif kept := seminar.seating.get(session.id):
            rounds[session.kind].append(_kept_round(seminar, session, kept, registered[session.id]))
    open_rounds = [each for each in rounds.values() if any(r.session in wanted for r in each)]
    settled = [each for each in rounds.values() if each and each not in open_rounds]
    seatings = seat_within(seconds, [Problem(each, before) for each in open_rounds])
    # where nobody is to be seated, there is nothing to look for: what was kept is only looked at
    seatings += [replace(seat(each, {}, 0.0), gap=0.0) for each in settled]
    return Plan(_together(seminar, seatings), registered)


def _groups(
    seminar: Seminar,
    session: Session,
    said: Sequence[Registration],
    earlier: Sequence[DiscussionGroup],
    names: Mapping[str, str],
    kept: Sequence[DiscussionGroup],
) -> list[DiscussionGroup]:
    """Return a session's groups with who leads them; those that were ``kept`` as far as they fit.

    Whoever was named to take notes goes on doing so in the group they sit in.
    """
    assert session.seats is not None
    come = [each for each in said if each.seated(session.seats)]
    wishes = Counter(wish for each in come for wish in each.wishes)
    if kept and _still_fit(session, kept, len(come)):
        planned: Sequence[DiscussionGroup] = kept
    else:
        planned = planned_groups(seminar, session, len(come), wishes, names)
    there = {each.person.id for each in come}
    decided = seminar.seating.get(session.id, [])
    noted = {group.id: group for group in decided if group.rapporteur in there}
    return [
        group.model_copy(update=_rapporteur(noted.get(group.id)))
        for group in led(seminar, session, planned, earlier, kept)
    ]


def _rapporteur(kept: DiscussionGroup | None) -> dict[str, object]:
    """Return who takes notes in a group: who did before, as long as they come."""
    return kept.model_dump(include={"rapporteur", "confirmed"}) if kept else {**NOBODY}


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
    sitting = {p: group.id for group in seminar.seating.get(session.id, []) for p in group.people}
    notes = {
        group.rapporteur: group.id
        for group in groups
        if group.rapporteur and sitting.get(group.rapporteur, group.id) == group.id
    }
    fixed = {**notes, **seminar.pins.get(session.id, {}), **placed}
    people = [_person(seminar, each) for each in said if each.seated(session.seats)]
    return Round(
        session.id,
        tuple(group.model_copy(update={"people": []}) for group in groups),
        tuple(people) if groups else (),
        session.seats.size,
        {group.id: group.wished_as for group in session.groups if group.wished_as},
        {group.id: group.profiles for group in session.groups},
        {person: group for person, group in fixed.items() if group in ids},
    )


def _kept_round(
    seminar: Seminar,
    session: Session,
    kept: Sequence[DiscussionGroup],
    registered: Sequence[Registration],
) -> Round:
    assert session.seats is not None
    sitting = {person: group.id for group in kept for person in group.people}
    people = [_person(seminar, each) for each in registered if each.person.id in sitting]
    groups = tuple(group.model_copy(update={"people": []}) for group in kept)
    return Round(
        session.id,
        groups,
        tuple(people),
        session.seats.size,
        {group.id: group.wished_as for group in session.groups if group.wished_as},
        {group.id: group.profiles for group in session.groups},
        sitting,
    )


def _person(seminar: Seminar, said: Registration) -> Person:
    country = said.person.id[:2]
    region = seminar.countries[country].region
    return Person(said.person.id, country, region, said.person.profile, said.wishes)


def _together(seminar: Seminar, seatings: Sequence[Seating]) -> Seating:
    groups = {session: groups for each in seatings for session, groups in each.groups.items()}
    return Seating(
        groups,
        [broken for each in seatings for broken in each.broken],
        {session: got for each in seatings for session, got in each.wishes.items()},
        {s: moved(seminar.seating.get(s, []), after) for s, after in groups.items()},
        max((each.gap for each in seatings), default=0.0),
        any(each.ended for each in seatings),
    )


def moved(before: Sequence[DiscussionGroup], after: Sequence[DiscussionGroup]) -> list[str]:
    """Return who sits in another group than before, by id; newcomers are not among them."""
    were = {person: group.id for group in before for person in group.people}
    return sorted(
        person
        for group in after
        for person in group.people
        if were.get(person, group.id) != group.id
    )
