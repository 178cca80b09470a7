"""Cells of a table, and the microdata behind it: people, groups and one closed question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SMALL = 5
LEAST_GROUP = 2 * SMALL
Place = tuple[str, str]  # a cell's row and column: group and choice


@dataclass(frozen=True)
class PublishedCell:
    """The published interval of a count; ``most`` None means no upper bound."""

    least: int
    most: int | None

    @property
    def exact(self) -> bool:
        """Whether the count itself is published."""
        return self.least == self.most


FEW = PublishedCell(0, SMALL - 1)
MANY = PublishedCell(SMALL, None)
HIDDEN = PublishedCell(0, None)
Table = dict[Place, PublishedCell]


@dataclass(frozen=True)
class AnsweredQuestion:
    """One closed question with the choices that every respondent picked.

    ``limits`` are the least and the most choices that a person may pick. People who are missing
    from ``picked`` were forgotten: their picks are unknown.
    """

    choices: tuple[str, ...]
    limits: tuple[int, int]
    picked: Mapping[str, frozenset[str]]

    def count(self, people: frozenset[str], choice: str) -> int:
        """Return how many of these people are known to have picked a choice."""
        return sum(choice in self.picked.get(person, ()) for person in people)

    def with_known_picks(self, people: frozenset[str]) -> frozenset[str]:
        """Return those of these people whose picks are known."""
        return people & self.picked.keys()


@dataclass(frozen=True)
class People:
    """The respondents, in groups that may be published and in delegations that know themselves.

    Groups in ``exact`` may be published with exact counts, all others with intervals. ``kinds`` are
    the equivalence classes: people who are in exactly the same groups.
    """

    groups: Mapping[str, frozenset[str]]
    delegations: Sequence[frozenset[str]]
    exact: frozenset[str] = frozenset()
    kinds: tuple[frozenset[str], ...] = field(init=False)

    def __post_init__(self) -> None:
        classes: dict[frozenset[str], set[str]] = {}
        for person in sorted(frozenset().union(*self.groups.values())):
            memberships = frozenset(
                name for name, people in self.groups.items() if person in people
            )
            classes.setdefault(memberships, set()).add(person)
        object.__setattr__(self, "kinds", tuple(frozenset(members) for members in classes.values()))

    def kinds_in(self, people: frozenset[str]) -> tuple[int, ...]:
        """Return the indices of the kinds that make up a group."""
        return tuple(i for i, kind in enumerate(self.kinds) if kind <= people)


def unprotected(question: AnsweredQuestion, people: People) -> Table:
    """Return the table after primary suppression only, without complementary suppression."""
    return {place: steps[0] for place, steps in all_steps(question, people).items()}


def all_steps(question: AnsweredQuestion, people: People) -> dict[Place, list[PublishedCell]]:
    """Return the intervals that each cell may be published with, the most precise first."""
    return {
        (name, choice): _steps(question.count(members, choice), len(members), name in people.exact)
        for name, members in people.groups.items()
        for choice in question.choices
    }


def _steps(count: int, size: int, exact: bool) -> list[PublishedCell]:
    if size < LEAST_GROUP:
        return [HIDDEN]
    if count < SMALL:
        return [FEW, HIDDEN]
    least = count - count % SMALL
    band = PublishedCell(least, least + SMALL - 1)
    return [*([PublishedCell(count, count)] if exact else []), band, MANY, HIDDEN]
