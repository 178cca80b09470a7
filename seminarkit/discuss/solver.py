"""Yes-or-no choices under rules, solved exactly: the only door to HiGHS.

A rule with a price may be broken where not all can be kept; the solution says which were. Goals are
reached one after the other: no later goal takes away what an earlier one reached.

How long the solver looks is counted in its own work, not by a clock: the same model gives the same
solution on an idle and on a busy machine. Who cannot wait ends the process.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, isfinite

import highspy
import numpy as np

from seminarkit.errors import SeminarError

Terms = Sequence[tuple[int, int]]  # (factor, column) pairs
SHARE = 0.6  # of the work that is left, for each goal but the last
LOOK = 2_000  # columns of a model of which one look of the solver is one unit of work
UNITS_PER_SECOND = 40.0  # an idle computer of 2020 does 170 of a small model, 55 of a large one
_EXACT = {"output_flag": False, "threads": 1, "random_seed": 1, "mip_rel_gap": 0.0}


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
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in _EXACT.items():
            highs.setOptionValue(name, value)
        highs.passModel(self._model())
        looks = _Looks(highs)
        begin = list(start)
        columns = self._completed(begin) if begin else [0.0] * self.columns
        left = work * LOOK / max(self.columns, 1)
        asked = [number for number, goal in enumerate(goals) if goal]
        bounds = [0 for _ in goals]
        for number in asked:
            # no goal takes all that is left: the later ones are to have their turn
            looks.limit = left if number == asked[-1] else SHARE * left
            columns, bounds[number] = _reach(highs, goals[number], columns)
            left = max(1.0, left - looks.taken())
            if better:
                better(self._chosen(columns))
        chosen = self._chosen(columns)
        return Solution(chosen, tuple(self.values(goals, chosen)), tuple(bounds))

    def _chosen(self, columns: Sequence[float]) -> frozenset[int]:
        amounts = set(self.amounts)
        return frozenset(i for i, v in enumerate(columns) if v > 0.5 and i not in amounts)

    def _model(self) -> highspy.HighsLp:
        index, value, starts = [], [], [0]
        for rule in self.rules:
            terms = [*rule.terms]
            if rule.price:
                terms += [(1, rule.short), (-1, rule.short + 1)]
            value += [factor for factor, _ in terms]
            index += [column for _, column in terms]
            starts.append(len(index))
        amount = np.zeros(self.columns, dtype=bool)
        amount[self.amounts] = True
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, len(self.rules)
        lp.col_cost_ = lp.col_lower_ = np.zeros(self.columns)
        lp.col_upper_ = np.where(amount, highspy.kHighsInf, 1.0)
        lp.row_lower_ = np.array([rule.low for rule in self.rules])
        lp.row_upper_ = np.array([rule.high for rule in self.rules])
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kContinuous if each else kinds.kInteger for each in amount]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts)
        lp.a_matrix_.index_ = np.array(index)
        lp.a_matrix_.value_ = np.array(value, dtype=float)
        return lp

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

    def __init__(self, highs: highspy.Highs) -> None:
        self.limit, self._number = 0.0, 0
        highs.cbMipInterrupt.subscribe(self._look)

    def taken(self) -> int:
        """Return the number of looks since this was last asked."""
        number, self._number = self._number, 0
        return number

    def _look(self, event: highspy.highs.HighsCallbackEvent) -> None:
        self._number += 1
        if self._number > self.limit:
            event.interrupt()


def _kept(rule: Rule, chosen: frozenset[int]) -> bool:
    return rule.low <= sum(factor for factor, column in rule.terms if column in chosen) <= rule.high


def _reach(highs: highspy.Highs, goal: Terms, known: list[float]) -> tuple[list[float], int]:
    """Make a goal's sum as large as can be and hold it there; return all columns, and its bound."""
    columns = highs.getNumCol()
    cost = np.zeros(columns)
    for factor, column in goal:
        cost[column] -= factor
    highs.changeColsCost(columns, np.arange(columns, dtype=np.int32), cost)
    if any(known):
        begin = highspy.HighsSolution()
        begin.col_value = known
        highs.setSolution(begin)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise SeminarError("No way to share people out was found in the time given; give more.")
    values, best = list(highs.getSolution().col_value), round(highs.getObjectiveValue())
    # factors are whole numbers, so the bound is one too; where none is known, each column may be 1
    bound = info.mip_dual_bound
    least = ceil(bound - 1e-6) if isfinite(bound) else round(cost[cost < 0].sum())
    used = np.flatnonzero(cost).astype(np.int32)
    if best == 0 and (cost >= 0).all():  # nothing is broken, and nothing may be from here on
        highs.changeColsBounds(len(used), used, np.zeros(len(used)), np.zeros(len(used)))
    else:  # factors are whole numbers, so a half more is none
        highs.addRow(-highspy.kHighsInf, best + 0.5, len(used), used, cost[used])
    return values, -min(least, best)
