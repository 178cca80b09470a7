"""Whole numbers under linear rules, as few or as many as can be: the only door to HiGHS.

HiGHS runs on one thread with a fixed seed, so the same programme gives the same answer anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

INFINITE: float = highspy.kHighsInf


@dataclass(frozen=True)
class Row:
    """``low`` ≤ the sum of ``factors`` × ``columns`` ≤ ``high``; columns by number, from 0."""

    columns: Sequence[int]
    factors: Sequence[float]
    low: float
    high: float


@dataclass(frozen=True)
class Answer:
    """The values of all columns, what they cost, and the least that any could: equal is proven."""

    values: list[float]
    cost: float
    bound: float
    is_optimal: bool


class Programme:
    """An integer programme whose bounds, rows and costs may change between two answers."""

    def __init__(
        self, highest: Sequence[float], whole: Sequence[bool], rows: Sequence[Row], seed: int = 1
    ) -> None:
        """Begin with columns from 0 to ``highest``, of which some are ``whole``, and their rows."""
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        exact = {"output_flag": False, "threads": 1, "random_seed": seed, "mip_rel_gap": 0.0}
        for name, value in exact.items():
            self._highs.setOptionValue(name, value)
        self._columns = len(highest)
        self._highs.addVars(self._columns, np.zeros(self._columns), np.array(highest, dtype=float))
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(
            self._columns, self._all(), np.array([kinds[each] for each in whole])
        )
        self._add(rows)

    def add_row(self, row: Row) -> None:
        """Add a rule."""
        self._add([row])

    def bound_row(self, row: int, low: float, high: float) -> None:
        """Change between which numbers the sum of a row, by its number, has to be."""
        self._highs.changeRowBounds(row, low, high)

    def bound_column(self, column: int, low: float, high: float) -> None:
        """Change between which numbers a column has to be."""
        self._highs.changeColBounds(column, low, high)

    def minimise(
        self, costs: np.ndarray, known: Sequence[float] = (), *, relaxed: bool = False
    ) -> Answer | None:
        """Return the values that cost least; None where none was found.

        ``costs`` is by column. ``known`` are values to begin with. ``relaxed`` lets all columns be
        parts of whole numbers, which is quicker.
        """
        self._highs.changeColsCost(self._columns, self._all(), costs.astype(float))
        if any(known):
            begin = highspy.HighsSolution()
            begin.col_value = list(known)
            self._highs.setSolution(begin)
        self._highs.setOptionValue("solve_relaxation", relaxed)
        self._highs.run()
        info = self._highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        return Answer(
            list(self._highs.getSolution().col_value),
            self._highs.getObjectiveValue(),
            info.mip_dual_bound,
            self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        )

    def watch(self, is_enough: Callable[[], bool]) -> None:
        """Ask each time that HiGHS looks whether to go on, at the same places of its work."""

        def look(event: Any) -> None:
            if is_enough():
                event.interrupt()

        self._highs.cbMipInterrupt.subscribe(look)

    def _all(self) -> np.ndarray:
        return np.arange(self._columns, dtype=np.int32)

    def _add(self, rows: Sequence[Row]) -> None:
        sizes = [len(row.columns) for row in rows]
        self._highs.addRows(
            len(rows),
            np.array([row.low for row in rows], dtype=float),
            np.array([row.high for row in rows], dtype=float),
            sum(sizes),
            np.cumsum([0, *sizes[:-1]], dtype=np.int32),
            np.array([column for row in rows for column in row.columns], dtype=np.int32),
            np.array([factor for row in rows for factor in row.factors], dtype=float),
        )
