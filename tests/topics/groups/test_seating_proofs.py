"""Is what is said to be proven of a plan true? Every other plan is tried, without the solver."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.greedy import sketch
from seminarkit.topics.groups.seating.rules import (
    PRICES,
    PROFILE_POINTS,
    WISH_POINTS,
    Person,
    Round,
    Seating,
)
from seminarkit.topics.groups.seating.seat_people import seat
from seminarkit.topics.groups.seating.solver import work

WORK = work(60.0)
Way = dict[tuple[str, str], str]  # the group of each person in each session
CASES = ("bergen", "graz")


def priced(wanted: tuple[int, int], number: int) -> int:
    return max(wanted[0] - number, number - wanted[1], 0)


def worth(rounds: list[Round], kept: dict[str, list[DiscussionGroup]], way: Way) -> tuple[int, ...]:
    """Count rules, seats kept, balance and points of a plan, from what the help says."""
    firm = balance = points = 0
    for each in rounds:
        number = len(each.groups)
        share = len(each.people) / number
        equal = (floor(share), ceil(share))
        for group in each.groups:
            here = [p for p in each.people if way[each.session, p.id] == group.id]
            firm += PRICES["size"] * priced(each.size, len(here))
            if not each.size[0] <= equal[0] <= equal[1] <= each.size[1]:
                balance += PRICES["equal size"] * priced(equal, len(here))
            for country, all_of in Counter(p.country for p in each.people).items():
                most = ceil(all_of / number)
                mates = sum(p.country == country for p in here)
                firm += PRICES["delegation"] * max(0, mates - most) * (all_of > 1)
            for kind in ("region", "profile"):
                for name, all_of in Counter(getattr(p, kind) for p in each.people).items():
                    part = all_of / number
                    some = sum(getattr(p, kind) == name for p in here)
                    balance += PRICES[kind] * priced((floor(part), ceil(part)), some)
            for person in here:
                if group.case in person.wishes:
                    points += WISH_POINTS[min(person.wishes.index(group.case), 1)]
                points += PROFILE_POINTS * (person.profile in each.made_for.get(group.id, ()))
    for person in rounds[0].people if len(rounds) == 2 else ():
        one, two = (next(g for g in r.groups if g.id == way[r.session, person.id]) for r in rounds)
        for rule in ("case", "chair"):
            if getattr(one, rule) and getattr(one, rule) == getattr(two, rule):
                firm += PRICES[rule]
    stays = sum(
        way[session, person] == group.id
        for session, groups in kept.items()
        for group in groups
        for person in group.people
        if (session, person) in way
    )
    return -firm, stays, -balance, points


def all_ways(rounds: list[Round]) -> list[Way]:
    places = [(each.session, p.id, [each.fixed_groups[p.id]] if p.id in each.fixed_groups else [g.id for g in each.groups]) for each in rounds for p in each.people]  # fmt: skip
    return [
        {
            (session, person): group
            for (session, person, _), group in zip(places, groups, strict=True)
        }
        for groups in product(*(open_groups for _, _, open_groups in places))
    ]


def way_of(seating: Seating) -> Way:
    return {(s, p): g.id for s, groups in seating.groups.items() for g in groups for p in g.people}


@st.composite
def small(draw: st.DrawFn) -> tuple[list[Round], dict[str, list[DiscussionGroup]]]:
    number = draw(st.integers(2, 5))
    who = tuple(
        Person(
            f"P{i}",
            draw(st.sampled_from("AB")),
            draw(st.sampled_from("rs")),
            draw(st.sampled_from(("neo", "policy"))),
            tuple(draw(st.permutations(CASES))[: draw(st.integers(0, 2))]),
        )
        for i in range(number)
    )
    rounds = []
    for name in ("one", "two")[: draw(st.integers(1, 2))]:
        alike = draw(st.integers(2, 3)) if number < 5 else 2
        groups = tuple(
            DiscussionGroup(id=f"{name}-{i}", title=f"{i}", case=draw(st.sampled_from(CASES)), chair=draw(st.sampled_from((None, "c", "d"))))
            for i in range(alike)
        )  # fmt: skip
        low = draw(st.integers(1, 3))
        placed = {"P0": draw(st.sampled_from(groups)).id} if draw(st.booleans()) else {}
        rounds.append(
            Round(name, groups, who, (low, draw(st.integers(low, 4))), fixed_groups=placed)
        )
    kept: dict[str, list[DiscussionGroup]] = {}
    if draw(st.booleans()):
        one = rounds[0]
        seats = {
            p.id: draw(st.sampled_from(one.groups)).id for p in who[: draw(st.integers(1, number))]
        }
        kept["one"] = [g.model_copy(update={"people": [p for p, at in seats.items() if at == g.id]}) for g in one.groups]  # fmt: skip
    return rounds, kept


def check_no_plan_is_better(rounds: list[Round], kept: dict[str, list[DiscussionGroup]]) -> None:
    seating = seat(rounds, kept, WORK)
    assert seating.gap == 0
    reached = worth(rounds, loose(rounds, kept), way_of(seating))
    assert reached == max(worth(rounds, loose(rounds, kept), way) for way in all_ways(rounds))
    assert seating.groups == seat(rounds, kept, WORK).groups


def loose(
    rounds: list[Round], kept: dict[str, list[DiscussionGroup]]
) -> dict[str, list[DiscussionGroup]]:
    """Leave out who has a seat given by hand: they do not move by the plan."""
    placed = {each.session: each.fixed_groups for each in rounds}
    return {
        session: [g.model_copy(update={"people": [p for p in g.people if p not in placed[session]]}) for g in groups]
        for session, groups in kept.items()
    }  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(small())
@pytest.mark.timeout(120)
def test_no_other_plan_is_better_than_a_proven_one(
    drawn: tuple[list[Round], dict[str, list[DiscussionGroup]]],
) -> None:
    """T04 O27: rules, then seats kept, then balance, then points: is it the best of all plans?"""
    check_no_plan_is_better(*drawn)


@pytest.mark.nightly
@settings(max_examples=1500, deadline=None)
@given(small())
@pytest.mark.timeout(3600)
def test_no_other_plan_is_better_than_a_proven_one_in_a_long_draw(
    drawn: tuple[list[Round], dict[str, list[DiscussionGroup]]],
) -> None:
    """T04 O27"""
    check_no_plan_is_better(*drawn)


@settings(max_examples=25, deadline=None)
@given(small(), st.sampled_from([0.0, 0.01, 0.1, 1.0]))
@pytest.mark.timeout(120)
def test_a_gap_is_never_smaller_than_what_another_plan_gains(
    drawn: tuple[list[Round], dict[str, list[DiscussionGroup]]], little: float
) -> None:
    """T04: with next to no work everybody sits, and a plan that is not the best has a gap."""
    rounds, kept = drawn
    seating = seat(rounds, kept, little)
    way = way_of(seating)
    assert set(way) == {(each.session, p.id) for each in rounds for p in each.people}
    assert all(way[r.session, p] == group for r in rounds for p, group in r.fixed_groups.items())
    values = [worth(rounds, loose(rounds, kept), each) for each in (way, *all_ways(rounds))]
    assert seating.gap > 0 or values[0] == max(values)


def test_a_sketch_seats_everybody_once() -> None:
    """T04: the answer for when nothing better is known."""
    who = tuple(Person(f"P{i}", f"{i // 3}", "r", "neo") for i in range(30))
    groups = tuple(DiscussionGroup(id=f"g{i}", title=f"{i}") for i in range(3))
    each = Round("r", groups, who, (8, 12))
    seats = sketch([each], {})
    assert sorted(p for _, p, _ in seats) == sorted(p.id for p in who)
    assert Counter(g for _, _, g in seats) == dict.fromkeys(("g0", "g1", "g2"), 10)
    assert sketch([replace(each, fixed_groups={"P7": "g1"})], {}) >= {("r", "P7", "g1")}
