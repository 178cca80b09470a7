"""Decide which version of a form counts: the one rule, as a pure function.

Versions are judged in the order of arrival, each against the version that counts until then.

* By the same author: a descendant, or one that was saved later, replaces it, if the new one is
  complete or the old one is a draft too. A draft beside a complete version waits as "changes
  begun", in whatever order the two arrive. A version that was saved earlier changes nothing.
* By a colleague of the delegation: only a descendant replaces it; any other is put beside it.
* By anybody else: it is put beside it, and an organiser chooses.

A version that an organiser chose counts until a descendant arrives, or another choice is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.version_decisions import Seen, VersionChosen, has_seen
from seminarkit.core.store.version_descent import Descent, Version

Standing = Literal["counts", "waits", "beside", "earlier"]
V = TypeVar("V", bound=Version)


class Choice(NamedTuple):
    """An organiser's choice: the id of the version, and the arrivals known at that time."""

    version: str
    seen: Seen

    def saw(self, version: Version) -> bool:
        """Return whether a version had arrived when the choice was made."""
        return has_seen(self.seen, version.logged_at)


@dataclass(frozen=True)
class JudgedVersions(Generic[V]):
    """The versions of one form; ``standings`` is in the order of ``versions``.

    ``undecided`` are the complete versions beside the counting one that still need a choice;
    ``waits`` is the newest draft beside a complete version ("changes begun").
    """

    versions: tuple[V, ...]
    standings: tuple[Standing, ...]
    counts: V
    waits: V | None
    undecided: tuple[V, ...]
    descent: Descent

    def descends(self, new: V, old: V) -> bool:
        """Return whether one of the versions was made from another."""
        return self.descent.descends(self.place(new), self.place(old))

    def standing(self, version: V) -> Standing:
        """Return the standing of one of the versions."""
        return self.standings[self.place(version)]

    def place(self, version: V) -> int:
        """Return the index of a version, by which ``descent`` refers to it."""
        return min(n for n, other in enumerate(self.versions) if other is version)


def choices(decisions: Iterable[Decision]) -> dict[str, tuple[Choice, ...]]:
    """Return the organisers' choices by form instance, oldest first."""
    by_instance: dict[str, tuple[Choice, ...]] = {}
    for decision in decisions:
        if isinstance(decision, VersionChosen):
            before = by_instance.get(decision.instance, ())
            by_instance[decision.instance] = (*before, Choice(decision.version, decision.seen))
    return by_instance


def judge_versions(versions: Sequence[V], chosen: Sequence[Choice] = ()) -> JudgedVersions[V]:
    """Return which version of one form counts, and the standing of the others.

    ``versions`` is in the order of arrival and not empty.
    """
    descent = Descent(versions)
    valid_choices = [c for c in chosen if any(v.version == c.version for v in versions)]
    order = _judging_order(versions, valid_choices)
    judge = _Judge(descent, valid_choices, order[0])
    for place in order[1:]:
        judge.take(place)
    judge.choose()
    standings = judge.standings()
    pairs = list(zip(versions, standings, strict=True))
    waiting = [version for version, standing in pairs if standing == "waits"]
    undecided = [
        version
        for version, standing in pairs
        if standing == "beside"
        and version.complete
        and not any(choice.saw(version) for choice in valid_choices)
    ]
    return JudgedVersions(
        tuple(versions),
        standings,
        versions[judge.counts],
        (*waiting, None)[0],
        tuple(undecided),
        descent,
    )


def _judging_order(versions: Sequence[V], chosen: Sequence[Choice]) -> list[int]:
    """Return the indexes of versions in the order of judging.

    Versions that a choice had seen are judged before it: on another computer a choice may have been
    made before a version had reached it.
    """

    def turn(place: int) -> int:
        seen_by = (n for n, choice in enumerate(chosen) if choice.saw(versions[place]))
        return next(seen_by, len(chosen))

    return sorted(range(len(versions)), key=turn)


class _Judge:
    """Walks through the versions in their order and tracks which one counts so far."""

    def __init__(self, descent: Descent, chosen: Sequence[Choice], first: int) -> None:
        self.counts = first
        self._descent, self._versions = descent, descent.versions
        self._open_choices = list(chosen)
        self._pinned = False
        self._beside: set[int] = set()
        self.choose(before=first)

    def take(self, place: int) -> None:
        """Judge the next version against the one that counts."""
        self.choose(before=place)
        if self._replaces(place):
            if self._descent.is_tie(place, self.counts):
                self._beside.add(self.counts)
            self.counts, self._pinned = place, False
        elif self._goes_beside(place):
            self._beside.add(place)

    def choose(self, before: int | None = None) -> None:
        """Apply the choices that had not seen the version ``before``, or all remaining ones."""
        while self._open_choices and (
            before is None or not self._open_choices[0].saw(self._versions[before])
        ):
            choice = self._open_choices.pop(0)
            places = [n for n, v in enumerate(self._versions) if v.version == choice.version]
            if self.counts != places[0]:
                self._beside.add(self.counts)
                self._beside.discard(places[0])
            self.counts, self._pinned = places[0], True

    def standings(self) -> tuple[Standing, ...]:
        """Return the final standing of each version."""
        drafts = [place for place in range(len(self._versions)) if self._waits(place)]
        newest_draft = max(drafts, key=self._descent.key, default=None)
        return tuple(
            "counts"
            if place == self.counts
            else "waits"
            if place == newest_draft
            else "beside"
            if self._is_beside(place)
            else "earlier"
            for place in range(len(self._versions))
        )

    def _is_beside(self, place: int) -> bool:
        descent, counts = self._descent, self.counts
        later = self._versions[place].complete and descent.key(place) > descent.key(counts)
        return (place in self._beside or later) and not descent.descends(counts, place)

    def _replaces(self, place: int) -> bool:
        new, counts = self._versions[place], self._versions[self.counts]
        is_descendant = self._descent.descends(place, self.counts)
        if new.person == counts.person and not self._pinned:
            key = self._descent.key
            return (new.complete, key(place)) > (counts.complete, key(self.counts))
        if new.person == counts.person or _are_colleagues(new, counts):
            return is_descendant and new.complete >= counts.complete
        return False

    def _goes_beside(self, place: int) -> bool:
        """Return whether a version that replaces nothing is put beside, for a choice."""
        descent, counts = self._descent, self.counts
        if descent.descends(counts, place) or self._waits(place):
            return False
        return descent.is_tie(place, counts) or descent.key(place) > descent.key(counts)

    def _waits(self, place: int) -> bool:
        """Return whether a version is a draft that follows a complete one."""
        new, counts = self._versions[place], self._versions[self.counts]
        if new.complete or not counts.complete:
            return False
        if self._descent.descends(place, self.counts):
            return new.person == counts.person or _are_colleagues(new, counts)
        later = self._descent.key(place) > self._descent.key(self.counts)
        return new.person == counts.person and later


def _are_colleagues(one: Version, other: Version) -> bool:
    """Return whether two are of one delegation; case presenters are of none."""
    return bool(one.country) and one.country == other.country
