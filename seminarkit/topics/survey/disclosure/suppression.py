"""Hides small numbers in all tables of a question together, so that no subtraction finds them.

Tables share people: a region's numbers and a profile's add up to the same total. So the tables are
looked at as one: what could be true given all of them (possible_answers.py)? Who reads them is
taken to know who answered, of which country, region and profile each is, and what each was free to
answer; the people of one delegation also know one another's answers. What is promised:

- A count below ``SMALL``, zero among them, is told as "fewer than", and it could be each of these.
- Where all but a few of a group said the same, it could still be all of them or few enough.
- What is not told exactly cannot be worked out, for a person, a kind of people or a whole group;
  also not by the people of one delegation, for all others.
- A group of fewer than ``LEAST_GROUP`` people has no numbers of its own.

How much is hidden is settled by steps that look at the true numbers; who knows this program and
retraces them is not reckoned with. The source of the method is the literature on cell suppression
(Fischetti and Salazar 2001).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seminarkit.topics.survey.disclosure.counts import (
    FEW,
    HIDDEN,
    LEAST_GROUP,
    SMALL,
    Asked,
    Cell,
    People,
    Place,
    Table,
    all_steps,
)

if TYPE_CHECKING:  # the solver takes long to load, and who only reads tables does not need it
    from seminarkit.topics.survey.disclosure.possible_answers import Count, Group

Promise = Callable[[int, int], bool]  # of the fewest and the most that a count may be


def protected(asked: Asked, people: People, told: Mapping[Place, Cell] | None = None) -> Table:
    """Return what may be told of each count, so that all promises hold.

    ``told`` is what was published before, of the same answers or of groups that hold answers of an
    earlier issue (across_issues.py); it stays as it is.
    """
    return _Protection(asked, people, told or {}).run()


@dataclass(frozen=True)
class _Secret:
    """A count that may be hidden: of a group that is told of, or of one kind of people."""

    name: str
    choice: str
    kinds: Group
    members: frozenset[str]
    count: int  # it may be more by so many as are unknown
    unknown: int = 0

    @property
    def size(self) -> int:
        """How many people it counts among."""
        return len(self.members)


class _Protection:
    """One question's tables on their way from telling too much to telling enough."""

    def __init__(self, asked: Asked, people: People, told: Mapping[Place, Cell]) -> None:
        from seminarkit.topics.survey.disclosure.possible_answers import Worlds

        self._asked, self._people, self._told = asked, people, told
        self._steps = all_steps(asked, people)
        self._names = list(people.groups)
        self._worlds = Worlds(
            [len(kind) for kind in people.kinds],
            len(asked.choices),
            asked.each,
            [people.of(members) for members in people.groups.values()],
        )
        self.table: Table = {}
        for place, steps in self._steps.items():
            self._tell(place, told.get(place, steps[0]))

    def run(self) -> Table:
        """Tell less wherever a promise would be broken, first to outsiders, then to insiders."""
        secrets = list(self._secrets())
        for secret in secrets:
            self._keep(secret, frozenset())
        for insiders in self._people.delegations:
            self._worlds.know(self._own(insiders))
            for secret in secrets:
                if not secret.members <= insiders:
                    self._keep(secret, insiders)
        return self.table

    def _keep(self, secret: _Secret, insiders: frozenset[str]) -> None:
        """Tell less until a promise holds, and then again as much as it bears."""
        before: Table = {}
        while not self._kept(secret, insiders):
            place = self._less_telling(secret, insiders)
            if place is None:  # it follows from what is known anyway, and no table can change that
                for place_before, told in before.items():
                    self._tell(place_before, told)
                return
            before.setdefault(place, self.table[place])
            self._tell(place, self._next(place))
        for place, told in reversed(before.items()):
            less = self.table[place]
            self._tell(place, told)
            if not self._kept(secret, insiders):
                self._tell(place, less)

    def _kept(self, secret: _Secret, insiders: frozenset[str]) -> bool:
        """Say whether what is promised of a count holds."""
        enough = self._promise(secret, insiders)
        if enough is None:
            return True
        answer = self._asked.choices.index(secret.choice)
        return enough(*self._worlds.span(secret.kinds, answer, enough))

    def _promise(self, secret: _Secret, insiders: frozenset[str]) -> Promise | None:
        """Return what must hold of the fewest and the most that a count may be."""
        cell = self.table.get((secret.name, secret.choice), HIDDEN)
        group = (secret.name, secret.choice) in self.table and secret.size >= LEAST_GROUP
        if group and not insiders:
            if cell == FEW:
                return lambda fewest, most: fewest == 0 and most >= SMALL - 1
            if cell == HIDDEN and secret.count < SMALL:
                return lambda fewest, most: most - fewest >= SMALL - 1
            if cell != HIDDEN and secret.size - secret.count - secret.unknown < SMALL:
                some = secret.size - SMALL + 1  # so few said so that others are many enough
                return lambda fewest, most: fewest <= some and most == secret.size
        return None if cell.exact else lambda fewest, most: most > fewest

    def _less_telling(self, secret: _Secret, insiders: frozenset[str]) -> Place | None:
        """Return where to tell less, so that most is left: what helps alone, or leads on."""
        places = [p for p, c in self.table.items() if p not in self._told and c != HIDDEN]
        ranked = sorted(
            places, key=lambda place: (not self._near(place, secret), self._loss(place))
        )
        for place in ranked:
            told = self.table[place]
            self._tell(place, self._next(place))
            kept = self._kept(secret, insiders)
            self._tell(place, told)
            if kept:
                return place
        return ranked[0] if ranked else None

    def _near(self, place: Place, secret: _Secret) -> bool:
        """Say whether telling less at a place has a good chance to keep a secret."""
        return place[1] == secret.choice or bool(self._people.groups[place[0]] & secret.members)

    def _loss(self, place: Place) -> tuple[int, int]:
        """Return how much a reader would miss if less were told there."""
        steps = self._steps[place]
        left = len(steps) - steps.index(self.table[place])  # of a small count, little is told
        step = 5 if self.table[place] == FEW else {4: 1, 3: 2, 2: 4}[left]
        weight = 2 if place[0] in self._people.exact else 1
        return step * weight, len(self._people.groups[place[0]])

    def _next(self, place: Place) -> Cell:
        """Return the next cell that tells less; of one that tells nothing, that same."""
        steps = self._steps[place]
        return steps[min(steps.index(self.table[place]) + 1, len(steps) - 1)]

    def _tell(self, place: Place, cell: Cell) -> None:
        self.table[place] = cell
        self._worlds.publish(*self._index(place), cell.least, cell.most)

    def _index(self, place: Place) -> tuple[int, int]:
        return self._names.index(place[0]), self._asked.choices.index(place[1])

    def _secrets(self) -> Iterator[_Secret]:
        """Yield the counts of every group, and of every kind of people nobody can tell apart."""
        asked, people = self._asked, self._people
        unlike = {f"kind {i}": kind for i, kind in enumerate(people.kinds)}
        for name, members in {**people.groups, **unlike}.items():
            for choice in asked.choices:
                count = asked.count(members, choice)
                unknown = len(members) - len(asked.known(members))
                yield _Secret(name, choice, people.of(members), members, count, unknown)

    def _own(self, insiders: frozenset[str]) -> dict[int, tuple[int, Count]]:
        """Return what some people know of themselves: by kind, how many they are, their answers."""
        own = {}
        for number, kind in enumerate(self._people.kinds):
            if here := self._asked.known(kind & insiders):
                given = tuple(self._asked.count(here, choice) for choice in self._asked.choices)
                own[number] = (len(here), given)
        return own
