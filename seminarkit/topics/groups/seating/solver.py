"""Yes-or-no choices under rules, solved exactly.

A rule with a price may be broken where not all can be kept; the solution says which were. Goals are
reached one after the other: no later goal takes away what an earlier one reached.

How long the solver looks is counted in its own work, not by a clock: the same model gives the same
solution on an idle and on a busy machine. Who cannot wait ends the process.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, isfinite

import numpy as np

from seminarkit.core.errors import SeminarError
from seminarkit.core.integer_programs import INFINITE, Programme, Row

Terms = Sequence[tuple[int, int]]  # (factor, column) pairs
SHARE = 0.6  # of the work that is left, for each goal but the last
LOOK = 2_000  # columns of a model of which one look of the solver is one unit of work
UNITS_PER_SECOND = 40.0  # an idle computer of 2020 does 170 of a small model, 55 of a large one


@dataclass(frozen=True)
class Rule:
    """``low`` ≤ the sum of the terms ≤ ``high``.

    One that may be broken has a ``price`` a unit, and two columns that say by how much it is: too
    little and too much.
    """

    terms: Terms
    low: int
    high: int
    price: int = 0
    short: int = -1


@dataclass(frozen=True)
class Solution:
    """Which choices are yes, and how sure it is that none is better.

    ``values`` are the sums reached for each goal, ``bounds`` the most that they might have been
    once the goals before were reached; equal means proven.
    """

    chosen: frozenset[int]
    values: tuple[int, ...]
    bounds: tuple[int, ...]

    @property
    def gap(self) -> float:
        """Return the most that a goal might still gain, as a part of what it reached."""
        return gap(self.values, self.bounds)


def gap(values: Sequence[int], bounds: Sequence[int]) -> float:
    """Return the most that a sum might still gain, as a part of it: 0 is proven, 1 the most."""
    missing = (
        min(1.0, (most - value) / max(1, abs(value)))
        for value, most in zip(values, bounds, strict=True)
        if most > value
    )
    return max(missing, default=0.0)


def work(seconds: float) -> float:
    """Return how much work is surely done within some seconds, also on a busy machine."""
    return UNITS_PER_SECOND * seconds


@dataclass
class Choices:
    """A set of choices, and the rules between them."""

    columns: int = 0
    rules: list[Rule] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)

    def new(self) -> int:
        """Return a new choice."""
        self.columns += 1
        return self.columns - 1

    def rule(self, terms: Terms, low: int, high: int, price: int = 0) -> int:
        """Add a rule and return its number; without a price it cannot be broken."""
        short = -1
        if price:
            short = self.new()
            self.amounts += [short, self.new()]
        self.rules.append(Rule(terms, low, high, price, short))
        return len(self.rules) - 1

    def keeping(self, rules: Iterable[int]) -> Terms:
        """Return the goal to break these rules as little as can be."""
        return [
            (-self.rules[number].price, self.rules[number].short + side)
            for number in rules
            for side in (0, 1)
        ]

    def broken(self, chosen: Collection[int]) -> list[int]:
        """Return the numbers of the rules that these choices break."""
        yes = frozenset(chosen)
        return [number for number, rule in enumerate(self.rules) if not _kept(rule, yes)]

    def values(self, goals: Sequence[Terms], chosen: Iterable[int]) -> list[int]:
        """Return what choices reach of each goal."""
        columns = self._completed(chosen)
        return [round(sum(factor * columns[at] for factor, at in goal)) for goal in goals]

    def solve(
        self,
        goals: Sequence[Terms],
        work: float,
        start: Iterable[int] = (),
        better: Callable[[frozenset[int]], None] | None = None,
    ) -> Solution:
        """Make each goal's sum as large as can be, in order.

        ``work`` is how long to look, for all of it (see ``work()``); ``start`` are choices to
        begin with; ``better`` hears of the choices so far, each time a goal is reached. The same
        input gives the same solution. Raises SeminarError where not even one is found.
        """
        programme = self._programme()
        looks = _Looks()
        programme.watch(looks.are_enough)
        begin = list(start)
        columns = self._completed(begin) if begin else [0.0] * self.columns
        left = work * LOOK / max(self.columns, 1)
        asked = [number for number, goal in enumerate(goals) if goal]
        bounds = [0 for _ in goals]
        for number in asked:
            # no goal takes all that is left: the later ones are to have their turn
            looks.limit = left if number == asked[-1] else SHARE * left
            columns, bounds[number] = _reach(programme, goals[number], columns)
            left = max(1.0, left - looks.taken())
            if better:
                better(self._chosen(columns))
        chosen = self._chosen(columns)
        return Solution(chosen, tuple(self.values(goals, chosen)), tuple(bounds))

    def _chosen(self, columns: Sequence[float]) -> frozenset[int]:
        amounts = set(self.amounts)
        return frozenset(i for i, v in enumerate(columns) if v > 0.5 and i not in amounts)

    def _programme(self) -> Programme:
        rows = []
        for rule in self.rules:
            terms = [*rule.terms]
            if rule.price:
                terms += [(1, rule.short), (-1, rule.short + 1)]
            columns, factors = [at for _, at in terms], [factor for factor, _ in terms]
            rows.append(Row(columns, factors, rule.low, rule.high))
        amounts = {*self.amounts}
        highest = [INFINITE if at in amounts else 1.0 for at in range(self.columns)]
        return Programme(highest, [at not in amounts for at in range(self.columns)], rows)

    def _completed(self, start: Iterable[int]) -> list[float]:
        """Return all columns for some choices: by how much they break each rule, too."""
        columns = [0.0] * self.columns
        for choice in start:
            columns[choice] = 1.0
        for rule in self.rules:
            if rule.price:
                total = sum(factor * columns[column] for factor, column in rule.terms)
                columns[rule.short] = max(0.0, rule.low - total)
                columns[rule.short + 1] = max(0.0, total - rule.high)
        return columns


class _Looks:
    """Counts how often the solver looks whether to go on, and stops it at a limit.

    It looks at the same places of its work whatever the machine does, unlike a clock.
    """

    def __init__(self) -> None:
        self.limit, self._number = 0.0, 0

    def taken(self) -> int:
        """Return the number of looks since this was last asked."""
        number, self._number = self._number, 0
        return number

    def are_enough(self) -> bool:
        """Count one more look, and return whether it is one too many."""
        self._number += 1
        return self._number > self.limit


def _kept(rule: Rule, chosen: frozenset[int]) -> bool:
    return rule.low <= sum(factor for factor, column in rule.terms if column in chosen) <= rule.high


def _reach(programme: Programme, goal: Terms, known: list[float]) -> tuple[list[float], int]:
    """Make a goal's sum as large as can be and hold it there; return all columns, and its bound."""
    cost = np.zeros(len(known))
    for factor, column in goal:
        cost[column] -= factor
    answer = programme.minimise(cost, known)
    if answer is None:
        raise SeminarError("No way to share people out was found in the time given; give more.")
    best = round(answer.cost)
    # factors are whole numbers, so the bound is one too; where none is known, each column may be 1
    bound = answer.bound
    least = ceil(bound - 1e-6) if isfinite(bound) else round(cost[cost < 0].sum())
    used = np.flatnonzero(cost).tolist()
    if best == 0 and (cost >= 0).all():  # nothing is broken, and nothing may be from here on
        for column in used:
            programme.bound_column(column, 0.0, 0.0)
    else:  # factors are whole numbers, so a half more is none
        programme.add_row(Row(used, cost[used].tolist(), -INFINITE, best + 0.5))
    return answer.values, -min(least, best)
