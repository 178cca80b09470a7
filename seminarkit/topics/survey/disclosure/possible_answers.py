"""Everything that could be true given what is published.

A world says how many people of each kind gave each answer to one question. Nobody can tell worlds
apart that fit all that is published; what all of them agree on is no secret any more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from seminarkit.core.integer_programs import INFINITE, Programme, Row

Group = tuple[int, ...]  # the kinds of people in it, by their numbers
Count = tuple[int, ...]  # people by kind and answer: kind * answers + answer
_NEARLY = 1e-6
_REMEMBERED = 150  # worlds: enough to spare most questions to the solver, few enough to look at


class Worlds:
    """The worlds of one question: who could have answered what."""

    def __init__(
        self, sizes: Sequence[int], answers: int, each: tuple[int, int], groups: Sequence[Group]
    ) -> None:
        """Begin with all that could be: ``sizes`` is how many people are of each kind.

        Everyone gave ``each`` answers, at least and at most. Of the ``groups`` numbers may be
        published.
        """
        self._sizes, self._answers, self._each = tuple(sizes), answers, each
        self._groups = tuple(groups)
        self._known: dict[int, tuple[int, Count]] = {}
        self._seen = np.empty((0, len(self._sizes) * answers), dtype=int)
        self._fitting = self._seen  # those seen that fit what is known besides
        self._programme = self._begun()

    def publish(self, group: int, answer: int, least: int, most: int | None) -> None:
        """Let it be known how many of a group gave an answer: between two numbers."""
        row = len(self._sizes) + group * self._answers + answer
        end = INFINITE if most is None else most
        self._programme.bound_row(row, least, end)
        columns = [kind * self._answers + answer for kind in self._groups[group]]
        for name in ("_seen", "_fitting"):
            worlds = getattr(self, name)
            counts = worlds[:, columns].sum(axis=1)
            setattr(self, name, worlds[(least <= counts) & (counts <= end)])

    def know(self, own: Mapping[int, tuple[int, Count]]) -> None:
        """Let some people's answers be known: by kind, how many they are and what they gave."""
        for kind in {**self._known, **own}:
            number, given = own.get(kind, (0, (0,) * self._answers))
            others = self._sizes[kind] - number
            for answer, count in enumerate(given):
                column = kind * self._answers + answer
                self._programme.bound_column(column, count, count + others)
            least, most = (sum(given) + bound * others for bound in self._each)
            self._programme.bound_row(kind, least, most)
        self._known = dict(own)
        self._fitting = self._seen[self._fits(self._seen)]

    def span(
        self, kinds: Group, answer: int, enough: Callable[[int, int], bool]
    ) -> tuple[int, int]:
        """Return how few and how many of these kinds may have given an answer.

        Once what is sure of the two is ``enough``, or can not become so, no further is looked: the
        two are then not yet, or no more than, what may be. What is ``enough`` must stay so for
        fewer and more.
        """
        columns = [kind * self._answers + answer for kind in kinds]
        counts = self._fitting[:, columns].sum(axis=1).tolist()
        if counts and enough(min(counts), max(counts)):
            return min(counts), max(counts)
        bounds = []
        for sign in (1.0, -1.0):
            world = self._solved(columns, sign, relaxed=True)  # quicker, and mostly whole by itself
            whole = np.rint(world).astype(int)
            is_whole = bool(np.abs(world - whole).max() <= _NEARLY)
            if is_whole:
                counts.append(self._remember(whole, columns))
            bounds.append((float(world[columns].sum()), is_whole))
            if counts and enough(min(counts), max(counts)):
                return min(counts), max(counts)
        # parts of people are more than people can be: where that is too little, so are these
        least, most = math.ceil(bounds[0][0] - _NEARLY), math.floor(bounds[1][0] + _NEARLY)
        if all(is_whole for _, is_whole in bounds) or not enough(least, most):
            return least, most
        for sign, (_, is_whole) in zip((1.0, -1.0), bounds, strict=True):
            if not is_whole and not (counts and enough(min(counts), max(counts))):
                whole = np.rint(self._solved(columns, sign, relaxed=False)).astype(int)
                counts.append(self._remember(whole, columns))
        return min(counts), max(counts)

    def _remember(self, world: np.ndarray, columns: list[int]) -> int:
        """Keep a world for later questions, and return how many are in these columns."""
        self._seen = np.vstack([self._seen[-_REMEMBERED:], world])
        self._fitting = np.vstack([self._fitting[-_REMEMBERED:], world])
        return int(world[columns].sum())

    def _solved(self, columns: list[int], sign: float, *, relaxed: bool) -> np.ndarray:
        """Return a world with the fewest in these columns, or with sign -1 the most."""
        costs = np.zeros(len(self._sizes) * self._answers)
        costs[columns] = sign
        answer = self._programme.minimise(costs, relaxed=relaxed)
        if answer is None or not answer.is_optimal:
            raise ArithmeticError("What is published fits no answers at all.")
        return np.array(answer.values)

    def _fits(self, worlds: np.ndarray) -> np.ndarray:
        """Say of worlds seen before whether they also fit what some people know of themselves."""
        fits = np.full(len(worlds), True)
        for kind, (number, given) in self._known.items():
            begin = kind * self._answers
            others = worlds[:, begin : begin + self._answers] - np.array(given)
            people, total = self._sizes[kind] - number, others.sum(axis=1)
            least, most = (bound * people for bound in self._each)
            fits &= (others >= 0).all(axis=1) & (others <= people).all(axis=1)
            fits &= (least <= total) & (total <= most)
        return fits

    def _begun(self) -> Programme:
        """Return the programme of all worlds: a row per kind, then one per group and answer."""
        kinds, answers = range(len(self._sizes)), range(self._answers)
        least, most = self._each
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
