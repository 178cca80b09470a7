"""The set of tables that are consistent with everything published.

A feasible table ("world") says how many people of each kind gave each answer to one question.
Readers cannot distinguish feasible tables; a value on which all of them agree is disclosed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from seminarkit.core.integer_programs import INFINITE, Programme, Row

Group = tuple[int, ...]  # the indices of the kinds of people in it
Count = tuple[int, ...]  # people by kind and answer: kind * answers + answer
_NEARLY = 1e-6
_REMEMBERED = 150  # cached tables: enough to save most calls of the solver, few enough to scan


class FeasibleTables:
    """The feasible tables of one question."""

    def __init__(
        self, sizes: Sequence[int], answers: int, limits: tuple[int, int], groups: Sequence[Group]
    ) -> None:
        """Start with all tables; ``sizes`` is the number of people of each kind.

        Everyone gave ``limits`` answers, at least and at most. ``groups`` are those whose counts
        may be published.
        """
        self._sizes, self._answers, self._limits = tuple(sizes), answers, limits
        self._groups = tuple(groups)
        self._known: dict[int, tuple[int, Count]] = {}
        self._cached = np.empty((0, len(self._sizes) * answers), dtype=int)
        self._cached_consistent = self._cached  # those that also fit what insiders know
        self._programme = self._build_programme()

    def publish(self, group: int, answer: int, least: int, most: int | None) -> None:
        """Restrict the count of an answer in a group to a published interval."""
        row = len(self._sizes) + group * self._answers + answer
        end = INFINITE if most is None else most
        self._programme.bound_row(row, least, end)
        columns = [kind * self._answers + answer for kind in self._groups[group]]
        for name in ("_cached", "_cached_consistent"):
            tables = getattr(self, name)
            counts = tables[:, columns].sum(axis=1)
            setattr(self, name, tables[(least <= counts) & (counts <= end)])

    def know(self, own: Mapping[int, tuple[int, Count]]) -> None:
        """Fix the answers that insiders know: by kind, their number and their answers.

        Replaces what was fixed before.
        """
        for kind in {**self._known, **own}:
            number, own_answers = own.get(kind, (0, (0,) * self._answers))
            others = self._sizes[kind] - number
            for answer, count in enumerate(own_answers):
                column = kind * self._answers + answer
                self._programme.bound_column(column, count, count + others)
            least, most = (sum(own_answers) + bound * others for bound in self._limits)
            self._programme.bound_row(kind, least, most)
        self._known = dict(own)
        self._cached_consistent = self._cached[self._fits(self._cached)]

    def feasibility_interval(
        self, kinds: Group, answer: int, enough: Callable[[int, int], bool]
    ) -> tuple[int, int]:
        """Return the least and the most people of these kinds who may have given an answer.

        Stops early once ``enough`` is settled for the bounds found so far; the interval returned is
        then a part of the exact one (``enough`` holds) or contains it (it cannot hold). ``enough``
        must be monotone: if it holds for an interval, it holds for every wider one.
        """
        columns = [kind * self._answers + answer for kind in kinds]
        counts = self._cached_consistent[:, columns].sum(axis=1).tolist()
        if counts and enough(min(counts), max(counts)):
            return min(counts), max(counts)
        bounds = []
        for sign in (1.0, -1.0):
            solution = self._solve(columns, sign, relaxed=True)  # faster, and mostly integral
            rounded = np.rint(solution).astype(int)
            is_integral = bool(np.abs(solution - rounded).max() <= _NEARLY)
            if is_integral:
                counts.append(self._remember(rounded, columns))
            bounds.append((float(solution[columns].sum()), is_integral))
            if counts and enough(min(counts), max(counts)):
                return min(counts), max(counts)
        # the relaxation's interval contains the exact one: if it is too narrow, so is the exact one
        least, most = math.ceil(bounds[0][0] - _NEARLY), math.floor(bounds[1][0] + _NEARLY)
        if all(is_integral for _, is_integral in bounds) or not enough(least, most):
            return least, most
        for sign, (_, is_integral) in zip((1.0, -1.0), bounds, strict=True):
            if not is_integral and not (counts and enough(min(counts), max(counts))):
                rounded = np.rint(self._solve(columns, sign, relaxed=False)).astype(int)
                counts.append(self._remember(rounded, columns))
        return min(counts), max(counts)

    def _remember(self, table: np.ndarray, columns: list[int]) -> int:
        """Cache a feasible table, and return its count in these columns."""
        self._cached = np.vstack([self._cached[-_REMEMBERED:], table])
        self._cached_consistent = np.vstack([self._cached_consistent[-_REMEMBERED:], table])
        return int(table[columns].sum())

    def _solve(self, columns: list[int], sign: float, *, relaxed: bool) -> np.ndarray:
        """Return a feasible table with the least count in columns, or the most if sign is -1."""
        costs = np.zeros(len(self._sizes) * self._answers)
        costs[columns] = sign
        solution = self._programme.minimise(costs, relaxed=relaxed)
        if solution is None or not solution.is_optimal:
            raise ArithmeticError("No answers at all fit what is published.")
        return np.array(solution.values)

    def _fits(self, tables: np.ndarray) -> np.ndarray:
        """Return which cached tables are also consistent with what insiders know."""
        fits = np.full(len(tables), True)
        for kind, (number, own_answers) in self._known.items():
            begin = kind * self._answers
            others = tables[:, begin : begin + self._answers] - np.array(own_answers)
            number_of_others, total = self._sizes[kind] - number, others.sum(axis=1)
            least, most = (bound * number_of_others for bound in self._limits)
            fits &= (others >= 0).all(axis=1) & (others <= number_of_others).all(axis=1)
            fits &= (least <= total) & (total <= most)
        return fits

    def _build_programme(self) -> Programme:
        """Return the integer programme: one row per kind, then one per group and answer."""
        kinds, answers = range(len(self._sizes)), range(self._answers)
        least, most = self._limits
        rows = []
        for kind, size in zip(kinds, self._sizes, strict=True):
            columns = [kind * self._answers + answer for answer in answers]
            rows.append(Row(columns, [1.0] * len(columns), size * least, size * most))
        for group in self._groups:
            for answer in answers:
                columns = [kind * self._answers + answer for kind in group]
                rows.append(Row(columns, [1.0] * len(columns), -INFINITE, INFINITE))
        highest = [float(size) for size in self._sizes for _ in answers]
        return Programme(highest, [True] * len(highest), rows, seed=0)
