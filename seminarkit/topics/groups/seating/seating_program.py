"""The rules and goals of a seating as the solver takes them: a choice per person and group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.preferences import granted, points
from seminarkit.topics.groups.seating.rules import (
    AGAIN,
    BALANCE,
    PRICES,
    Broken,
    Person,
    Round,
    RuleName,
    Seating,
)
from seminarkit.topics.groups.seating.solver import Choices, Terms

Kept = Mapping[str, Sequence[DiscussionGroup]]
Seat = tuple[str, str, str]  # session, person, group


@dataclass(frozen=True)
class _Asked:
    """A rule as it was given to the solver."""

    rule: RuleName
    round: Round
    group: DiscussionGroup
    people: tuple[Person, ...]
    wanted: tuple[int, int]
    about: str = ""


class SeatingModel:
    """The choices: one for each person, round and group that is open to them.

    ``open_groups`` are the groups that somebody may sit in, by session and person; whoever is not
    in it may sit in any. Fewer choices make a smaller model: one with a single group for everybody
    only says what a seating is worth.
    """

    def __init__(
        self,
        rounds: Sequence[Round],
        kept: Kept,
        open_groups: Mapping[tuple[str, str], Collection[str]] | None = None,
    ) -> None:
        self.rounds, self.kept = rounds, kept
        self.choices = Choices()
        self.asked: dict[int, _Asked] = {}
        limits = open_groups or {}
        self.seats: dict[Seat, int] = {
            (each.session, person.id, group): self.choices.new()
            for each in rounds
            for person in each.people
            for group in _open(each, person, limits)
        }
        for each in rounds:
            self._everybody_once(each)
            if not each.settled:
                self._composition(each)
        for earlier, later in combinations(rounds, 2):
            self._something_new(earlier, later)

    @staticmethod
    def size(rounds: Sequence[Round]) -> int:
        """Return about how many columns the model of these rounds has, without making it."""
        seats = sum(
            len(each.groups) if person.id not in each.placed else 1
            for each in rounds
            for person in each.people
        )
        pairs = sum(
            2 * len(later.people) * len({getattr(g, rule) for g in later.groups})
            for _, later in combinations(rounds, 2)
            for rule in AGAIN
        )
        return seats + pairs

    def _terms(
        self, each: Round, people: Iterable[Person], groups: Iterable[DiscussionGroup]
    ) -> list[tuple[int, int]]:
        ids = [group.id for group in groups]
        keys = ((each.session, person.id, group) for person in people for group in ids)
        return [(1, self.seats[key]) for key in keys if key in self.seats]

    def _everybody_once(self, each: Round) -> None:
        for person in each.people:
            self.choices.rule(self._terms(each, [person], each.groups), 1, 1)

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
        whole = each.whole or each
        number = sum(whole.stands_for.get(group.id, 1) for group in whole.groups)
        if not (number and each.people):
            return
        kinds: list[tuple[RuleName, Callable[[Person], str]]] = [("region", lambda p: p.region)]
        if not any(whole.made_for.values()):
            kinds.append(("profile", lambda p: p.profile))
        equal = floor(len(whole.people) / number), ceil(len(whole.people) / number)
        totals = {rule: _counts(whole.people, kind) for rule, kind in kinds}
        countries = _counts(whole.people, _country)
        for group in each.groups:
            self._ask("size", each, group, each.people, each.size)
            if not each.size[0] <= equal[0] <= equal[1] <= each.size[1]:
                self._ask("equal size", each, group, each.people, equal)
            for country, some in _parted(each.people, _country):
                if countries[country] > 1:
                    wanted = (0, ceil(countries[country] / number))
                    self._ask("delegation", each, group, some, wanted, country)
            for rule, kind in kinds:
                for name, some in _parted(each.people, kind):
                    share = totals[rule][name] / number
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
        low, high = (each.stands_for.get(group.id, 1) * most for most in wanted)
        number = self.choices.rule(self._terms(each, people, [group]), low, high, PRICES[rule])
        self.asked[number] = _Asked(rule, each, group, tuple(people), wanted, about)

    def _something_new(self, earlier: Round, later: Round) -> None:
        """Nobody meets a case, a chair or a discussant a second time."""
        if earlier.settled and later.settled:
            return
        were_there = {person.id: person for person in earlier.people}
        both = [(were_there[p.id], p) for p in later.people if p.id in were_there]
        for rule in AGAIN:
            names = dict.fromkeys(getattr(group, rule) for group in later.groups)
            for name in filter(None, names):
                then = [g for g in earlier.groups if getattr(g, rule) == name]
                now = [g for g in later.groups if getattr(g, rule) == name]
                for before, person in both if then else []:
                    first = self._terms(earlier, [before], then)
                    second = self._terms(later, [person], now)
                    if first and second:
                        number = self.choices.rule([*first, *second], 0, 1, PRICES[rule])
                        self.asked[number] = _Asked(rule, later, now[0], (person,), (0, 1), name)

    def staying(self) -> list[int]:
        """Return the choices of the seats that people had before."""
        return [seat for each in self.rounds for seat in self._before(each).values()]

    def goals(self) -> list[Terms]:
        """Return what is to be as large as can be, in order: rules, seats kept, balance, wishes."""
        firm = [n for n, asked in self.asked.items() if asked.rule not in BALANCE]
        balance = [n for n, asked in self.asked.items() if asked.rule in BALANCE]
        return [
            self.choices.keeping(firm),
            [(1, seat) for seat in self.staying()],
            self.choices.keeping(balance),
            [
                (score, self.seats[each.session, person.id, group.id])
                for each in self.rounds
                for person in each.people
                for group in each.groups
                if (each.session, person.id, group.id) in self.seats
                and (score := points(person, each, group))
            ],
        ]

    def seated(self, chosen: Collection[int]) -> set[Seat]:
        """Return the seats that a solution gives."""
        return {key for key, number in self.seats.items() if number in chosen}

    def chosen(self, seated: Collection[Seat]) -> list[int]:
        """Return the choices that give these seats."""
        return [self.seats[key] for key in sorted(seated) if key in self.seats]

    def seating(self, chosen: Collection[int], gap: float) -> Seating:
        """Return a solution as groups with their people, and the rules that they break."""
        seated = self.seated(chosen)
        numbers = self.choices.broken(frozenset(chosen))
        broken = (self._broken(self.asked[number], seated) for number in numbers)
        return Seating(
            {each.session: list(_filled(each, seated)) for each in self.rounds},
            sorted(broken, key=lambda b: (-PRICES[b.rule], b.session, b.group, b.about)),
            {each.session: granted(each, seated) for each in self.rounds},
            {each.session: self._moved(each, seated) for each in self.rounds},
            gap,
        )

    def _broken(self, asked: _Asked, seated: set[Seat]) -> Broken:
        key = asked.round.session, asked.group.id
        here = [p.id for p in asked.people if (key[0], p.id, key[1]) in seated]
        return Broken(asked.rule, *key, tuple(here), len(here), asked.wanted, asked.about)

    def _moved(self, each: Round, seated: set[Seat]) -> list[str]:
        groups = {group.id: set(group.people) for group in self.kept.get(each.session, [])}
        were = set().union(*groups.values()) if groups else set()
        return sorted(
            person
            for session, person, group in seated
            if session == each.session and person in were and person not in groups.get(group, set())
        )


def _open(
    each: Round, person: Person, limits: Mapping[tuple[str, str], Collection[str]]
) -> list[str]:
    if person.id in each.placed:
        return [each.placed[person.id]]
    limit = limits.get((each.session, person.id))
    return [group.id for group in each.groups if limit is None or group.id in limit]


def _filled(each: Round, seated: set[Seat]) -> Iterator[DiscussionGroup]:
    for group in each.groups:
        people = [p.id for p in each.people if (each.session, p.id, group.id) in seated]
        yield group.model_copy(update={"people": people})


def _country(person: Person) -> str:
    return person.country


def _parted(
    people: Iterable[Person], kind: Callable[[Person], str]
) -> list[tuple[str, list[Person]]]:
    parts: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        parts[kind(person)].append(person)
    return list(parts.items())


def _counts(people: Iterable[Person], kind: Callable[[Person], str]) -> dict[str, int]:
    return {name: len(some) for name, some in _parted(people, kind)}
