"""Which version of a form counts, of all that came: the one rule, as a pure function.

A version is judged in the order of arrival, against the one that counts until then.

* By the same author: what descends from it, or was saved later, replaces it, if it is complete or
  the other is a draft as well. A draft beside a complete version waits as "changes begun", in
  whatever order the two arrive. What was saved earlier is kept and changes nothing.
* By a colleague of the delegation: only what descends from it replaces it; else it stands beside.
* By anybody else: it stands beside, and an organiser chooses.

A version that an organiser chose counts until one that descends from it comes, or another choice.
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
    """An organiser's choice: the id of the version, and which arrivals were there then."""

    version: str
    seen: Seen

    def saw(self, version: Version) -> bool:
        """Say whether a version was there when this was chosen."""
        return has_seen(self.seen, version.logged_at)


@dataclass(frozen=True)
class Judged(Generic[V]):
    """How the versions of one form stand. ``standings`` is in the order of ``versions``.

    ``undecided`` are complete versions beside the one that counts, on which nobody decided yet;
    ``waits`` is the newest draft beside a complete version: changes that were begun.
    """

    versions: tuple[V, ...]
    standings: tuple[Standing, ...]
    counts: V
    waits: V | None
    undecided: tuple[V, ...]
    descent: Descent

    def descends(self, new: V, old: V) -> bool:
        """Say whether one of the versions was made from another."""
        return self.descent.descends(self.place(new), self.place(old))

    def standing(self, version: V) -> Standing:
        """Return how one of the versions stands."""
        return self.standings[self.place(version)]

    def place(self, version: V) -> int:
        """Return the place of a version among all, which is how ``descent`` names it."""
        return min(n for n, each in enumerate(self.versions) if each is version)


def choices(decisions: Iterable[Decision]) -> dict[str, tuple[Choice, ...]]:
    """Return the organisers' choices of each form instance, the oldest first."""
    by_instance: dict[str, tuple[Choice, ...]] = {}
    for each in decisions:
        if isinstance(each, VersionChosen):
            before = by_instance.get(each.instance, ())
            by_instance[each.instance] = (*before, Choice(each.version, each.seen))
    return by_instance


def judge_versions(versions: Sequence[V], chosen: Sequence[Choice] = ()) -> Judged[V]:
    """Return which of the versions of one form counts and how the others stand.

    ``versions`` is not empty and in the order of arrival.
    """
    descent = Descent(versions)
    known = [c for c in chosen if any(v.version == c.version for v in versions)]
    order = _in_turn(versions, known)
    fold = _Fold(descent, known, order[0])
    for place in order[1:]:
        fold.take(place)
    fold.choose()
    standings = fold.standings()
    pairs = list(zip(versions, standings, strict=True))
    waiting = [version for version, standing in pairs if standing == "waits"]
    undecided = [
        version
        for version, standing in pairs
        if standing == "beside"
        and version.complete
        and not any(choice.saw(version) for choice in known)
    ]
    return Judged(
        tuple(versions),
        standings,
        versions[fold.counts],
        (*waiting, None)[0],
        tuple(undecided),
        descent,
    )


def _in_turn(versions: Sequence[V], chosen: Sequence[Choice]) -> list[int]:
    """Return the places of versions as they are judged: what a choice had seen, before it.

    Of two computers one may have chosen before what had come to the other was known to it.
    """

    def turn(place: int) -> int:
        saw = (n for n, choice in enumerate(chosen) if choice.saw(versions[place]))
        return next(saw, len(chosen))

    return sorted(range(len(versions)), key=turn)


class _Fold:
    """Goes through the versions as they arrived, and knows which counts so far."""

    def __init__(self, descent: Descent, chosen: Sequence[Choice], first: int) -> None:
        self.counts = first
        self._descent, self._versions = descent, descent.versions
        self._waiting = list(chosen)
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
        elif self._stands_beside(place):
            self._beside.add(place)

    def choose(self, before: int | None = None) -> None:
        """Follow the choices that had not seen the version at a place, or all that are left."""
        while self._waiting and (
            before is None or not self._waiting[0].saw(self._versions[before])
        ):
            choice = self._waiting.pop(0)
            places = [n for n, v in enumerate(self._versions) if v.version == choice.version]
            if self.counts != places[0]:
                self._beside.add(self.counts)
                self._beside.discard(places[0])
            self.counts, self._pinned = places[0], True

    def standings(self) -> tuple[Standing, ...]:
        """Return how each version stands in the end."""
        waiting = [place for place in range(len(self._versions)) if self._waits(place)]
        last = max(waiting, key=self._descent.key, default=None)
        return tuple(
            "counts"
            if place == self.counts
            else "waits"
            if place == last
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
        made_from_it = self._descent.descends(place, self.counts)
        if new.person == counts.person and not self._pinned:
            keys = self._descent.key
            return (new.complete, keys(place)) > (counts.complete, keys(self.counts))
        if new.person == counts.person or _are_colleagues(new, counts):
            return made_from_it and new.complete >= counts.complete
        return False

    def _stands_beside(self, place: int) -> bool:
        """Say whether one that does not replace the other stands beside it, for a choice."""
        descent, counts = self._descent, self.counts
        if descent.descends(counts, place) or self._waits(place):
            return False
        return descent.is_tie(place, counts) or descent.key(place) > descent.key(counts)

    def _waits(self, place: int) -> bool:
        """Say whether a version is a draft that goes on from, or came after, a complete one."""
        new, counts = self._versions[place], self._versions[self.counts]
        if new.complete or not counts.complete:
            return False
        if self._descent.descends(place, self.counts):
            return new.person == counts.person or _are_colleagues(new, counts)
        later = self._descent.key(place) > self._descent.key(self.counts)
        return new.person == counts.person and later


def _are_colleagues(one: Version, other: Version) -> bool:
    """Say whether two are of one delegation; who presents a case study belongs to none."""
    return bool(one.country) and one.country == other.country
