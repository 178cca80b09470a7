"""Who leads which discussion group: chairs, and discussants who gave a case study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import LEADS, Lead, role_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Part, Session

_SECONDS = 60.0


def led(
    seminar: Seminar,
    session: Session,
    groups: Sequence[DiscussionGroup],
    earlier: Sequence[DiscussionGroup],
    kept: Sequence[DiscussionGroup],
) -> list[DiscussionGroup]:
    """Return the groups with a chair and a discussant each, as far as there are enough people.

    Nobody leads two groups at once. Who led a case in the ``earlier`` round leads another one now.
    A session that names no chairs or discussants borrows those of the session before it that has
    some. Who is in ``kept`` stays, where the rules allow it.
    """
    people = {
        seat: _placed(_pool(seminar, session, seat), groups, earlier, kept, seat) for seat in LEADS
    }
    return [
        group.model_copy(update={seat: people[seat].get(group.id) for seat in LEADS})
        for group in groups
    ]


def stand(
    seminar: Seminar,
    session: Session,
    decided: Sequence[DiscussionGroup],
    earlier: Sequence[DiscussionGroup],
) -> bool:
    """Say, without solving anything, whether the programme allows who leads the decided groups.

    Not so where somebody who leads no group could lead one that nobody does.
    """
    for seat in LEADS:
        places = dict(_pool(seminar, session, seat))
        leading = [person for group in decided if (person := group.lead(seat))]
        if len(leading) != len(set(leading)):
            return False
        for group in decided:
            person = group.lead(seat)
            able = {p for p, place in places.items() if _may(p, place, group, earlier, seat)}
            if (person not in able) if person else (able - set(leading)):
                return False
    return True


def _may(
    person: str,
    place: str | None,
    group: DiscussionGroup,
    earlier: Sequence[DiscussionGroup],
    seat: Lead,
) -> bool:
    """Say whether a person, given a place by the programme or not, may lead a group."""
    taken = place is not None and place not in (group.case, group.id)
    again = any(g.case and g.case == group.case and g.lead(seat) == person for g in earlier)
    return not taken and not again


def _pool(seminar: Seminar, session: Session, seat: Lead) -> list[tuple[str, str | None]]:
    """Return who can have a seat, each with the group or case that the programme gives them."""
    until = seminar.sessions.index(session) + 1
    same = [s for s in seminar.sessions[:until] if s.kind == session.kind]
    for each in reversed(same):
        found = [
            (part.person, place)
            for part, place in _parts(each)
            if part.person and role_of(seminar, part.role).seat == seat
        ]
        if found:
            # what was given to somebody in another round binds nobody in this one
            return [(person, place if each is session else None) for person, place in found]
    return []


def _parts(session: Session) -> Iterator[tuple[Part, str | None]]:
    for part in session.parts:
        yield part, part.case
    for group in session.groups:
        for part in group.parts:
            yield part, group.id


def _placed(
    people: Sequence[tuple[str, str | None]],
    groups: Sequence[DiscussionGroup],
    earlier: Sequence[DiscussionGroup],
    kept: Sequence[DiscussionGroup],
    seat: Lead,
) -> Mapping[str, str]:
    """Return who leads each group: most groups led, then who led it before, then in order."""
    from seminarkit.topics.groups.seating.solver import Choices, work  # loads HiGHS and numpy

    choices = Choices()
    places: dict[tuple[str, str], int] = {}
    for person, place in dict(people).items():
        for group in groups:
            if _may(person, place, group, earlier, seat):
                places[person, group.id] = choices.new()
    for name in {person for person, _ in places}:
        choices.rule([(1, n) for (person, _), n in places.items() if person == name], 0, 1)
    for group in groups:
        choices.rule([(1, n) for (_, at), n in places.items() if at == group.id], 0, 1)
    if not places:
        return {}
    before = {(group.lead(seat), group.id) for group in kept}
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
