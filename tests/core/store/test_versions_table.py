"""Does the version count that the table of design says, whatever came in which order?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seminarkit.core.store.version_states import Choice, judge_versions

# Of each row: what becomes of a new version by the same author, a colleague, anybody else. "goes
# on" replaces a draft, and waits beside a complete version.
TABLE = {
    "descends, complete": ("replaces", "replaces", "beside"),
    "descends, a draft": ("goes on", "goes on", "beside"),
    "later, complete": ("replaces", "beside", "beside"),
    "later, a draft": ("goes on", "beside", "beside"),
    "earlier": ("kept", "kept", "kept"),
}


@dataclass(frozen=True)
class Came:
    """One version as it came; ``made_from`` are the numbers of those it was made from."""

    number: int
    person: str
    complete: bool
    time: int
    made_from: tuple[int, ...]
    window: str = ""

    @property
    def version(self) -> str:
        return f"v{self.number}"

    @property
    def ancestors(self) -> tuple[str, ...]:
        return () if self.window else tuple(f"v{n}" for n in self.made_from)

    @property
    def written_in(self) -> str:
        return self.window or f"window of {self.number}"

    @property
    def rev(self) -> int:
        return self.number

    @property
    def country(self) -> str:
        return self.person[:2]

    @property
    def moment(self) -> str:
        return f"{self.time:03}"

    @property
    def arrival(self) -> int:
        return self.number + 1

    @property
    def logged_at(self) -> str:
        return f":{self.arrival}"


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Came], list[Choice]]:
    """Draw two computers, colleagues, strangers, drafts, wrong clocks, old files, choices."""
    came: list[Came] = []
    size = draw(st.integers(1, 8))
    times = draw(st.lists(st.integers(0, 99), min_size=size, max_size=size, unique=True))
    for number, time in enumerate(times):
        person = draw(st.sampled_from(["GE-2", "GE-2", "GE-2", "GE-1", "AM-1"]))
        before = draw(st.sampled_from([None, *came]))
        complete, more = draw(st.booleans()), draw(st.booleans())
        made_from: tuple[int, ...] = ()
        window = ""
        if before:
            # a form knows all that its file knew; a cut list knows the last alone
            made_from = (before.number, *(before.made_from if more else ()))
            if before.window and before.person == person:
                window = before.window  # where each goes on from all before it
                made_from = tuple(each.number for each in came if each.window)
        elif person == "GE-2" and more:
            window = "one window" if not any(each.window for each in came) else ""
        came.append(Came(number, person, complete, time, made_from, window))
    chosen = [
        Choice(f"v{draw(st.integers(0, after))}", {"": after + 1})
        for after in draw(st.sets(st.integers(0, size - 1), max_size=2))
    ]
    return came, sorted(chosen, key=lambda choice: choice.seen[""])


class Model:
    """The table, read out slowly: one version after the other."""

    def __init__(self, came: list[Came], chosen: list[Choice]) -> None:
        self.came, self.counts, self.beside = came, came[0], set[int]()
        pinned, decided = False, 0
        for new in came:
            if new.number:
                pinned = self.take(new, pinned)
            for choice in chosen:
                if choice.seen[""] == new.arrival:
                    self.beside |= {self.counts.number}
                    self.counts, pinned = came[int(choice.version[1:])], True
                    self.beside -= {self.counts.number}
                    decided = choice.seen[""]
        # what is complete and later than the one that counts is asked about, whatever led there
        self.undecided = {
            each
            for each in came
            if each.number in self.beside or self.age(each) > self.age(self.counts)
            if each.complete and each.arrival > decided and each != self.counts
            if not self.descends(self.counts, each)
        }
        self.waits = any(
            not new.complete and self.counts.complete and self.fate(new) == "goes on"
            for new in came
            if new != self.counts
        )

    def take(self, new: Came, pinned: bool) -> bool:
        fate, counts = self.fate(new), self.counts
        row = self.row(new)
        if pinned and row.startswith("later"):
            fate = "goes on" if fate == "goes on" and counts.complete else "beside"
        # in whatever order they arrive, a draft never counts beside a complete version
        if new.person == counts.person and not pinned and new.complete and not counts.complete:
            fate = "replaces"
        if fate == "replaces" or (fate == "goes on" and not counts.complete):
            if self.tied(new, counts):
                self.beside |= {counts.number}
            self.counts = new
            return False
        if fate == "beside" or (self.tied(new, counts) and fate == "kept"):
            self.beside |= {new.number}
        return pinned

    def fate(self, new: Came) -> str:
        counts = self.counts
        column = 0 if new.person == counts.person else 1 if new.country == counts.country else 2
        return TABLE[self.row(new)][column]

    def row(self, new: Came) -> str:
        state = "complete" if new.complete else "a draft"
        if self.descends(new, self.counts):
            return f"descends, {state}"
        later = not self.descends(self.counts, new) and self.age(new) > self.age(self.counts)
        return f"later, {state}" if later else "earlier"

    def descends(self, new: Came, old: Came) -> bool:
        parents = [self.came[n] for n in new.made_from]
        return any(parent == old or self.descends(parent, old) for parent in parents)

    def age(self, version: Came) -> tuple[int, int, int]:
        """Nothing is earlier than what it was made from, whatever its clock says."""
        ages = [self.age(self.came[n]) for n in version.made_from]
        time = max([version.time, *(age[0] for age in ages)])
        return time, 1 + max((age[1] for age in ages), default=0), -version.number

    def tied(self, one: Came, other: Came) -> bool:
        related = self.descends(one, other) or self.descends(other, one)
        return not related and self.age(one)[0] == self.age(other)[0]


def check_table(history: tuple[list[Came], list[Choice]]) -> None:
    came, chosen = history
    judged, model = judge_versions(came, chosen), Model(came, chosen)
    assert judged.counts == model.counts
    assert set(judged.undecided) == model.undecided
    assert (judged.waits is not None) == model.waits
    assert judged.standings.count("counts") == 1
    for version in came:
        if version.complete and judged.standing(version) == "earlier":
            made_from_it = judged.descends(judged.counts, version)
            assert made_from_it or model.age(version) < model.age(judged.counts)


@given(histories())
@settings(max_examples=300)
def test_the_table_holds(history: tuple[list[Came], list[Choice]]) -> None:
    """P02 P03: which counts, what waits, what an organiser is asked; no complete one is lost."""
    check_table(history)


@pytest.mark.nightly
@pytest.mark.timeout(900)
@given(histories())
@settings(max_examples=4_000)
def test_the_table_holds_in_a_long_draw(history: tuple[list[Came], list[Choice]]) -> None:
    """P02 P03: as above, at length."""
    check_table(history)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.booleans()),
        min_size=1,
        max_size=4,
        unique_by=lambda v: v[0],
    )
)
def test_of_one_author_the_order_of_arrival_does_not_matter(drawn: list[tuple[int, bool]]) -> None:
    """P02 P03: what a mail program or a file's name makes the first of a batch decides nothing."""
    found: set[Any] = set()
    for order in permutations(drawn):
        came = [Came(n, "GE-2", whole, time, ()) for n, (time, whole) in enumerate(order)]
        judged = judge_versions(came)
        found.add((judged.counts.time, judged.waits and judged.waits.time, judged.undecided))
    assert len(found) == 1


def test_who_forges_a_circle_of_ancestors_gains_nothing() -> None:
    """P02: a file may claim any ancestors; then its time decides, and nothing hangs."""
    one = Came(0, "GE-2", True, 5, (1,))
    other = Came(1, "AM-1", True, 9, (0,))
    assert judge_versions([one, other]).counts == one
