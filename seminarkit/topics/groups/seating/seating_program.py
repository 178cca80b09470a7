"""The integer programme of a seating: one binary variable per person, round and group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.preferences import granted_wishes, preference_score
from seminarkit.topics.groups.seating.rules import (
    BALANCE,
    NO_REPEAT,
    PRICES,
    Person,
    Round,
    RuleName,
    Seating,
    Violation,
)
from seminarkit.topics.groups.seating.solver import Choices, Terms

EarlierGroups = Mapping[str, Sequence[DiscussionGroup]]
Seat = tuple[str, str, str]  # session, person, group


@dataclass(frozen=True)
class _Limit:
    """A rule as a soft constraint of the integer programme."""

    rule: RuleName
    round: Round
    group: DiscussionGroup
    people: tuple[Person, ...]
    allowed: tuple[int, int]
    about: str = ""


class SeatingModel:
    """The variables: one per person, round and group that is open to them.

    ``open_groups`` restricts the groups of some people, by session and person; everyone else may
    sit in any. Fewer variables make a smaller model: with a single group for everybody, it only
    evaluates a seating.
    """

    def __init__(
        self,
        rounds: Sequence[Round],
        earlier_groups: EarlierGroups,
        open_groups: Mapping[tuple[str, str], Collection[str]] | None = None,
    ) -> None:
        self.rounds, self.earlier = rounds, earlier_groups
        self.choices = Choices()
        self.limits: dict[int, _Limit] = {}
        restrictions = open_groups or {}
        self.seats: dict[Seat, int] = {
            (round_.session, person.id, group): self.choices.add_choice()
            for round_ in rounds
            for person in round_.people
            for group in _open_groups(round_, person, restrictions)
        }
        for round_ in rounds:
            for person in round_.people:
                self.choices.add_rule(self._terms(round_, [person], round_.groups), 1, 1)
            if not round_.is_settled:
                self._composition(round_)
        for earlier, later in combinations(rounds, 2):
            self._something_new(earlier, later)

    @staticmethod
    def size(rounds: Sequence[Round]) -> int:
        """Return about how many columns the model of these rounds has, without building it."""
        seats = sum(
            len(round_.groups) if person.id not in round_.fixed_groups else 1
            for round_ in rounds
            for person in round_.people
        )
        pairs = sum(
            2 * len(later.people) * len({getattr(g, rule) for g in later.groups})
            for _, later in combinations(rounds, 2)
            for rule in NO_REPEAT
        )
        return seats + pairs

    def _terms(
        self, round_: Round, people: Iterable[Person], groups: Iterable[DiscussionGroup]
    ) -> list[tuple[int, int]]:
        ids = [group.id for group in groups]
        keys = ((round_.session, person.id, group) for person in people for group in ids)
        return [(1, self.seats[key]) for key in keys if key in self.seats]

    def _seats_before(self, round_: Round) -> dict[str, int]:
        """Return the variables of the seats that people of a round had before, by person."""
        return {
            person: self.seats[round_.session, person, group.id]
            for group in self.earlier.get(round_.session, [])
            for person in group.people
            if (round_.session, person, group.id) in self.seats
        }

    def _composition(self, round_: Round) -> None:
        """Constrain sizes, delegations, and the shares of profiles and regions."""
        full = round_.full_round or round_
        number = sum(full.multiplicity.get(group.id, 1) for group in full.groups)
        if not (number and round_.people):
            return
        kinds: list[tuple[RuleName, Callable[[Person], str]]] = [("region", lambda p: p.region)]
        if not any(full.made_for.values()):
            kinds.append(("profile", lambda p: p.profile))
        equal_sizes = floor(len(full.people) / number), ceil(len(full.people) / number)
        totals = {rule: _counts(full.people, kind) for rule, kind in kinds}
        countries = _counts(full.people, _country)
        for group in round_.groups:
            self._limit("size", round_, group, round_.people, round_.size)
            if not round_.size[0] <= equal_sizes[0] <= equal_sizes[1] <= round_.size[1]:
                self._limit("equal size", round_, group, round_.people, equal_sizes)
            for country, part in _grouped_by(round_.people, _country):
                if countries[country] > 1:
                    allowed = (0, ceil(countries[country] / number))
                    self._limit("delegation", round_, group, part, allowed, country)
            for rule, kind in kinds:
                for name, part in _grouped_by(round_.people, kind):
                    share = totals[rule][name] / number
                    self._limit(rule, round_, group, part, (floor(share), ceil(share)), name)

    def _limit(
        self,
        rule: RuleName,
        round_: Round,
        group: DiscussionGroup,
        people: Sequence[Person],
        allowed: tuple[int, int],
        about: str = "",
    ) -> None:
        low, high = (round_.multiplicity.get(group.id, 1) * bound for bound in allowed)
        terms = self._terms(round_, people, [group])
        number = self.choices.add_rule(terms, low, high, PRICES[rule])
        self.limits[number] = _Limit(rule, round_, group, tuple(people), allowed, about)

    def _something_new(self, earlier: Round, later: Round) -> None:
        """Constrain repeats: nobody meets a case, chair or discussant a second time."""
        if earlier.is_settled and later.is_settled:
            return
        earlier_people = {person.id: person for person in earlier.people}
        people_of_both = [(earlier_people[p.id], p) for p in later.people if p.id in earlier_people]
        for rule in NO_REPEAT:
            names = dict.fromkeys(getattr(group, rule) for group in later.groups)
            for name in filter(None, names):
                before = [g for g in earlier.groups if getattr(g, rule) == name]
                after = [g for g in later.groups if getattr(g, rule) == name]
                for earlier_person, person in people_of_both if before else []:
                    first = self._terms(earlier, [earlier_person], before)
                    second = self._terms(later, [person], after)
                    if first and second:
                        number = self.choices.add_rule([*first, *second], 0, 1, PRICES[rule])
                        self.limits[number] = _Limit(rule, later, after[0], (person,), (0, 1), name)

    def kept_seats(self) -> list[int]:
        """Return the variables of the seats that people had before."""
        return [seat for round_ in self.rounds for seat in self._seats_before(round_).values()]

    def goals(self) -> list[Terms]:
        """Return the goals to maximise, in order: rules, seats kept, balance, preferences."""
        firm = [n for n, limit in self.limits.items() if limit.rule not in BALANCE]
        balance = [n for n, limit in self.limits.items() if limit.rule in BALANCE]
        return [
            self.choices.penalty_goal(firm),
            [(1, seat) for seat in self.kept_seats()],
            self.choices.penalty_goal(balance),
            [
                (score, self.seats[round_.session, person.id, group.id])
                for round_ in self.rounds
                for person in round_.people
                for group in round_.groups
                if (round_.session, person.id, group.id) in self.seats
                and (score := preference_score(person, round_, group))
            ],
        ]

    def seated(self, chosen: Collection[int]) -> set[Seat]:
        """Return the seats of a solution."""
        return {key for key, number in self.seats.items() if number in chosen}

    def chosen(self, seated: Collection[Seat]) -> list[int]:
        """Return the variables of these seats."""
        return [self.seats[key] for key in sorted(seated) if key in self.seats]

    def seating(self, chosen: Collection[int], gap: float) -> Seating:
        """Return a solution as groups with their people, and the rules that it violates."""
        seated = self.seated(chosen)
        numbers = self.choices.violated(frozenset(chosen))
        violations = (self._violation(self.limits[number], seated) for number in numbers)
        return Seating(
            {round_.session: list(_filled(round_, seated)) for round_ in self.rounds},
            sorted(violations, key=lambda b: (-PRICES[b.rule], b.session, b.group, b.about)),
            {round_.session: granted_wishes(round_, seated) for round_ in self.rounds},
            {round_.session: self._moved(round_, seated) for round_ in self.rounds},
            gap,
        )

    def _violation(self, limit: _Limit, seated: set[Seat]) -> Violation:
        key = limit.round.session, limit.group.id
        people = [p.id for p in limit.people if (key[0], p.id, key[1]) in seated]
        return Violation(limit.rule, *key, tuple(people), len(people), limit.allowed, limit.about)

    def _moved(self, round_: Round, seated: set[Seat]) -> list[str]:
        groups = {group.id: set(group.people) for group in self.earlier.get(round_.session, [])}
        former = set().union(*groups.values()) if groups else set()
        return sorted(
            person
            for session, person, group in seated
            if session == round_.session
            and person in former
            and person not in groups.get(group, set())
        )


def _open_groups(
    round_: Round, person: Person, limits: Mapping[tuple[str, str], Collection[str]]
) -> list[str]:
    if person.id in round_.fixed_groups:
        return [round_.fixed_groups[person.id]]
    limit = limits.get((round_.session, person.id))
    return [group.id for group in round_.groups if limit is None or group.id in limit]


def _filled(round_: Round, seated: set[Seat]) -> Iterator[DiscussionGroup]:
    for group in round_.groups:
        people = [p.id for p in round_.people if (round_.session, p.id, group.id) in seated]
        yield group.model_copy(update={"people": people})


def _country(person: Person) -> str:
    return person.country


def _grouped_by(
    people: Iterable[Person], attribute: Callable[[Person], str]
) -> list[tuple[str, list[Person]]]:
    parts: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        parts[attribute(person)].append(person)
    return list(parts.items())


def _counts(people: Iterable[Person], attribute: Callable[[Person], str]) -> dict[str, int]:
    return {name: len(subset) for name, subset in _grouped_by(people, attribute)}
