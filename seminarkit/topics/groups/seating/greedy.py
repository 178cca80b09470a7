"""Seats given one after the other: quick and never best, for when nothing better is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.preferences import points
from seminarkit.topics.groups.seating.rules import AGAIN, PRICES, Person, Round
from seminarkit.topics.groups.seating.seating_program import Kept, Seat


def sketch(rounds: Sequence[Round], kept: Kept) -> set[Seat]:
    """Return a seat for everybody: where they were put or sat before, else the best one free.

    Whoever has a seat comes first; then each person in turn takes the group that costs least: by
    its size, their delegation, whom they meet again, and what they wish.
    """
    met: dict[str, set[tuple[str, str]]] = {}
    for each in rounds:
        if each.settled or len(each.placed) >= len(each.people):
            for person in each.people:
                if person.id in each.placed:
                    _meet(met, person.id, _by_id(each)[each.placed[person.id]])
    seats: set[Seat] = set()
    for each in rounds:
        seats |= _round_sketch(each, kept, met)
    return seats


def _round_sketch(each: Round, kept: Kept, met: dict[str, set[tuple[str, str]]]) -> set[Seat]:
    groups = _by_id(each)
    before = {
        person: group.id
        for group in kept.get(each.session, [])
        for person in group.people
        if group.id in groups
    }
    fixed = {**before, **each.placed}
    sizes: Counter[str] = Counter()
    mates: Counter[tuple[str, str]] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    seats: set[Seat] = set()
    for person in sorted(each.people, key=lambda p: p.id not in fixed):
        group = groups.get(fixed.get(person.id, ""))
        if group is None:

            def cost(place: DiscussionGroup, person: Person = person) -> tuple[float, int]:
                again = sum(
                    PRICES[rule]
                    for rule in AGAIN
                    if (rule, getattr(place, rule)) in met.get(person.id, set())
                )
                stands_for = each.stands_for.get(place.id, 1)
                full = sizes[place.id] >= each.size[1] * stands_for
                price = (
                    again
                    + PRICES["size"] * full
                    + PRICES["delegation"] * mates[place.id, person.country]
                    + PRICES["equal size"] * sizes[place.id] / stands_for
                    + PRICES["profile"] * kinds[place.id, person.profile]
                    + PRICES["region"] * kinds[place.id, person.region]
                    - points(person, each, place)
                )
                return price, sizes[place.id]

            group = min(each.groups, key=cost)
        sizes[group.id] += 1
        mates[group.id, person.country] += 1
        kinds[group.id, person.profile] += 1
        kinds[group.id, person.region] += 1
        seats.add((each.session, person.id, group.id))
        _meet(met, person.id, group)
    return seats


def _by_id(each: Round) -> dict[str, DiscussionGroup]:
    return {group.id: group for group in each.groups}


def _meet(met: dict[str, set[tuple[str, str]]], person: str, group: DiscussionGroup) -> None:
    met.setdefault(person, set()).update((rule, getattr(group, rule) or "") for rule in AGAIN)
    met[person] -= {(rule, "") for rule in AGAIN}
