"""A greedy heuristic that assigns seats one by one; the fallback if no time is left to solve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.preferences import preference_score
from seminarkit.topics.groups.seating.rules import NO_REPEAT, PRICES, Person, Round
from seminarkit.topics.groups.seating.seating_program import EarlierGroups, Seat


def sketch(rounds: Sequence[Round], earlier: EarlierGroups) -> set[Seat]:
    """Return a seat for everybody: the fixed or earlier one, else the cheapest group.

    People with a fixed or earlier seat come first; then each person in turn takes the group of the
    least cost: its size, their delegation, repeated encounters, and their preferences.
    """
    met: dict[str, set[tuple[str, str]]] = {}
    for round_ in rounds:
        if round_.is_settled or len(round_.fixed_groups) >= len(round_.people):
            for person in round_.people:
                if person.id in round_.fixed_groups:
                    _record_encounter(
                        met, person.id, _by_id(round_)[round_.fixed_groups[person.id]]
                    )
    seats: set[Seat] = set()
    for round_ in rounds:
        seats |= _round_sketch(round_, earlier, met)
    return seats


def _round_sketch(
    round_: Round, earlier: EarlierGroups, met: dict[str, set[tuple[str, str]]]
) -> set[Seat]:
    groups = _by_id(round_)
    earlier_seats = {
        person: group.id
        for group in earlier.get(round_.session, [])
        for person in group.people
        if group.id in groups
    }
    fixed = {**earlier_seats, **round_.fixed_groups}
    sizes: Counter[str] = Counter()
    compatriots: Counter[tuple[str, str]] = Counter()
    attributes: Counter[tuple[str, str]] = Counter()
    seats: set[Seat] = set()
    for person in sorted(round_.people, key=lambda p: p.id not in fixed):
        group = groups.get(fixed.get(person.id, ""))
        if group is None:

            def cost(place: DiscussionGroup, person: Person = person) -> tuple[float, int]:
                repeats = sum(
                    PRICES[rule]
                    for rule in NO_REPEAT
                    if (rule, getattr(place, rule)) in met.get(person.id, set())
                )
                multiplicity = round_.multiplicity.get(place.id, 1)
                is_full = sizes[place.id] >= round_.size[1] * multiplicity
                price = (
                    repeats
                    + PRICES["size"] * is_full
                    + PRICES["delegation"] * compatriots[place.id, person.country]
                    + PRICES["equal size"] * sizes[place.id] / multiplicity
                    + PRICES["profile"] * attributes[place.id, person.profile]
                    + PRICES["region"] * attributes[place.id, person.region]
                    - preference_score(person, round_, place)
                )
                return price, sizes[place.id]

            group = min(round_.groups, key=cost)
        sizes[group.id] += 1
        compatriots[group.id, person.country] += 1
        attributes[group.id, person.profile] += 1
        attributes[group.id, person.region] += 1
        seats.add((round_.session, person.id, group.id))
        _record_encounter(met, person.id, group)
    return seats


def _by_id(round_: Round) -> dict[str, DiscussionGroup]:
    return {group.id: group for group in round_.groups}


def _record_encounter(
    met: dict[str, set[tuple[str, str]]], person: str, group: DiscussionGroup
) -> None:
    met.setdefault(person, set()).update((rule, getattr(group, rule) or "") for rule in NO_REPEAT)
    met[person] -= {(rule, "") for rule in NO_REPEAT}
