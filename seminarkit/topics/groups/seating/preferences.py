"""What people wish to hear: how glad a seat makes them, and whose wish was granted."""

from __future__ import annotations

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.rules import PROFILE_POINTS, WISH_POINTS, Person, Round


def points(person: Person, each: Round, group: DiscussionGroup) -> int:
    """Return how glad a person would be to sit in a group."""
    wish = _wish_for(person, each, group)
    wished = 0 if wish is None else WISH_POINTS[min(wish, len(WISH_POINTS) - 1)]
    return wished + PROFILE_POINTS * (person.profile in each.made_for.get(group.id, ()))


def _wish_for(person: Person, each: Round, group: DiscussionGroup) -> int | None:
    names = {group.case, group.id, each.answers.get(group.id)}
    return next((i for i, wish in enumerate(person.wishes) if wish in names), None)


def granted(each: Round, seated: set[tuple[str, str, str]]) -> list[list[str]]:
    """Return who got their first, second … wish in a round."""
    got: list[list[str]] = [[] for _ in range(max((len(p.wishes) for p in each.people), default=0))]
    for person in each.people:
        for group in each.groups:
            wish = _wish_for(person, each, group)
            if wish is not None and (each.session, person.id, group.id) in seated:
                got[wish].append(person.id)
    return got
