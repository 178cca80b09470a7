"""Plans the discussion groups of sessions from registrations and the programme."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.store.submission import Submission
from seminarkit.topics.groups.groups_of_session import group_sessions, planned_groups
from seminarkit.topics.groups.leads import with_leads
from seminarkit.topics.groups.registrations import Registration, registrations
from seminarkit.topics.groups.seating.rules import Person, Round, Seating
from seminarkit.topics.groups.seating.seat_people import seat
from seminarkit.topics.groups.seating.timed_process import Problem, seat_within

NOBODY: Mapping[str, object] = {"rapporteur": None, "confirmed": False}


@dataclass(frozen=True)
class Plan:
    """A seating, and the registrations it is made from, by session."""

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
    """Plan the groups of ``sessions``; the groups of other sessions stay as decided.

    ``names`` maps each case to its title; ``placed`` maps people to the id of the group they are to
    sit in. People who were pinned to a group by hand stay there, and so do rapporteurs. As few
    people as possible are moved; with ``afresh``, earlier groups are ignored.
    """
    wanted = set(sessions)
    before = {
        session_id: groups
        for session_id, groups in seminar.seating.items()
        if not (afresh and session_id in wanted)
    }
    by_session: dict[str, list[Registration]] = {}
    rounds: dict[str, list[Round]] = defaultdict(list)
    for session in group_sessions(seminar):
        by_session[session.id] = registrations(seminar, session, submissions)
        if session.id in wanted:
            earlier = [group for round_ in rounds[session.kind] for group in round_.groups]
            groups = _groups(
                seminar, session, by_session[session.id], earlier, names, before.get(session.id, [])
            )
            rounds[session.kind].append(
                _round(seminar, session, groups, by_session[session.id], placed)
            )
        elif decided := seminar.seating.get(session.id):
            rounds[session.kind].append(
                _kept_round(seminar, session, decided, by_session[session.id])
            )
    open_rounds = [
        same_kind
        for same_kind in rounds.values()
        if any(round_.session in wanted for round_ in same_kind)
    ]
    settled = [
        same_kind for same_kind in rounds.values() if same_kind and same_kind not in open_rounds
    ]
    seatings = seat_within(seconds, [Problem(same_kind, before) for same_kind in open_rounds])
    # a session that is not planned is only evaluated
    seatings += [replace(seat(same_kind, {}, 0.0), gap=0.0) for same_kind in settled]
    return Plan(_merged(seminar, seatings), by_session)


def _groups(
    seminar: Seminar,
    session: Session,
    registered: Sequence[Registration],
    earlier: Sequence[DiscussionGroup],
    names: Mapping[str, str],
    decided_before: Sequence[DiscussionGroup],
) -> list[DiscussionGroup]:
    """Return the groups of a session with their leads, earlier groups as far as they still fit.

    A rapporteur who still comes stays rapporteur of their group.
    """
    assert session.seats is not None
    attending = [registration for registration in registered if registration.seated(session.seats)]
    wishes = Counter(wish for registration in attending for wish in registration.wishes)
    if decided_before and _still_fit(session, decided_before, len(attending)):
        planned: Sequence[DiscussionGroup] = decided_before
    else:
        planned = planned_groups(seminar, session, len(attending), wishes, names)
    attending_ids = {registration.person.id for registration in attending}
    decided = seminar.seating.get(session.id, [])
    with_rapporteur = {group.id: group for group in decided if group.rapporteur in attending_ids}
    return [
        group.model_copy(update=_rapporteur(with_rapporteur.get(group.id)))
        for group in with_leads(seminar, session, planned, earlier, decided_before)
    ]


def _rapporteur(earlier: DiscussionGroup | None) -> dict[str, object]:
    """Return the fields of a group's rapporteur as before; nobody without an earlier group."""
    return earlier.model_dump(include={"rapporteur", "confirmed"}) if earlier else {**NOBODY}


def _still_fit(session: Session, groups: Sequence[DiscussionGroup], people: int) -> bool:
    """Return whether earlier groups suit the session, though the programme may have changed."""
    assert session.seats is not None
    if session.groups:
        return {group.id for group in session.groups} == {group.id for group in groups}
    if session.cases and set(session.cases) != {group.case for group in groups}:
        return False
    low, high = session.seats.size
    return len(groups) * low <= people <= len(groups) * high or bool(session.cases)


def _round(
    seminar: Seminar,
    session: Session,
    groups: Sequence[DiscussionGroup],
    registered: Sequence[Registration],
    placed: Mapping[str, str],
) -> Round:
    assert session.seats is not None
    ids = {group.id for group in groups}
    sitting = {p: group.id for group in seminar.seating.get(session.id, []) for p in group.people}
    rapporteurs = {
        group.rapporteur: group.id
        for group in groups
        if group.rapporteur and sitting.get(group.rapporteur, group.id) == group.id
    }
    fixed = {**rapporteurs, **seminar.pins.get(session.id, {}), **placed}
    people = [
        _person(seminar, registration)
        for registration in registered
        if registration.seated(session.seats)
    ]
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
    groups: Sequence[DiscussionGroup],
    registered: Sequence[Registration],
) -> Round:
    assert session.seats is not None
    sitting = {person: group.id for group in groups for person in group.people}
    people = [
        _person(seminar, registration)
        for registration in registered
        if registration.person.id in sitting
    ]
    groups = tuple(group.model_copy(update={"people": []}) for group in groups)
    return Round(
        session.id,
        groups,
        tuple(people),
        session.seats.size,
        {group.id: group.wished_as for group in session.groups if group.wished_as},
        {group.id: group.profiles for group in session.groups},
        sitting,
    )


def _person(seminar: Seminar, registration: Registration) -> Person:
    country = registration.person.id[:2]
    region = seminar.countries[country].region
    return Person(
        registration.person.id, country, region, registration.person.profile, registration.wishes
    )


def _merged(seminar: Seminar, seatings: Sequence[Seating]) -> Seating:
    groups = {session: groups for part in seatings for session, groups in part.groups.items()}
    return Seating(
        groups,
        [violation for part in seatings for violation in part.violations],
        {session: wishes for part in seatings for session, wishes in part.wishes.items()},
        {s: moved(seminar.seating.get(s, []), after) for s, after in groups.items()},
        max((part.gap for part in seatings), default=0.0),
        any(part.ended for part in seatings),
    )


def moved(before: Sequence[DiscussionGroup], after: Sequence[DiscussionGroup]) -> list[str]:
    """Return the ids of people who sit in another group than before; newcomers do not count."""
    group_before = {person: group.id for group in before for person in group.people}
    return sorted(
        person
        for group in after
        for person in group.people
        if group_before.get(person, group.id) != group.id
    )
