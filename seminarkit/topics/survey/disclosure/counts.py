"""What may be told of a count, and what is counted: people, their groups, one closed question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SMALL = 5
LEAST_GROUP = 2 * SMALL
Place = tuple[str, str]  # a group and a choice


@dataclass(frozen=True)
class Cell:
    """What is told of a count: it lies between two numbers; ``most`` None is no upper end."""

    least: int
    most: int | None

    @property
    def exact(self) -> bool:
        """Whether the count itself is told."""
        return self.least == self.most


FEW = Cell(0, SMALL - 1)
MANY = Cell(SMALL, None)
HIDDEN = Cell(0, None)
Table = dict[Place, Cell]


@dataclass(frozen=True)
class Asked:
    """One closed question, and what every person who answered picked.

    ``each`` is how many choices a person was free to pick, at least and at most. Of who is not in
    ``picked`` it is not known any more what they picked.
    """

    choices: tuple[str, ...]
    each: tuple[int, int]
    picked: Mapping[str, frozenset[str]]

    def count(self, people: frozenset[str], choice: str) -> int:
        """Return how many of these people picked a choice, as far as that is known."""
        return sum(choice in self.picked.get(person, ()) for person in people)

    def known(self, people: frozenset[str]) -> frozenset[str]:
        """Return those of whom it is known what they picked."""
        return people & self.picked.keys()


@dataclass(frozen=True)
class People:
    """Who answered, in groups that may be told of, and in delegations that know themselves.

    Groups in ``exact`` may have exact numbers, all others only ranges.
    """

    groups: Mapping[str, frozenset[str]]
    delegations: Sequence[frozenset[str]]
    exact: frozenset[str] = frozenset()
    kinds: tuple[frozenset[str], ...] = field(init=False)

    def __post_init__(self) -> None:
        alike: dict[frozenset[str], set[str]] = {}
        for person in sorted(frozenset().union(*self.groups.values())):
            marks = frozenset(name for name, people in self.groups.items() if person in people)
            alike.setdefault(marks, set()).add(person)
        object.__setattr__(self, "kinds", tuple(frozenset(each) for each in alike.values()))

    def of(self, people: frozenset[str]) -> tuple[int, ...]:
        """Return the kinds that a group is made of."""
        return tuple(i for i, kind in enumerate(self.kinds) if kind <= people)


def bare(asked: Asked, people: People) -> Table:
    """Return what would be told of each count if nobody subtracted."""
    return {place: steps[0] for place, steps in all_steps(asked, people).items()}


def all_steps(asked: Asked, people: People) -> dict[Place, list[Cell]]:
    """Return what may be told of each count, from the most telling to nothing."""
    return {
        (name, choice): _steps(asked.count(members, choice), len(members), name in people.exact)
        for name, members in people.groups.items()
        for choice in asked.choices
    }


def _steps(count: int, size: int, exact: bool) -> list[Cell]:
    if size < LEAST_GROUP:
        return [HIDDEN]
    if count < SMALL:
        return [FEW, HIDDEN]
    least = count - count % SMALL
    band = Cell(least, least + SMALL - 1)
    return [*([Cell(count, count)] if exact else []), band, MANY, HIDDEN]
