"""Yes-or-no choices under rules, solved exactly: the only door to HiGHS.

A rule with a price may be broken where not all can be kept; the solution says which were. Goals are
reached one after the other: no later goal takes away what an earlier one reached.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from seminarkit.errors import SeminarError

Terms = Sequence[tuple[int, int]]  # (factor, column) pairs
SHARE = 0.6  # of the time that is left, for each goal but the last
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
    """Which choices are yes, the rules that are broken, and how sure it is that none is better.

    ``gap`` is the most that a goal might still gain, as a part of what it reached: 0 is proven.
    """

    chosen: frozenset[int]
    broken: frozenset[int]
    gap: float


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

    def solve(self, goals: Sequence[Terms], seconds: float, start: Iterable[int] = ()) -> Solution:
        """Make each goal's sum as large as can be, in order.

        ``seconds`` is the time for all of it; ``start`` are choices to begin with. The same input
        gives the same solution, unless the time runs out. Raises SeminarError where not even one
        solution is found in time.
        """
        until = time.monotonic() + seconds
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in _EXACT.items():
            highs.setOptionValue(name, value)
        highs.passModel(self._model())
        values, gap = self._completed(start), 0.0
        asked = [goal for goal in goals if goal]
        for number, goal in enumerate(asked, start=1):
            left = max(1.0, until - time.monotonic())
            # no goal takes all that is left: the later ones are to have their turn
            limit = left if number == len(asked) else SHARE * left
            values, missing = _reach(highs, goal, values, limit)
            gap = max(gap, missing)
        amounts = set(self.amounts)
        chosen = frozenset(i for i, v in enumerate(values) if v > 0.5 and i not in amounts)
        broken = (n for n, rule in enumerate(self.rules) if not _kept(rule, chosen))
        return Solution(chosen, frozenset(broken), gap)

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
        """Return all columns for choices to begin with: by how much they break each rule, too."""
        values = [0.0] * self.columns
        for choice in start:
            values[choice] = 1.0
        if any(values):
            for rule in self.rules:
                if rule.price:
                    total = sum(factor * values[column] for factor, column in rule.terms)
                    values[rule.short] = max(0.0, rule.low - total)
                    values[rule.short + 1] = max(0.0, total - rule.high)
        return values if any(values) else []


def _kept(rule: Rule, chosen: frozenset[int]) -> bool:
    return rule.low <= sum(factor for factor, column in rule.terms if column in chosen) <= rule.high


def _reach(
    highs: highspy.Highs, goal: Terms, known: list[float], seconds: float
) -> tuple[list[float], float]:
    """Make a goal's sum as large as can be and hold it there; return all columns, and the gap."""
    columns = highs.getNumCol()
    cost = np.zeros(columns)
    for factor, column in goal:
        cost[column] -= factor
    highs.changeColsCost(columns, np.arange(columns, dtype=np.int32), cost)
    if known:
        begin = highspy.HighsSolution()
        begin.col_value = known
        highs.setSolution(begin)
    highs.setOptionValue("time_limit", seconds)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise SeminarError("No way to share people out was found in the time given; give more.")
    values, best = list(highs.getSolution().col_value), round(highs.getObjectiveValue())
    gap = min(1.0, max(0.0, float(info.mip_gap))) if best else 0.0
    used = np.flatnonzero(cost).astype(np.int32)
    if best == 0 and (cost >= 0).all():  # nothing is broken, and nothing may be from here on
        highs.changeColsBounds(len(used), used, np.zeros(len(used)), np.zeros(len(used)))
    else:  # factors are whole numbers, so a half more is none
        highs.addRow(-highspy.kHighsInf, best + 0.5, len(used), used, cost[used])
    return values, gap
