"""Who sits in which discussion group: as the rules want it, then as people wish.

A small seminar is solved as a whole. In a large one people are shared out over the kinds of groups
first (all groups on one case are of one kind), then over the groups of their kind: what is reached
by the kinds is the most that any plan can reach, so that the gap is known without solving the
whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.greedy import sketch
from seminarkit.topics.groups.seating.interchangeable import kinds_of, merged
from seminarkit.topics.groups.seating.preferences import points
from seminarkit.topics.groups.seating.rules import Round, Seating
from seminarkit.topics.groups.seating.seating_program import Kept, Seat, SeatingModel
from seminarkit.topics.groups.seating.solver import Solution, gap

LARGE = 30_000  # columns: above it, the solver's first look at the model takes minutes
_ROUGH, _FINE = 0.3, 0.7  # of the work
_Values = tuple[int, ...]  # of the four goals, in order
Better = Callable[[Seating], None]


def seat(
    rounds: Sequence[Round], kept: Kept, work: float, better: Better = lambda _: None
) -> Seating:
    """Share out the people of all rounds at once.

    ``kept`` is an earlier seating: as few people as possible leave their group of then. What the
    rules cost is kept smallest first (sizes, cases, delegations, chairs), then come the moves,
    then the balance of profiles and regions, then the wishes. ``work`` is how long to look: the
    same input gives the same seating, and 0 a sketch. ``better`` hears of each seating that is
    better than those before.
    """
    problem = _Problem(rounds, kept, better)
    if not work:
        return problem.best
    large = SeatingModel.size(rounds) > LARGE
    if problem.stays:
        problem.repair(_FINE * work)
        if large and not problem.proven:
            problem.share_out(_ROUGH * work)  # for how much better another plan might be
            problem.repair(_FINE * work)
    elif problem.many_alike or large:
        problem.share_out(_ROUGH * work)
        problem.fill_kinds(_FINE * work)
    if not (large or problem.proven):
        problem.solve(work)
    return problem.best


class _Problem:
    """People to be seated, the best seats found so far, and what no plan can exceed."""

    best: Seating

    def __init__(self, rounds: Sequence[Round], kept: Kept, better: Better) -> None:
        self.rounds, self.kept, self._better = rounds, kept, better
        self.kinds = [kinds_of(each) for each in rounds]
        self.many_alike = any(len(some) > 1 for kinds in self.kinds for some in kinds)
        self.stays = _stays(rounds, kept)
        self._most = sum(
            max((points(person, each, group) for group in each.groups), default=0)
            for each in rounds
            for person in each.people
        )
        self._rough: Solution | None = None
        self._kinds_of: dict[tuple[str, str], str] = {}
        self.seats: set[Seat] = set()
        self._values: _Values = ()
        self._take(sketch(rounds, kept))

    @property
    def proven(self) -> bool:
        """Say whether no better seating can be."""
        return self.best.gap == 0

    def repair(self, work: float) -> None:
        """Seat those who have no seat yet, while everybody else stays.

        Where that breaks no more rules than must be broken, no other plan is better.
        """
        model = SeatingModel(self.rounds, self.kept, _open(self.stays))
        found = model.choices.solve(model.goals(), work, model.chosen(self.seats))
        bounds = None
        if found.values[0] == self._bounds(found.values)[0]:
            bounds = (found.values[0], len(self.stays), *found.bounds[2:])
        self._take(model.seated(found.chosen), bounds)

    def share_out(self, work: float) -> None:
        """Share people out over the kinds of groups: no plan of groups reaches more than that."""
        first = {
            (each.session, group.id): some[0].id
            for each, kinds in zip(self.rounds, self.kinds, strict=True)
            for some in kinds
            for group in some
        }
        model = SeatingModel(
            [merged(*each) for each in zip(self.rounds, self.kinds, strict=True)], {}
        )
        start = model.chosen({(s, person, first[s, group]) for s, person, group in self.seats})
        self._rough = model.choices.solve(model.goals(), work, start)
        self._kinds_of = {(s, p): group for s, p, group in model.seated(self._rough.chosen)}
        missing = gap(self._values, self._bounds(self._values))
        self.best = replace(self.best, gap=min(missing, self.best.gap))

    def fill_kinds(self, work: float) -> None:
        """Share the people of each kind of groups out over its groups, a round after the other."""
        settled = {
            each.session: dict(each.placed)
            for each in self.rounds
            if all(person.id in each.placed for person in each.people)
        }
        number = sum(map(len, self.kinds))
        for at, each in enumerate(self.rounds):
            if each.session in settled:
                continue
            seats: dict[str, str] = {}
            for some in self.kinds[at]:
                part = self._part(each, some)
                others = _settled(self.rounds, settled, part)
                seats |= _filled(part, others, work / number)
            settled[each.session] = seats
            # should the time run out now, the rounds so far are better than their sketch
            rest = {seat for seat in self.seats if seat[0] not in settled}
            self._take(rest | {(s, p, at) for s, held in settled.items() for p, at in held.items()})

    def solve(self, work: float) -> None:
        """Solve the whole, beginning with the best seats so far."""
        model = SeatingModel(self.rounds, self.kept)

        def take(chosen: Collection[int]) -> None:
            self._take(model.seated(chosen))

        found = model.choices.solve(model.goals(), work, model.chosen(self.seats), take)
        self._take(model.seated(found.chosen), found.bounds)

    def _part(self, each: Round, some: Sequence[DiscussionGroup]) -> Round:
        people = [p for p in each.people if self._kinds_of[each.session, p.id] == some[0].id]
        return replace(each, groups=tuple(some), people=tuple(people), whole=each)

    def _bounds(self, values: _Values) -> _Values:
        """Return the most that plans can reach which reach as much of the goals before."""
        firm, balance, wishes = 0, 0, self._most
        if rough := self._rough:
            firm = rough.bounds[0]
            if values[0] == rough.values[0]:
                balance = rough.bounds[2]
                if values[2] == rough.values[2]:
                    wishes = rough.bounds[3]
        return firm, len(self.stays), balance, wishes

    def _take(self, seats: set[Seat], bounds: _Values | None = None) -> None:
        """Take seats as the best ones, if they are; ``bounds`` are what was proven of them."""
        model = SeatingModel(self.rounds, self.kept, _open(seats))
        chosen = model.chosen(seats)
        values = tuple(model.choices.values(model.goals(), chosen))
        if values >= self._values:
            self.seats, self._values = seats, values
            missing = min(gap(values, each) for each in (bounds, self._bounds(values)) if each)
            self.best = model.seating(chosen, missing)
            self._better(self.best)


def _stays(rounds: Sequence[Round], kept: Kept) -> set[Seat]:
    """Return the seats that were kept and can be kept on."""
    return {
        (each.session, person, group.id)
        for each in rounds
        for group in kept.get(each.session, [])
        for person in group.people
        if group.id in {g.id for g in each.groups}
        and person in {p.id for p in each.people}
        and person not in each.placed
    }


def _open(seats: Collection[Seat]) -> dict[tuple[str, str], list[str]]:
    return {(session, person): [group] for session, person, group in seats}


def _settled(
    rounds: Sequence[Round], settled: Mapping[str, Mapping[str, str]], part: Round
) -> list[Round]:
    """Return the rounds that are settled and the part of another, for its people alone."""
    ids = {person.id for person in part.people}
    return [
        part
        if each.session == part.session
        else replace(
            each,
            people=tuple(person for person in each.people if person.id in ids),
            placed=settled[each.session],
            settled=True,
        )
        for each in rounds
        if each.session == part.session or each.session in settled
    ]


def _filled(part: Round, rounds: Sequence[Round], work: float) -> dict[str, str]:
    if len(part.groups) == 1:
        return {person.id: part.groups[0].id for person in part.people}
    model = SeatingModel(rounds, {})
    start = model.chosen(sketch(rounds, {}))
    found = model.choices.solve(model.goals(), work, start)
    seated = model.seated(found.chosen)
    return {person: group for session, person, group in seated if session == part.session}
