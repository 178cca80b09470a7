"""Mixed-integer linear programming with HiGHS: the only module that imports highspy.

HiGHS runs on one thread with a fixed seed, so results are the same on every computer.
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
    """A constraint: ``low`` ≤ sum of ``factors`` × ``columns`` (by index) ≤ ``high``."""

    columns: Sequence[int]
    factors: Sequence[float]
    low: float
    high: float


@dataclass(frozen=True)
class Answer:
    """A solution: the values of the columns, its cost, and the lower bound on the minimal cost."""

    values: list[float]
    cost: float
    bound: float
    is_optimal: bool


class Programme:
    """A mixed-integer programme. Its bounds, rows and costs may change between two solutions."""

    def __init__(
        self, highest: Sequence[float], integer: Sequence[bool], rows: Sequence[Row], seed: int = 1
    ) -> None:
        """Create rows and columns. Columns range from 0 to ``highest``; some are ``integer``."""
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        exact = {"output_flag": False, "threads": 1, "random_seed": seed, "mip_rel_gap": 0.0}
        for name, value in exact.items():
            self._highs.setOptionValue(name, value)
        self._columns = len(highest)
        self._highs.addVars(self._columns, np.zeros(self._columns), np.array(highest, dtype=float))
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(
            self._columns, self._all(), np.array([kinds[is_integer] for is_integer in integer])
        )
        self._add(rows)

    def add_row(self, row: Row) -> None:
        """Add a constraint."""
        self._add([row])

    def bound_row(self, row: int, low: float, high: float) -> None:
        """Change the bounds of the row with this index."""
        self._highs.changeRowBounds(row, low, high)

    def bound_column(self, column: int, low: float, high: float) -> None:
        """Change the bounds of the column with this index."""
        self._highs.changeColBounds(column, low, high)

    def minimise(
        self, costs: np.ndarray, start_values: Sequence[float] = (), *, relaxed: bool = False
    ) -> Answer | None:
        """Return a solution of minimal cost, or None if no feasible solution was found.

        ``start_values`` is a start solution. ``relaxed`` solves the linear relaxation.
        """
        self._highs.changeColsCost(self._columns, self._all(), costs.astype(float))
        if any(start_values):
            start = highspy.HighsSolution()
            start.col_value = list(start_values)
            self._highs.setSolution(start)
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
        """Stop the solver as soon as ``is_enough`` returns true."""

        def interrupt_if_enough(event: Any) -> None:
            if is_enough():
                event.interrupt()

        self._highs.cbMipInterrupt.subscribe(interrupt_if_enough)

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
