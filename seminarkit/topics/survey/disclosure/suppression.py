"""Suppresses cells of all tables of a question together, so that no subtraction recovers them.

The tables are linked: the counts of regions and of profiles add up to the same total. So the
feasibility interval of a cell is computed from all tables together (possible_answers.py). Readers
are assumed to know who answered, the country, region and profile of each, and what each was free to
answer; the people of one delegation also know one another's answers. The guarantees are:

- Primary suppression: a count below ``SMALL``, including zero, is published as "fewer than", and
  each of these values is feasible.
- Where nearly all of a group gave the same answer, it stays feasible that all of them did, and that
  ``SMALL - 1`` of them did not.
- A count that is not published exactly cannot be worked out: not for a person, a kind of people or
  a whole group, and not by the people of one delegation about all others.
- A group of fewer than ``LEAST_GROUP`` people has no counts of its own.

The complementary suppression is chosen by a heuristic that looks at the true counts; a reader who
retraces the steps of this program is not considered. See the literature on cell suppression
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
    AnsweredQuestion,
    People,
    Place,
    PublishedCell,
    Table,
    all_steps,
)

if TYPE_CHECKING:  # the solver is slow to load, and code that only reads tables does not need it
    from seminarkit.topics.survey.disclosure.possible_answers import Count, Group

Criterion = Callable[[int, int], bool]  # on the bounds of a feasibility interval


def protected(
    question: AnsweredQuestion,
    people: People,
    published: Mapping[Place, PublishedCell] | None = None,
) -> Table:
    """Return the table with enough cells suppressed that all guarantees hold.

    ``published`` are cells that an earlier issue has published, of the same answers or of groups
    with earlier answers (across_issues.py); they stay as they are.
    """
    return _Protection(question, people, published or {}).run()


@dataclass(frozen=True)
class _SensitiveCount:
    """A count to protect: of a published group, or of one kind of people."""

    name: str
    choice: str
    kinds: Group
    members: frozenset[str]
    count: int  # of those whose picks are known; up to ``unknown`` more may have picked the choice
    unknown: int = 0

    @property
    def size(self) -> int:
        """The number of people it counts among."""
        return len(self.members)


class _Protection:
    """The protection of one question's tables, from primary suppression to the final table."""

    def __init__(
        self, question: AnsweredQuestion, people: People, published: Mapping[Place, PublishedCell]
    ) -> None:
        from seminarkit.topics.survey.disclosure.possible_answers import FeasibleTables

        self._question, self._people, self._published = question, people, published
        self._steps = all_steps(question, people)
        self._names = list(people.groups)
        self._feasible = FeasibleTables(
            [len(kind) for kind in people.kinds],
            len(question.choices),
            question.limits,
            [people.kinds_in(members) for members in people.groups.values()],
        )
        self.table: Table = {}
        for place, steps in self._steps.items():
            self._publish(place, published.get(place, steps[0]))

    def run(self) -> Table:
        """Suppress until every guarantee holds, against outsiders and each delegation."""
        sensitive_counts = list(self._sensitive_counts())
        for sensitive in sensitive_counts:
            self._protect(sensitive, frozenset())
        for insiders in self._people.delegations:
            self._feasible.know(self._own_answers(insiders))
            for sensitive in sensitive_counts:
                if not sensitive.members <= insiders:
                    self._protect(sensitive, insiders)
        return self.table

    def _protect(self, sensitive: _SensitiveCount, insiders: frozenset[str]) -> None:
        """Suppress cells until one count is safe, then undo every step that was not needed."""
        before: Table = {}
        while not self._is_safe(sensitive, insiders):
            place = self._best_suppression(sensitive, insiders)
            if place is None:  # no suppression helps: it follows from what insiders know
                for changed_place, cell in before.items():
                    self._publish(changed_place, cell)
                return
            before.setdefault(place, self.table[place])
            self._publish(place, self._coarser(place))
        for place, cell in reversed(before.items()):
            coarser = self.table[place]
            self._publish(place, cell)
            if not self._is_safe(sensitive, insiders):
                self._publish(place, coarser)

    def _is_safe(self, sensitive: _SensitiveCount, insiders: frozenset[str]) -> bool:
        """Return whether the guarantee for a count holds."""
        enough = self._criterion(sensitive, insiders)
        if enough is None:
            return True
        choice = self._question.choices.index(sensitive.choice)
        return enough(*self._feasible.feasibility_interval(sensitive.kinds, choice, enough))

    def _criterion(self, sensitive: _SensitiveCount, insiders: frozenset[str]) -> Criterion | None:
        """Return the criterion for the feasibility interval of a count; None if there is none."""
        cell = self.table.get((sensitive.name, sensitive.choice), HIDDEN)
        is_group = (
            sensitive.name,
            sensitive.choice,
        ) in self.table and sensitive.size >= LEAST_GROUP
        if is_group and not insiders:
            if cell == FEW:
                return lambda fewest, most: fewest == 0 and most >= SMALL - 1
            if cell == HIDDEN and sensitive.count < SMALL:
                return lambda fewest, most: most - fewest >= SMALL - 1
            if cell != HIDDEN and sensitive.size - sensitive.count - sensitive.unknown < SMALL:
                limit = sensitive.size - SMALL + 1  # at least SMALL - 1 others stay feasible
                return lambda fewest, most: fewest <= limit and most == sensitive.size
        return None if cell.exact else lambda fewest, most: most > fewest

    def _best_suppression(
        self, sensitive: _SensitiveCount, insiders: frozenset[str]
    ) -> Place | None:
        """Return the cell to coarsen next: the cheapest that suffices alone, else the cheapest."""
        places = [p for p, c in self.table.items() if p not in self._published and c != HIDDEN]
        ranked = sorted(
            places,
            key=lambda place: (
                not self._is_related(place, sensitive),
                self._information_loss(place),
            ),
        )
        for place in ranked:
            cell = self.table[place]
            self._publish(place, self._coarser(place))
            is_safe = self._is_safe(sensitive, insiders)
            self._publish(place, cell)
            if is_safe:
                return place
        return ranked[0] if ranked else None

    def _is_related(self, place: Place, sensitive: _SensitiveCount) -> bool:
        """Return whether coarsening a cell is likely to protect a count."""
        return place[1] == sensitive.choice or bool(
            self._people.groups[place[0]] & sensitive.members
        )

    def _information_loss(self, place: Place) -> tuple[int, int]:
        """Return the cost of coarsening a cell by one step."""
        steps = self._steps[place]
        steps_left = len(steps) - steps.index(self.table[place])
        cost = 5 if self.table[place] == FEW else {4: 1, 3: 2, 2: 4}[steps_left]
        weight = 2 if place[0] in self._people.exact else 1
        return cost * weight, len(self._people.groups[place[0]])

    def _coarser(self, place: Place) -> PublishedCell:
        """Return the next coarser interval of a cell; the last one stays."""
        steps = self._steps[place]
        return steps[min(steps.index(self.table[place]) + 1, len(steps) - 1)]

    def _publish(self, place: Place, cell: PublishedCell) -> None:
        self.table[place] = cell
        self._feasible.publish(*self._index(place), cell.least, cell.most)

    def _index(self, place: Place) -> tuple[int, int]:
        return self._names.index(place[0]), self._question.choices.index(place[1])

    def _sensitive_counts(self) -> Iterator[_SensitiveCount]:
        """Yield the counts of every group and of every kind of people."""
        question, people = self._question, self._people
        kinds = {f"kind {i}": kind for i, kind in enumerate(people.kinds)}
        for name, members in {**people.groups, **kinds}.items():
            for choice in question.choices:
                count = question.count(members, choice)
                unknown = len(members) - len(question.with_known_picks(members))
                yield _SensitiveCount(
                    name, choice, people.kinds_in(members), members, count, unknown
                )

    def _own_answers(self, insiders: frozenset[str]) -> dict[int, tuple[int, Count]]:
        """Return what insiders know of themselves: by kind, their number and their answers."""
        own = {}
        for number, kind in enumerate(self._people.kinds):
            if insiders_of_kind := self._question.with_known_picks(kind & insiders):
                counts = tuple(
                    self._question.count(insiders_of_kind, choice)
                    for choice in self._question.choices
                )
                own[number] = (len(insiders_of_kind), counts)
        return own
