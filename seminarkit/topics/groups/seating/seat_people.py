"""Assign people to discussion groups: rules first, then preferences.

A small seminar is solved exactly. For a large one, people are first assigned to kinds of groups
(interchangeable groups, such as all on one case), then to the groups of their kind. The first step
is a relaxation: its bound holds for every plan, so the gap is known without solving the full model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.greedy import sketch
from seminarkit.topics.groups.seating.interchangeable import interchangeable_groups, merged_round
from seminarkit.topics.groups.seating.preferences import preference_score
from seminarkit.topics.groups.seating.rules import Round, Seating
from seminarkit.topics.groups.seating.seating_program import EarlierGroups, Seat, SeatingModel
from seminarkit.topics.groups.seating.solver import Solution, optimality_gap

LARGE = 30_000  # columns: for a larger model, the solver's first pass alone takes minutes
_ROUGH, _FINE = 0.3, 0.7  # shares of the work
_Values = tuple[int, ...]  # of the four goals, in order
OnBetter = Callable[[Seating], None]


def seat(
    rounds: Sequence[Round],
    earlier: EarlierGroups,
    work: float,
    on_better: OnBetter = lambda _: None,
) -> Seating:
    """Assign the people of all rounds at once.

    ``earlier`` is a former seating, which as few people as possible leave. The goals, in order,
    are: the penalty of sizes, cases, delegations and chairs; seats kept; the balance of profiles
    and regions; preferences. ``work`` limits the search: the same input gives the same seating, and
    0 a greedy sketch. ``on_better`` is called with each better seating.
    """
    problem = _Problem(rounds, earlier, on_better)
    if not work:
        return problem.best
    large = SeatingModel.size(rounds) > LARGE
    if problem.kept_seats:
        problem.repair(_FINE * work)
        if large and not problem.is_optimal:
            problem.share_out(_ROUGH * work)  # only for its bound
            problem.repair(_FINE * work)
    elif problem.has_interchangeable or large:
        problem.share_out(_ROUGH * work)
        problem.fill_kinds(_FINE * work)
    if not (large or problem.is_optimal):
        problem.solve(work)
    return problem.best


class _Problem:
    """People to be seated, the best seats so far, and the bounds that no plan exceeds."""

    best: Seating

    def __init__(
        self, rounds: Sequence[Round], earlier_groups: EarlierGroups, on_better: OnBetter
    ) -> None:
        self.rounds, self.earlier, self._on_better = rounds, earlier_groups, on_better
        self.kinds = [interchangeable_groups(round_) for round_ in rounds]
        self.has_interchangeable = any(
            len(group_kind) > 1 for kinds in self.kinds for group_kind in kinds
        )
        self.kept_seats = _kept_seats(rounds, earlier_groups)
        self._max_preference = sum(
            max((preference_score(person, round_, group) for group in round_.groups), default=0)
            for round_ in rounds
            for person in round_.people
        )
        self._relaxation: Solution | None = None
        self._kind_of: dict[tuple[str, str], str] = {}
        self.seats: set[Seat] = set()
        self._values: _Values = ()
        self._update_best(sketch(rounds, earlier_groups))

    @property
    def is_optimal(self) -> bool:
        """Whether the best seating is proven optimal."""
        return self.best.gap == 0

    def repair(self, work: float) -> None:
        """Seat those who have no seat yet, while everybody else stays.

        If that violates no more rules than the bound requires, no other plan is better.
        """
        model = SeatingModel(self.rounds, self.earlier, _only_these(self.kept_seats))
        solution = model.choices.solve(model.goals(), work, model.chosen(self.seats))
        bounds = None
        if solution.values[0] == self._bounds(solution.values)[0]:
            bounds = (solution.values[0], len(self.kept_seats), *solution.bounds[2:])
        self._update_best(model.seated(solution.chosen), bounds)

    def share_out(self, work: float) -> None:
        """Assign people to kinds of groups; no plan can be better than the relaxation's bound."""
        representative = {
            (round_.session, group.id): group_kind[0].id
            for round_, kinds in zip(self.rounds, self.kinds, strict=True)
            for group_kind in kinds
            for group in group_kind
        }
        model = SeatingModel(
            [merged_round(*pair) for pair in zip(self.rounds, self.kinds, strict=True)], {}
        )
        start = model.chosen(
            {(s, person, representative[s, group]) for s, person, group in self.seats}
        )
        self._relaxation = model.choices.solve(model.goals(), work, start)
        self._kind_of = {(s, p): group for s, p, group in model.seated(self._relaxation.chosen)}
        gap_of_bounds = optimality_gap(self._values, self._bounds(self._values))
        self.best = replace(self.best, gap=min(gap_of_bounds, self.best.gap))

    def fill_kinds(self, work: float) -> None:
        """Assign the people of each kind to its groups, one round after the other."""
        settled = {
            round_.session: dict(round_.fixed_groups)
            for round_ in self.rounds
            if all(person.id in round_.fixed_groups for person in round_.people)
        }
        number = sum(map(len, self.kinds))
        for at, round_ in enumerate(self.rounds):
            if round_.session in settled:
                continue
            seats: dict[str, str] = {}
            for group_kind in self.kinds[at]:
                part = self._part(round_, group_kind)
                others = _with_settled_rounds(self.rounds, settled, part)
                seats |= _filled(part, others, work / number)
            settled[round_.session] = seats
            # if the time runs out now, the rounds so far are better than the sketch
            unsettled = {seat for seat in self.seats if seat[0] not in settled}
            self._update_best(
                unsettled
                | {(s, p, at) for s, assigned in settled.items() for p, at in assigned.items()}
            )

    def solve(self, work: float) -> None:
        """Solve the full model, starting from the best seats so far."""
        model = SeatingModel(self.rounds, self.earlier)

        def update(chosen: Collection[int]) -> None:
            self._update_best(model.seated(chosen))

        solution = model.choices.solve(model.goals(), work, model.chosen(self.seats), update)
        self._update_best(model.seated(solution.chosen), solution.bounds)

    def _part(self, round_: Round, group_kind: Sequence[DiscussionGroup]) -> Round:
        people = [
            p for p in round_.people if self._kind_of[round_.session, p.id] == group_kind[0].id
        ]
        return replace(round_, groups=tuple(group_kind), people=tuple(people), full_round=round_)

    def _bounds(self, values: _Values) -> _Values:
        """Return the upper bounds of the goals, given what the earlier goals reached."""
        firm, balance, wishes = 0, 0, self._max_preference
        if relaxation := self._relaxation:
            firm = relaxation.bounds[0]
            if values[0] == relaxation.values[0]:
                balance = relaxation.bounds[2]
                if values[2] == relaxation.values[2]:
                    wishes = relaxation.bounds[3]
        return firm, len(self.kept_seats), balance, wishes

    def _update_best(self, seats: set[Seat], bounds: _Values | None = None) -> None:
        """Adopt these seats if they are at least as good; ``bounds`` are proven for them."""
        model = SeatingModel(self.rounds, self.earlier, _only_these(seats))
        chosen = model.chosen(seats)
        values = tuple(model.choices.values(model.goals(), chosen))
        if values >= self._values:
            self.seats, self._values = seats, values
            smallest_gap = min(
                optimality_gap(values, bound) for bound in (bounds, self._bounds(values)) if bound
            )
            self.best = model.seating(chosen, smallest_gap)
            self._on_better(self.best)


def _kept_seats(rounds: Sequence[Round], earlier: EarlierGroups) -> set[Seat]:
    """Return the earlier seats that people can keep."""
    return {
        (round_.session, person, group.id)
        for round_ in rounds
        for group in earlier.get(round_.session, [])
        for person in group.people
        if group.id in {g.id for g in round_.groups}
        and person in {p.id for p in round_.people}
        and person not in round_.fixed_groups
    }


def _only_these(seats: Collection[Seat]) -> dict[tuple[str, str], list[str]]:
    return {(session, person): [group] for session, person, group in seats}


def _with_settled_rounds(
    rounds: Sequence[Round], settled_seats: Mapping[str, Mapping[str, str]], part: Round
) -> list[Round]:
    """Return the settled rounds and the open part of another, reduced to its people."""
    ids = {person.id for person in part.people}
    return [
        part
        if round_.session == part.session
        else replace(
            round_,
            people=tuple(person for person in round_.people if person.id in ids),
            fixed_groups=settled_seats[round_.session],
            is_settled=True,
        )
        for round_ in rounds
        if round_.session == part.session or round_.session in settled_seats
    ]


def _filled(part: Round, rounds: Sequence[Round], work: float) -> dict[str, str]:
    if len(part.groups) == 1:
        return {person.id: part.groups[0].id for person in part.people}
    model = SeatingModel(rounds, {})
    start = model.chosen(sketch(rounds, {}))
    solution = model.choices.solve(model.goals(), work, start)
    seated = model.seated(solution.chosen)
    return {person: group for session, person, group in seated if session == part.session}
