"""Assign chairs and discussants to discussion groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import LEADS, Lead, role_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Part, Session

_SECONDS = 60.0


def with_leads(
    seminar: Seminar,
    session: Session,
    groups: Sequence[DiscussionGroup],
    earlier: Sequence[DiscussionGroup],
    previous: Sequence[DiscussionGroup],
) -> list[DiscussionGroup]:
    """Return the groups with a chair and a discussant each, as far as there are enough people.

    Nobody leads two groups at once, or the same case as in the ``earlier`` round. A session that
    names no chairs or discussants takes those of the last earlier session of its kind that names
    some. The leads of the ``previous`` plan of this session stay where the rules allow it.
    """
    people = {
        seat: _assigned(_pool(seminar, session, seat), groups, earlier, previous, seat)
        for seat in LEADS
    }
    return [
        group.model_copy(update={seat: people[seat].get(group.id) for seat in LEADS})
        for group in groups
    ]


def leads_are_allowed(
    seminar: Seminar,
    session: Session,
    decided: Sequence[DiscussionGroup],
    earlier: Sequence[DiscussionGroup],
) -> bool:
    """Return whether the programme allows the leads of the decided groups; solves nothing.

    It does not where a group without a lead could have one who leads no other.
    """
    for seat in LEADS:
        places = dict(_pool(seminar, session, seat))
        leading = [person for group in decided if (person := group.lead(seat))]
        if len(leading) != len(set(leading)):
            return False
        for group in decided:
            person = group.lead(seat)
            eligible = {
                p for p, place in places.items() if _may_lead(p, place, group, earlier, seat)
            }
            if (person not in eligible) if person else (eligible - set(leading)):
                return False
    return True


def _may_lead(
    person: str,
    place: str | None,
    group: DiscussionGroup,
    earlier: Sequence[DiscussionGroup],
    seat: Lead,
) -> bool:
    """Return whether a person may lead a group, given the place the programme assigns them."""
    is_elsewhere = place is not None and place not in (group.case, group.id)
    is_repeat = any(g.case and g.case == group.case and g.lead(seat) == person for g in earlier)
    return not is_elsewhere and not is_repeat


def _pool(seminar: Seminar, session: Session, seat: Lead) -> list[tuple[str, str | None]]:
    """Return the people who can have a seat, with the group or case the programme assigns."""
    until = seminar.sessions.index(session) + 1
    same_kind = [s for s in seminar.sessions[:until] if s.kind == session.kind]
    for source in reversed(same_kind):
        people = [
            (part.person, place)
            for part, place in _parts(source)
            if part.person and role_of(seminar, part.role).seat == seat
        ]
        if people:
            # a group assigned in another round does not bind this one
            return [(person, place if source is session else None) for person, place in people]
    return []


def _parts(session: Session) -> Iterator[tuple[Part, str | None]]:
    for part in session.parts:
        yield part, part.case
    for group in session.groups:
        for part in group.parts:
            yield part, group.id


def _assigned(
    people: Sequence[tuple[str, str | None]],
    groups: Sequence[DiscussionGroup],
    earlier: Sequence[DiscussionGroup],
    previous: Sequence[DiscussionGroup],
    seat: Lead,
) -> Mapping[str, str]:
    """Return the lead of each group: most groups led, then least change, then in order."""
    from seminarkit.topics.groups.seating.solver import Choices, work  # loads HiGHS and numpy

    choices = Choices()
    places: dict[tuple[str, str], int] = {}
    for person, place in dict(people).items():
        for group in groups:
            if _may_lead(person, place, group, earlier, seat):
                places[person, group.id] = choices.add_choice()
    for name in {person for person, _ in places}:
        choices.add_rule([(1, n) for (person, _), n in places.items() if person == name], 0, 1)
    for group in groups:
        choices.add_rule([(1, n) for (_, at), n in places.items() if at == group.id], 0, 1)
    if not places:
        return {}
    before = {(group.lead(seat), group.id) for group in previous}
    order = {key: len(places) - abs(i - j) for i, j, key in _distances(people, groups)}
    goals = [
        [(1, number) for number in places.values()],
        [(1, number) for key, number in places.items() if key in before],
        [(order[key], number) for key, number in places.items()],
    ]
    chosen = choices.solve(goals, work(_SECONDS)).chosen
    return {group: person for (person, group), number in places.items() if number in chosen}


def _distances(
    people: Sequence[tuple[str, str | None]], groups: Sequence[DiscussionGroup]
) -> Iterator[tuple[int, int, tuple[str, str]]]:
    for i, person in enumerate(dict(people)):
        for j, group in enumerate(groups):
            yield i, j, (person, group.id)
