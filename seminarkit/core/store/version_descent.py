"""Which version of a form was made from which, and which of two is the later one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from seminarkit.core.forms.word_form import is_clock_rev


class Version(Protocol):
    """The properties by which a version is judged; a Submission has them."""

    @property
    def version(self) -> str:
        """The id of the version."""
        ...

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The ids of the versions it was made from."""
        ...

    @property
    def written_in(self) -> str:
        """The browser window it was written in, if any."""
        ...

    @property
    def rev(self) -> int:
        """The count of changes, or a number made from the clock."""
        ...

    @property
    def person(self) -> str:
        """The id of the author."""
        ...

    @property
    def country(self) -> str:
        """The country of the author."""
        ...

    @property
    def complete(self) -> bool:
        """Whether every required question is answered."""
        ...

    @property
    def moment(self) -> str:
        """When it was saved, or arrived."""
        ...

    @property
    def arrival(self) -> int:
        """The number of the arrival."""
        ...

    @property
    def logged_at(self) -> str:
        """The log lines of the arrival."""
        ...


class Descent:
    """The descent of the versions of one form, each given by its index among them.

    A version is never earlier than one it was made from, whatever its clock said.
    """

    def __init__(self, versions: Sequence[Version]) -> None:
        self.versions = versions
        by_id: dict[str, int] = {}
        for place, version in enumerate(versions):
            by_id.setdefault(version.version, place)
        self._parents = [
            {by_id[ancestor] for ancestor in version.ancestors if ancestor in by_id} - {place}
            for place, version in enumerate(versions)
        ]
        for place, before in _before_in_window(versions):
            self._parents[place].add(before)
        self._times: dict[int, tuple[str, int]] = {}
        self._visited: set[int] = set()

    def descends(self, new: int, old: int) -> bool:
        """Return whether a version was made from another, and not the other from it."""
        return self._reaches(new, old) and not self._reaches(old, new)

    def key(self, place: int) -> tuple[str, int, int, int]:
        """Return the sort key of a version: a later version has the higher key.

        Within one second, files without a window (of kit 0.1.0) are ordered by their count of
        changes. Then the last arrival is the later one among Word files and texts, the first
        arrival among all others.
        """
        version = self.versions[place]
        is_clock = is_clock_rev(version.rev)
        changes = 0 if is_clock or version.written_in else version.rev
        return (*self._time(place), changes, place if is_clock else -place)

    def is_tie(self, one: int, other: int) -> bool:
        """Return whether only the order of arrival decides which of two is later."""
        if self._time(one)[0] != self._time(other)[0] or self.key(one)[2] != self.key(other)[2]:
            return False
        return not (self._reaches(one, other) or self._reaches(other, one))

    def _reaches(self, new: int, old: int) -> bool:
        stack, seen = [new], {new}
        while stack:
            parents = self._parents[stack.pop()]
            if old in parents:
                return True
            stack += parents - seen
            seen |= parents
        return False

    def _time(self, place: int) -> tuple[str, int]:
        """Return the time of a version, and its steps from a version without ancestors."""
        stack = [place]
        while stack:
            current = stack[-1]
            if current in self._times:
                stack.pop()
                continue
            # a cycle of ancestors is forged: stop there
            missing = self._parents[current] - self._times.keys() - self._visited
            self._visited.add(current)
            if missing:
                stack += missing
                continue
            earlier = [self._times[p] for p in self._parents[current] if p in self._times]
            moment = max([self.versions[current].moment, *(time for time, _ in earlier)])
            self._times[current] = moment, 1 + max((steps for _, steps in earlier), default=0)
        return self._times[place]


def _before_in_window(versions: Sequence[Version]) -> list[tuple[int, int]]:
    """Return pairs of a version and the one before it in the same browser window."""
    windows: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for place, version in enumerate(versions):
        if version.written_in:
            windows.setdefault((version.written_in, version.person), []).append(
                (version.rev, place)
            )
    pairs = []
    for revisions in windows.values():
        revisions.sort()
        lower = last = revisions[0]
        for rev, place in revisions[1:]:
            lower = last if last[0] < rev else lower
            last = (rev, place)
            if lower[0] < rev:
                pairs.append((place, lower[1]))
    return pairs
