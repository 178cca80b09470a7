"""Input and output of a seating: people, rounds of groups, rules and their prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from seminarkit.core.seminar.roles import LEADS, Lead
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.core.seminar.values import Profile

RuleName = Literal["size", "case", "delegation", Lead, "equal size", "profile", "region"]
# The penalty per violation: one of the first four outweighs many of the later ones.
PRICES: dict[RuleName, int] = {
    "size": 100,
    "case": 50,
    "delegation": 20,
    "chair": 10,
    "discussant": 5,
    "equal size": 4,  # where the allowed size is not feasible
    "profile": 2,
    "region": 1,
}
NO_REPEAT: tuple[RuleName, ...] = ("case", *LEADS)
BALANCE: tuple[RuleName, ...] = ("equal size", "profile", "region")
WISH_POINTS = (3, 2)  # for the first wish, and for every later one
PROFILE_POINTS = 1  # for a group made for the person's profile


@dataclass(frozen=True)
class Person:
    """A person to be seated; ``wishes`` are cases or groups, the first choice first."""

    id: str
    country: str
    region: str
    profile: Profile
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Round:
    """The groups of one session, still without people, and the people to assign.

    By group: ``wished_as`` is the wish that means it, ``made_for`` its profiles, ``multiplicity``
    the number of interchangeable groups that it stands for. ``fixed_groups`` maps people to the
    group that was chosen for them by hand. ``full_round`` is the round of which this one is a part;
    equal shares are computed over it. A round that ``is_settled`` only constrains the other rounds.
    """

    session: str
    groups: tuple[DiscussionGroup, ...]
    people: tuple[Person, ...]
    size: tuple[int, int]
    wished_as: Mapping[str, str] = field(default_factory=dict)
    made_for: Mapping[str, Sequence[Profile]] = field(default_factory=dict)
    fixed_groups: Mapping[str, str] = field(default_factory=dict)
    multiplicity: Mapping[str, int] = field(default_factory=dict)
    full_round: Round | None = None
    is_settled: bool = False


@dataclass(frozen=True)
class Violation:
    """A rule that could not be satisfied: in which group, and which people are concerned."""

    rule: RuleName
    session: str
    group: str
    people: tuple[str, ...]
    actual: int
    allowed: tuple[int, int]
    about: str = ""


@dataclass(frozen=True)
class Seating:
    """The groups of each session with their people, and how good the solution is.

    By session: ``wishes`` are the people who got their first, second … wish, ``moved`` those who
    sit elsewhere than before. ``gap`` 0 means proven optimal. ``ended`` means that the time ran
    out.
    """

    groups: dict[str, list[DiscussionGroup]]
    violations: list[Violation]
    wishes: dict[str, list[list[str]]]
    moved: dict[str, list[str]]
    gap: float
    ended: bool = False
