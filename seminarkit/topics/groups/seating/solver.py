"""Binary programmes with several goals in lexicographic order, solved exactly.

A rule with a price is a soft constraint: it may be violated where not all can be satisfied, and the
solution reports which. No later goal worsens what an earlier one reached.

Work is counted in calls from the solver, not by a clock, so the same model gives the same solution
on an idle and on a busy machine. A caller with a time limit has to end the process.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, isfinite

import numpy as np

from seminarkit.core.errors import SeminarError
from seminarkit.core.integer_programs import INFINITE, Programme, Row

Terms = Sequence[tuple[int, int]]  # a linear expression as (factor, column) pairs
SHARE = 0.6  # of the remaining work, for each goal but the last
LOOK = 2_000  # one callback of a model with so many columns is one unit of work
UNITS_PER_SECOND = 40.0  # an idle computer of 2020 does 170 of a small model, 55 of a large one


@dataclass(frozen=True)
class Rule:
    """A linear constraint: ``low`` ≤ the sum of the terms ≤ ``high``.

    A soft constraint has a ``price`` per unit and two slack columns, for too little (``short``)
    and, next to it, for too much.
    """

    terms: Terms
    low: int
    high: int
    price: int = 0
    short: int = -1


@dataclass(frozen=True)
class Solution:
    """The variables that are 1, and how close to optimal they are.

    ``values`` are the goals' sums, ``bounds`` the upper bounds proven for each once the earlier
    goals were reached; equal means optimal.
    """

    chosen: frozenset[int]
    values: tuple[int, ...]
    bounds: tuple[int, ...]

    @property
    def gap(self) -> float:
        """The largest relative gap of any goal."""
        return optimality_gap(self.values, self.bounds)


def optimality_gap(values: Sequence[int], bounds: Sequence[int]) -> float:
    """Return the largest gap of a bound, relative to the value: 0 is optimal, 1 the maximum."""
    gaps = (
        min(1.0, (bound - value) / max(1, abs(value)))
        for value, bound in zip(values, bounds, strict=True)
        if bound > value
    )
    return max(gaps, default=0.0)


def work(seconds: float) -> float:
    """Return the units of work that any machine, even a busy one, does within these seconds."""
    return UNITS_PER_SECOND * seconds


@dataclass
class Choices:
    """Binary variables ("choices"), and the linear constraints ("rules") on them."""

    columns: int = 0
    rules: list[Rule] = field(default_factory=list)
    slack_columns: list[int] = field(default_factory=list)

    def add_choice(self) -> int:
        """Add a binary variable and return its column."""
        self.columns += 1
        return self.columns - 1

    def add_rule(self, terms: Terms, low: int, high: int, price: int = 0) -> int:
        """Add a constraint and return its number; without a price it is hard."""
        short = -1
        if price:
            short = self.add_choice()
            self.slack_columns += [short, self.add_choice()]
        self.rules.append(Rule(terms, low, high, price, short))
        return len(self.rules) - 1

    def penalty_goal(self, rules: Iterable[int]) -> Terms:
        """Return the goal that minimises the violation of these rules."""
        return [
            (-self.rules[number].price, self.rules[number].short + side)
            for number in rules
            for side in (0, 1)
        ]

    def violated(self, chosen: Collection[int]) -> list[int]:
        """Return the numbers of the rules that these choices violate."""
        chosen_columns = frozenset(chosen)
        return [
            number
            for number, rule in enumerate(self.rules)
            if not _is_satisfied(rule, chosen_columns)
        ]

    def values(self, goals: Sequence[Terms], chosen: Iterable[int]) -> list[int]:
        """Return the value of each goal for these choices."""
        columns = self._with_slack(chosen)
        return [round(sum(factor * columns[at] for factor, at in goal)) for goal in goals]

    def solve(
        self,
        goals: Sequence[Terms],
        work: float,
        start: Iterable[int] = (),
        on_better: Callable[[frozenset[int]], None] | None = None,
    ) -> Solution:
        """Maximise each goal's sum, in order.

        ``work`` limits the search over all goals (see ``work()``), ``start`` is an initial
        solution, and ``on_better`` is called with the choices whenever a goal is reached. The same
        input gives the same solution. Raises SeminarError if no feasible solution is found.
        """
        programme = self._programme()
        counter = _CallbackCounter()
        programme.watch(counter.limit_reached)
        start_choices = list(start)
        columns = self._with_slack(start_choices) if start_choices else [0.0] * self.columns
        work_left = work * LOOK / max(self.columns, 1)
        goal_numbers = [number for number, goal in enumerate(goals) if goal]
        bounds = [0 for _ in goals]
        for number in goal_numbers:
            # leave some of the work for the later goals
            counter.limit = work_left if number == goal_numbers[-1] else SHARE * work_left
            columns, bounds[number] = _maximise(programme, goals[number], columns)
            work_left = max(1.0, work_left - counter.take_count())
            if on_better:
                on_better(self._chosen(columns))
        chosen = self._chosen(columns)
        return Solution(chosen, tuple(self.values(goals, chosen)), tuple(bounds))

    def _chosen(self, columns: Sequence[float]) -> frozenset[int]:
        amounts = set(self.slack_columns)
        return frozenset(i for i, v in enumerate(columns) if v > 0.5 and i not in amounts)

    def _programme(self) -> Programme:
        rows = []
        for rule in self.rules:
            terms = [*rule.terms]
            if rule.price:
                terms += [(1, rule.short), (-1, rule.short + 1)]
            columns, factors = [at for _, at in terms], [factor for factor, _ in terms]
            rows.append(Row(columns, factors, rule.low, rule.high))
        amounts = {*self.slack_columns}
        highest = [INFINITE if at in amounts else 1.0 for at in range(self.columns)]
        return Programme(highest, [at not in amounts for at in range(self.columns)], rows)

    def _with_slack(self, start: Iterable[int]) -> list[float]:
        """Return the values of all columns for these choices, slack columns included."""
        columns = [0.0] * self.columns
        for choice in start:
            columns[choice] = 1.0
        for rule in self.rules:
            if rule.price:
                total = sum(factor * columns[column] for factor, column in rule.terms)
                columns[rule.short] = max(0.0, rule.low - total)
                columns[rule.short + 1] = max(0.0, total - rule.high)
        return columns


class _CallbackCounter:
    """Counts the solver's callbacks, and stops it at a limit.

    Unlike a clock, callbacks come at the same points of the work on every machine.
    """

    def __init__(self) -> None:
        self.limit, self._number = 0.0, 0

    def take_count(self) -> int:
        """Return the number of callbacks since the last call, and reset it."""
        number, self._number = self._number, 0
        return number

    def limit_reached(self) -> bool:
        """Count one more callback, and return whether the limit is exceeded."""
        self._number += 1
        return self._number > self.limit


def _is_satisfied(rule: Rule, chosen: frozenset[int]) -> bool:
    return rule.low <= sum(factor for factor, column in rule.terms if column in chosen) <= rule.high


def _maximise(programme: Programme, goal: Terms, start: list[float]) -> tuple[list[float], int]:
    """Maximise a goal's sum and fix it; return the values of all columns, and the proven bound."""
    cost = np.zeros(len(start))
    for factor, column in goal:
        cost[column] -= factor
    answer = programme.minimise(cost, start)
    if answer is None:
        raise SeminarError(
            "No plan of the groups was found in the time given. Give more time: --seconds"
        )
    best = round(answer.cost)
    # factors are integers, so the bound is too; without a bound, assume that every column is 1
    bound = answer.bound
    least = ceil(bound - 1e-6) if isfinite(bound) else round(cost[cost < 0].sum())
    used = np.flatnonzero(cost).tolist()
    if best == 0 and (cost >= 0).all():  # nothing is violated: fix the slack at 0
        for column in used:
            programme.bound_column(column, 0.0, 0.0)
    else:  # factors are integers, so half a unit of tolerance excludes any worse solution
        programme.add_row(Row(used, cost[used].tolist(), -INFINITE, best + 0.5))
    return answer.values, -min(least, best)
