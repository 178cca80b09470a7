"""Which version of a form was made from which, and which of two is the later one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from seminarkit.core.forms.word_form import is_clock_rev


class Version(Protocol):
    """What must be known of a version to judge it; a Submission is one."""

    @property
    def version(self) -> str:
        """Its id."""
        ...

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The ids of the versions it was made from."""
        ...

    @property
    def written_in(self) -> str:
        """The window of the browser, if any."""
        ...

    @property
    def rev(self) -> int:
        """Its count of changes, or a clock's number."""
        ...

    @property
    def person(self) -> str:
        """Who signed it."""
        ...

    @property
    def country(self) -> str:
        """Whose delegation they are of."""
        ...

    @property
    def complete(self) -> bool:
        """Whether nothing is open in it."""
        ...

    @property
    def moment(self) -> str:
        """When it was saved, or arrived."""
        ...

    @property
    def arrival(self) -> int:
        """The number of the file it came in."""
        ...

    @property
    def logged_at(self) -> str:
        """The lines of the logs that tell of that file."""
        ...


class Descent:
    """The descent of the versions of one form, each named by its place among them.

    No version is earlier than one that it was made from, whatever its clock said.
    """

    def __init__(self, versions: Sequence[Version]) -> None:
        self.versions = versions
        by_id: dict[str, int] = {}
        for place, each in enumerate(versions):
            by_id.setdefault(each.version, place)
        self._parents = [
            {by_id[ancestor] for ancestor in each.ancestors if ancestor in by_id} - {place}
            for place, each in enumerate(versions)
        ]
        for place, before in _before_in_window(versions):
            self._parents[place].add(before)
        self._times: dict[int, tuple[str, int]] = {}
        self._begun: set[int] = set()

    def descends(self, new: int, old: int) -> bool:
        """Say whether a version was made from another, and not the other from it."""
        return self._reaches(new, old) and not self._reaches(old, new)

    def key(self, place: int) -> tuple[str, int, int, int]:
        """Return what versions are ordered by: a later one has the higher key.

        Of the same second, files without a window (those of version 0.1.0) go by their count of
        changes; of Word files and texts the one that arrived last is later, of others the first.
        """
        each = self.versions[place]
        clock = is_clock_rev(each.rev)
        changes = 0 if clock or each.written_in else each.rev
        return (*self._time(place), changes, place if clock else -place)

    def is_tie(self, one: int, other: int) -> bool:
        """Say whether nothing but the order of arrival tells which of two is later."""
        if self._time(one)[0] != self._time(other)[0] or self.key(one)[2] != self.key(other)[2]:
            return False
        return not (self._reaches(one, other) or self._reaches(other, one))

    def _reaches(self, new: int, old: int) -> bool:
        waiting, seen = [new], {new}
        while waiting:
            parents = self._parents[waiting.pop()]
            if old in parents:
                return True
            waiting += parents - seen
            seen |= parents
        return False

    def _time(self, place: int) -> tuple[str, int]:
        """Return the time of a version, and its steps from one without ancestors."""
        waiting = [place]
        while waiting:
            at = waiting[-1]
            if at in self._times:
                waiting.pop()
                continue
            # who claims an ancestor that claims them has forged it: there the way ends
            lacking = self._parents[at] - self._times.keys() - self._begun
            self._begun.add(at)
            if lacking:
                waiting += lacking
                continue
            before = [self._times[p] for p in self._parents[at] if p in self._times]
            moment = max([self.versions[at].moment, *(time for time, _ in before)])
            self._times[at] = moment, 1 + max((steps for _, steps in before), default=0)
        return self._times[place]


def _before_in_window(versions: Sequence[Version]) -> list[tuple[int, int]]:
    """Return each version that has one before it in its window of the browser, and which."""
    windows: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for place, each in enumerate(versions):
        if each.written_in:
            windows.setdefault((each.written_in, each.person), []).append((each.rev, place))
    pairs = []
    for in_window in windows.values():
        in_window.sort()
        lower = last = in_window[0]
        for rev, place in in_window[1:]:
            lower = last if last[0] < rev else lower
            last = (rev, place)
            if lower[0] < rev:
                pairs.append((place, lower[1]))
    return pairs
