"""What a seating is asked and what it answers: people, rounds of groups, rules and their prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from seminarkit.core.seminar.roles import LEADS, Lead
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.core.seminar.values import Profile

RuleName = Literal["size", "case", "delegation", Lead, "equal size", "profile", "region"]
# What one case of breaking it costs: a rule of the first four goes before many of the later ones.
PRICES: dict[RuleName, int] = {
    "size": 100,
    "case": 50,
    "delegation": 20,
    "chair": 10,
    "discussant": 5,
    "equal size": 4,  # where the size that is wanted cannot be had
    "profile": 2,
    "region": 1,
}
AGAIN: tuple[RuleName, ...] = ("case", *LEADS)
BALANCE: tuple[RuleName, ...] = ("equal size", "profile", "region")
WISH_POINTS = (3, 2)  # for the dearest wish, and for the next ones
PROFILE_POINTS = 1  # for a group that is made for one's profile


@dataclass(frozen=True)
class Person:
    """Somebody to be seated: ``wishes`` are cases or groups, the dearest first."""

    id: str
    country: str
    region: str
    profile: Profile
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Round:
    """The groups of one session, still without people, and who is to be shared out.

    ``answers`` is the wish that means a group, ``made_for`` the profiles it is made for, both by
    group. ``placed`` is the group of those for whom it was chosen by hand. ``stands_for`` says of
    how many groups one is the sum, where alike ones were put together. ``whole`` is the round that
    this one is a part of: equal shares are those of the whole. Of a round that is ``settled``, only
    what it means for the other rounds counts.
    """

    session: str
    groups: tuple[DiscussionGroup, ...]
    people: tuple[Person, ...]
    size: tuple[int, int]
    answers: Mapping[str, str] = field(default_factory=dict)
    made_for: Mapping[str, Sequence[Profile]] = field(default_factory=dict)
    placed: Mapping[str, str] = field(default_factory=dict)
    stands_for: Mapping[str, int] = field(default_factory=dict)
    whole: Round | None = None
    settled: bool = False


@dataclass(frozen=True)
class Broken:
    """A rule that could not be kept: which, in which group, and who is concerned."""

    rule: RuleName
    session: str
    group: str
    people: tuple[str, ...]
    found: int
    wanted: tuple[int, int]
    about: str = ""


@dataclass(frozen=True)
class Seating:
    """The groups of each session with their people, and what could not be had.

    ``wishes`` says by session who got their first, second … wish there. ``moved`` are the people
    who sit elsewhere than before. ``gap`` 0 means proven that none is better. ``ended`` says that
    the time ran out before the work was done.
    """

    groups: dict[str, list[DiscussionGroup]]
    broken: list[Broken]
    wishes: dict[str, list[list[str]]]
    moved: dict[str, list[str]]
    gap: float
    ended: bool = False
