"""Does a plan depend on the work alone, and is the time kept at any size?"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.groups.planning import Plan, plan
from seminarkit.topics.groups.seating import seat_people as seating
from seminarkit.topics.groups.seating.rules import Round, Seating
from seminarkit.topics.groups.seating.solver import work
from seminarkit.topics.groups.seating.timed_process import Problem, seat_within


def benchmark() -> dict[str, Any]:
    import sys

    place = KIT / "scripts" / "benchmarks"
    sys.path.insert(0, str(place))
    try:
        return runpy.run_path(str(place / "groups.py"))
    finally:
        sys.path.remove(str(place))


def rounds(number: int, groups: int, chairs: int) -> list[Round]:
    made = benchmark()
    result: list[Round] = made["rounds"](made["people"](number), groups, chairs)
    return result


def seated(answer: Seating) -> int:
    return sum(len(g.people) for groups in answer.groups.values() for g in groups)


@pytest.mark.timeout(120)
def test_work_that_is_not_done_ends_at_the_same_plan() -> None:
    """Rule 5 T04: cut off in the midst of its work, the solver has the same answer each time."""
    problem = rounds(40, 3, 3)
    first, second = (seating.seat(problem, {}, 0.4) for _ in range(2))
    assert first.gap > 0 and not first.ended
    assert first == second


@pytest.mark.timeout(120)
def test_the_time_is_kept_though_nothing_was_found() -> None:
    """T04: ended before its work began, a large plan is a sketch, in which everybody sits."""
    problem = rounds(300, 20, 20)
    start = time.monotonic()
    (answer,) = seat_within(0.2, [Problem(problem, {})])
    assert time.monotonic() - start < 15
    assert answer.ended and answer.gap > 0 and seated(answer) == 600


@pytest.mark.timeout(200)
def test_the_best_plan_of_several_hundred_people_is_found_and_proven() -> None:
    """T04: 300 people in 20 groups: by kinds of groups first, and no rule is broken."""
    answer = seating.seat(rounds(300, 20, 20), {}, work(60.0))
    assert answer.gap == 0 and answer.violations == [] and seated(answer) == 600


@pytest.mark.nightly
@pytest.mark.timeout(300)
def test_a_thousand_people_have_a_plan_with_its_gap_in_time() -> None:
    """T04: 60 groups, a limit of 60 s: an answer within 75 s."""
    start = time.monotonic()
    (answer,) = seat_within(60.0, [Problem(rounds(1000, 60, 60), {})])
    assert time.monotonic() - start < 75
    assert seated(answer) == 2000 and 0 <= answer.gap <= 1


@contextmanager
def busy_loops(number: int) -> Iterator[None]:
    context = multiprocessing.get_context("spawn")
    loops = [context.Process(target=_for_ever, daemon=True) for _ in range(number)]
    for each in loops:
        each.start()
    try:
        yield
    finally:
        for each in loops:
            each.kill()
            each.join()


def _for_ever() -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        pass


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_the_sample_has_the_same_groups_on_a_busy_computer(demo: SeminarFolder) -> None:
    """T04 K01: planned from scratch alone, with two busy loops beside, and as the demo kept them."""
    seminar = demo.seminar.model_copy(update={"seating": {}, "pins": {}})
    names = {case.id: case.institution for case in demo.cases.values()}
    sessions = [session.id for session in seminar.sessions if session.seats]
    notes = {
        group.rapporteur: group.id
        for groups in demo.seminar.seating.values()
        for group in groups
        if group.rapporteur
    }

    def planned() -> Plan:
        return plan(seminar, submissions(demo.database), names, sessions, notes, 300)

    alone = planned()
    with busy_loops(2):
        beside = planned()
    assert alone.seating == beside.seating and alone.seating.gap == 0
    people = [
        {g.id: g.people for g in groups} for groups in (alone.seating.groups[s] for s in sessions)
    ]
    assert people == [{g.id: g.people for g in demo.seminar.seating[s]} for s in sessions]
