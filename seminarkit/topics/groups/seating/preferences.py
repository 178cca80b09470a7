"""Preference scores of seats, and the wishes that a seating grants."""

from __future__ import annotations

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.rules import PROFILE_POINTS, WISH_POINTS, Person, Round


def preference_score(person: Person, round_: Round, group: DiscussionGroup) -> int:
    """Return the preference score of a person for a group."""
    rank = _rank_of_wish(person, round_, group)
    wish_points = 0 if rank is None else WISH_POINTS[min(rank, len(WISH_POINTS) - 1)]
    return wish_points + PROFILE_POINTS * (person.profile in round_.made_for.get(group.id, ()))


def _rank_of_wish(person: Person, round_: Round, group: DiscussionGroup) -> int | None:
    """Return the index of the person's first wish that means this group, or None."""
    names = {group.case, group.id, round_.wished_as.get(group.id)}
    return next((i for i, wish in enumerate(person.wishes) if wish in names), None)


def granted_wishes(round_: Round, seated: set[tuple[str, str, str]]) -> list[list[str]]:
    """Return the ids of people whose first, second … wish was granted in a round."""
    by_rank: list[list[str]] = [
        [] for _ in range(max((len(p.wishes) for p in round_.people), default=0))
    ]
    for person in round_.people:
        for group in round_.groups:
            rank = _rank_of_wish(person, round_, group)
            if rank is not None and (round_.session, person.id, group.id) in seated:
                by_rank[rank].append(person.id)
    return by_rank
