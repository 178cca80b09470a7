"""Who sits in which discussion group: as the rules want it, then as people wish."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil, floor

from seminarkit.discuss.kinds import kinds_of, merged
from seminarkit.discuss.rounds import (
    AGAIN,
    BALANCE,
    PRICES,
    Broken,
    Person,
    Round,
    RuleName,
    Seating,
)
from seminarkit.discuss.solver import Choices, Rule, Terms
from seminarkit.discuss.wishes import granted, points
from seminarkit.errors import SeminarError
from seminarkit.seminar.sessions import DiscussionGroup

_SKETCH = 0.4  # of the time
Kept = Mapping[str, Sequence[DiscussionGroup]]


def seat(rounds: Sequence[Round], kept: Kept, seconds: float) -> Seating:
    """Share out the people of all rounds at once.

    ``kept`` is an earlier seating: as few people as possible leave their group of then. What the
    rules cost is kept smallest first (sizes, cases, delegations, chairs), then come the moves,
    then the balance of profiles and regions, then the wishes. Takes about ``seconds`` at most.
    """
    until = time.monotonic() + seconds
    plan = _Plan(rounds, kept)
    start = plan.staying()
    if not start:
        with suppress(SeminarError):  # too little time for a sketch: it is a help, and no more
            start = plan.sketched(_SKETCH * seconds)
    return plan.solved(until - time.monotonic(), start)


@dataclass(frozen=True)
class _Asked:
    """A rule as it was given to the solver."""

    rule: RuleName
    round: Round
    group: DiscussionGroup
    people: tuple[Person, ...]
    wanted: tuple[int, int]
    about: str = ""


class _Plan:
    """The choices: one for each person, round and group."""

    def __init__(self, rounds: Sequence[Round], kept: Kept) -> None:
        self.rounds, self.kept = rounds, kept
        self.choices = Choices()
        self.asked: dict[int, _Asked] = {}
        self.seats = {
            (each.session, person.id, group.id): self.choices.new()
            for each in rounds
            for person in each.people
            for group in each.groups
        }
        for each in rounds:
            self._everybody_once(each)
            self._composition(each)
        for earlier, later in combinations(rounds, 2):
            self._something_new(earlier, later)

    def _seat(self, each: Round, person: Person, group: DiscussionGroup) -> int:
        return self.seats[each.session, person.id, group.id]

    def _everybody_once(self, each: Round) -> None:
        for person in each.people:
            seats = {group.id: self._seat(each, person, group) for group in each.groups}
            self.choices.rule([(1, seat) for seat in seats.values()], 1, 1)
            if person.id in each.placed:
                self.choices.rule([(1, seats[each.placed[person.id]])], 1, 1)

    def _before(self, each: Round) -> dict[str, int]:
        """Return the seats of a round that were kept, by person."""
        return {
            person: self.seats[each.session, person, group.id]
            for group in self.kept.get(each.session, [])
            for person in group.people
            if (each.session, person, group.id) in self.seats
        }

    def _composition(self, each: Round) -> None:
        """Sizes, delegations apart, and profiles and regions in equal parts."""
        number = sum(each.stands_for.get(group.id, 1) for group in each.groups)
        if not (number and each.people):
            return
        kinds: list[tuple[RuleName, Callable[[Person], str]]] = [("region", lambda p: p.region)]
        if not any(each.made_for.values()):
            kinds.append(("profile", lambda p: p.profile))
        equal = floor(len(each.people) / number), ceil(len(each.people) / number)
        for group in each.groups:
            self._ask("size", each, group, each.people, each.size)
            if not each.size[0] <= equal[0] <= equal[1] <= each.size[1]:
                self._ask("equal size", each, group, each.people, equal)
            for country, some in _parted(each.people, lambda p: p.country):
                if len(some) > 1:
                    wanted = (0, ceil(len(some) / number))
                    self._ask("delegation", each, group, some, wanted, country)
            for rule, kind in kinds:
                for name, some in _parted(each.people, kind):
                    share = len(some) / number
                    self._ask(rule, each, group, some, (floor(share), ceil(share)), name)

    def _ask(
        self,
        rule: RuleName,
        each: Round,
        group: DiscussionGroup,
        people: Sequence[Person],
        wanted: tuple[int, int],
        about: str = "",
    ) -> None:
        terms = [(1, self._seat(each, person, group)) for person in people]
        low, high = (each.stands_for.get(group.id, 1) * most for most in wanted)
        number = self.choices.rule(terms, low, high, PRICES[rule])
        self.asked[number] = _Asked(rule, each, group, tuple(people), wanted, about)

    def _something_new(self, earlier: Round, later: Round) -> None:
        """Nobody meets a case, a chair or a discussant a second time."""
        were_there = {person.id: person for person in earlier.people}
        both = [(were_there[p.id], p) for p in later.people if p.id in were_there]
        for rule in AGAIN:
            names = dict.fromkeys(getattr(group, rule) for group in later.groups)
            for name in filter(None, names):
                then = [g for g in earlier.groups if getattr(g, rule) == name]
                now = [g for g in later.groups if getattr(g, rule) == name]
                for before, person in both if then else []:
                    terms = [(1, self._seat(earlier, before, g)) for g in then]
                    terms += [(1, self._seat(later, person, g)) for g in now]
                    number = self.choices.rule(terms, 0, 1, PRICES[rule])
                    self.asked[number] = _Asked(rule, later, now[0], (person,), (0, 1), name)

    def staying(self) -> list[int]:
        """Return the seats that people had before."""
        return [seat for each in self.rounds for seat in self._before(each).values()]

    def _wishing(self) -> Iterator[tuple[int, int]]:
        for each in self.rounds:
            for person in each.people:
                for group in each.groups:
                    if gladness := points(person, each, group):
                        yield gladness, self._seat(each, person, group)

    def _goals(self) -> list[Terms]:
        firm = [n for n, asked in self.asked.items() if asked.rule not in BALANCE]
        balance = [n for n, asked in self.asked.items() if asked.rule in BALANCE]
        return [
            self.choices.keeping(firm),
            [(1, seat) for seat in self.staying()],
            self.choices.keeping(balance),
            list(self._wishing()),
        ]

    def sketched(self, seconds: float) -> list[int]:
        """Return seats to begin with where many groups are alike, as two on the same case are.

        Solved for all at once, each could take the place of the other in any number of ways. So
        people are shared out over the kinds of groups first, then over the groups of their kind.
        """
        kinds = [kinds_of(each) for each in self.rounds]
        if all(len(some) == 1 for each in kinds for some in each):
            return []
        rough = _Plan([merged(*each) for each in zip(self.rounds, kinds, strict=True)], {})
        chosen = rough.choices.solve(rough._goals(), seconds / 2).chosen
        taken = {key for key, number in rough.seats.items() if number in chosen}
        no_more = [
            Rule([(1, self._seat(each, person, group))], 0, 0)
            for each, alike in zip(self.rounds, kinds, strict=True)
            for some in alike
            for person in each.people
            if (each.session, person.id, some[0].id) not in taken
            for group in some
        ]
        fine = replace(self.choices, rules=[*self.choices.rules, *no_more])
        seats = set(self.seats.values())
        return sorted(fine.solve([fine.keeping(self.asked)], seconds / 2).chosen & seats)

    def solved(self, seconds: float, start: Sequence[int]) -> Seating:
        solution = self.choices.solve(self._goals(), seconds, start)
        seated = {key for key, number in self.seats.items() if number in solution.chosen}
        groups = {each.session: list(_filled(each, seated)) for each in self.rounds}
        broken = (self._told(self.asked[number], seated) for number in solution.broken)
        return Seating(
            groups,
            sorted(broken, key=lambda b: (-PRICES[b.rule], b.session, b.group, b.about)),
            {each.session: granted(each, seated) for each in self.rounds},
            {each.session: self._moved(each, seated) for each in self.rounds},
            solution.gap,
        )

    def _told(self, asked: _Asked, seated: set[tuple[str, str, str]]) -> Broken:
        key = asked.round.session, asked.group.id
        here = [p.id for p in asked.people if (key[0], p.id, key[1]) in seated]
        return Broken(asked.rule, *key, tuple(here), len(here), asked.wanted, asked.about)

    def _moved(self, each: Round, seated: set[tuple[str, str, str]]) -> list[str]:
        groups = {group.id: set(group.people) for group in self.kept.get(each.session, [])}
        were = set().union(*groups.values()) if groups else set()
        return sorted(
            person
            for session, person, group in seated
            if session == each.session and person in were and person not in groups.get(group, set())
        )


def _filled(each: Round, seated: set[tuple[str, str, str]]) -> Iterator[DiscussionGroup]:
    for group in each.groups:
        people = [p.id for p in each.people if (each.session, p.id, group.id) in seated]
        yield group.model_copy(update={"people": people})


def _parted(
    people: Iterable[Person], kind: Callable[[Person], str]
) -> list[tuple[str, list[Person]]]:
    parts: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        parts[kind(person)].append(person)
    return list(parts.items())
