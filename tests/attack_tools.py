"""An attack on published tables, written apart from what protects them: person by person.

It gets who answered, in which groups each is, how many choices each was free to pick, and what was
published, and asks HiGHS for the smallest and the largest that each count can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser

import highspy

Bounds = tuple[int, float]
Published = Mapping[tuple[str, str], Bounds]  # by group and choice
ANY = float("inf")


class Attack:
    """What somebody can work out of one question's published numbers."""

    def __init__(
        self,
        groups: Mapping[str, frozenset[str]],
        choices: Sequence[str],
        each: tuple[int, int],
        published: Published,
    ) -> None:
        self.groups, self.choices = groups, choices
        people = sorted(frozenset().union(*groups.values()))
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._picks = {
            (person, choice): self._solver.addBinary() for person in people for choice in choices
        }
        for person in people:
            number = sum(self._picks[person, choice] for choice in choices)
            self._solver.addConstr(number >= each[0])
            self._solver.addConstr(number <= each[1])
        for (group, choice), (least, most) in published.items():
            number = self._number(groups[group], choice)
            self._solver.addConstr(number >= least)
            if most < ANY:
                self._solver.addConstr(number <= most)

    def know(self, answers: Mapping[str, frozenset[str]]) -> None:
        """Let the answers of some people be known."""
        for (person, choice), pick in self._picks.items():
            ends = (0, 1) if person not in answers else (choice in answers[person],) * 2
            self._solver.changeColBounds(pick.index, *map(int, ends))

    def range(self, people: frozenset[str], choice: str) -> tuple[int, int]:
        """Return the smallest and the largest number of these people who may have picked it."""
        number = self._number(people, choice)
        ends = []
        for solve in (self._solver.minimize, self._solver.maximize):
            solve(number)
            assert self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(round(self._solver.getInfo().objective_function_value))
        return ends[0], ends[1]

    def _number(self, people: frozenset[str], choice: str) -> highspy.highs.highs_linear_expression:
        return sum((self._picks[p, choice] for p in sorted(people)), start=0 * self._first)

    @property
    def _first(self) -> highspy.highs.highs_var:
        return next(iter(self._picks.values()))


class IssuesAttack:
    """What somebody can work out who holds every issue of one question's numbers.

    An issue says who was in which group and what was published. ``answers`` says which of a
    person's answers each issue counted: the same number, the same answer. So who knows that
    somebody changed nothing in between uses it, and of a changed answer both are unknown.
    """

    def __init__(
        self,
        choices: Sequence[str],
        each: tuple[int, int],
        issues: Sequence[tuple[Mapping[str, frozenset[str]], Mapping[str, int], Published]],
    ) -> None:
        self._choices = choices
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self.answers = sorted({(p, n) for _, answers, _ in issues for p, n in answers.items()})
        self._picks = {
            (answer, choice): self._solver.addBinary()
            for answer in self.answers
            for choice in choices
        }
        for answer in self.answers:
            number = sum(self._picks[answer, choice] for choice in choices)
            self._solver.addConstr(number >= each[0])
            self._solver.addConstr(number <= each[1])
        for groups, answers, published in issues:
            for (group, choice), (least, most) in published.items():
                members = [(person, answers[person]) for person in sorted(groups[group])]
                number = sum(self._picks[answer, choice] for answer in members)
                self._solver.addConstr(number >= least)
                if most < ANY:
                    self._solver.addConstr(number <= most)

    def know(self, known: Mapping[tuple[str, int], frozenset[str]]) -> None:
        """Let some answers be known."""
        for (answer, choice), pick in self._picks.items():
            ends = (0, 1) if answer not in known else (choice in known[answer],) * 2
            self._solver.changeColBounds(pick.index, *map(int, ends))

    def inferred(self, besides: Sequence[tuple[str, int]] = ()) -> list[tuple[str, int, str]]:
        """Return each answer, with a choice, of which it is sure that it was picked or was not."""
        open_: dict[tuple[tuple[str, int], str], set[int]] = {
            place: set() for place in self._picks if place[0] not in besides
        }
        sure = []
        for place, seen in open_.items():
            for value, solve in ((0, self._solver.minimize), (1, self._solver.maximize)):
                if value in seen:
                    continue
                solve(1 * self._picks[place])
                assert self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
                world = self._solver.getSolution().col_value
                for other, values in open_.items():
                    values.add(round(world[self._picks[other].index]))
            if len(seen) < 2:
                (person, number), choice = place
                sure.append((person, number, choice))
        return sure

    def range(self, answers: Sequence[tuple[str, int]], choice: str) -> tuple[int, int]:
        """Return the smallest and the largest number of these answers that may have picked it."""
        number = sum((self._picks[each, choice] for each in answers), start=0 * self._first)
        ends = []
        for solve in (self._solver.minimize, self._solver.maximize):
            solve(number)
            assert self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(round(self._solver.getInfo().objective_function_value))
        return ends[0], ends[1]

    @property
    def _first(self) -> highspy.highs.highs_var:
        return next(iter(self._picks.values()))


def bounds(shown: str) -> Bounds:
    """Return what a cell of a page says: '17', '<5', '5–9', '5+' or a dash."""
    if shown == "–":
        return 0, ANY
    if match := re.fullmatch(r"(\d+)\+", shown):
        return int(match[1]), ANY
    if match := re.fullmatch(r"<(\d+)", shown):
        return 0, int(match[1]) - 1
    least, _, most = shown.partition("–")
    return int(least), int(most or least)


class Tables(HTMLParser):
    """The tables of numbers on a page, by the heading that each stands under."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._heading, self._into = "", ""
        self._rows: list[list[str]] | None = None  # of the table of numbers that is read
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h3":
            self._heading = ""
        elif tag == "table" and "numbers" in (dict(attrs).get("class") or "").split():
            self._rows = self.tables.setdefault(self._heading, [])
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("")
        self._into = tag if tag in ("h3", "td", "th") else self._into

    def handle_endtag(self, tag: str) -> None:
        self._into = "" if tag == self._into else self._into
        self._rows = None if tag == "table" else self._rows

    def handle_data(self, data: str) -> None:
        if self._into == "h3":
            self._heading += data
        elif self._into and self._rows:
            self._rows[-1][-1] += data

    def cells(self, heading: str) -> Iterator[tuple[str, str, str]]:
        """Yield (group, choice, cell) of one table, as they are read."""
        heads, *rows = self.tables[heading]
        for label, *cells in rows:
            for head, cell in zip(heads[1:], cells, strict=True):
                yield head.rpartition(" (")[0], label, cell
