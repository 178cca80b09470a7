"""Sessions with their parts, steps and discussion groups."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from seminarkit.core.seminar.roles import LEADS, Lead
from seminarkit.core.seminar.values import Access, Clock, Day, Id, Profile, Strict, Words


class Person(Strict):
    """The name and description of a person in the programme."""

    name: Words
    affiliation: str | None = None


class Part(Strict):
    """A part of a session. A part without a person is vacant."""

    role: str
    person: str | None = None
    count: int = Field(default=1, ge=1)
    affiliation: str | None = None
    status: Literal["confirmed", "tbc"] = "confirmed"
    topic: str | None = None
    case: str | None = None


class Item(Strict):
    """A step inside a session."""

    title: Words
    start: Clock | None = None
    minutes: int | None = Field(default=None, ge=1)
    by: str | None = None


class Group(Strict):
    """A planned discussion group.

    ``wished_as`` is the form answer that requests this group. ``profiles`` lists the intended
    profiles.
    """

    id: Id
    title: Words
    who: str | None = None
    profiles: list[Profile] = []
    wished_as: str | None = None
    work: str | None = None
    prepared_by: str | None = None
    parts: list[Part] = []


def _size(value: tuple[int, int]) -> tuple[int, int]:
    low, high = value
    if not 1 <= low <= high:
        raise ValueError(
            f"groups of {low} to {high} are not possible; write two numbers of at least 1, the "
            "smaller first."
        )
    return value


class Seats(Strict):
    """The rules for assigning people to the groups of a session.

    ``size`` is the range of group sizes. ``comes`` and ``wishes`` name form answers, as
    ``form.field``, on attendance and on preferred groups in order. Without an answer, a person
    attends unless ``registration`` is required.
    """

    size: Annotated[tuple[int, int], AfterValidator(_size)]
    comes: str | None = None
    registration: Literal["required", "free"] = "free"
    wishes: list[str] = []

    @property
    def answers(self) -> list[str]:
        """The answers named in ``comes`` and ``wishes``, as ``form.field``."""
        return [*([self.comes] if self.comes else []), *self.wishes]


class DiscussionGroup(Strict):
    """A decided discussion group: the ids of its people and leaders.

    ``confirmed`` is true after the rapporteur has agreed.
    """

    id: Id
    title: str
    case: str | None = None
    chair: str | None = None
    discussant: str | None = None
    rapporteur: str | None = None
    confirmed: bool = False
    people: list[str] = []

    def lead(self, seat: Lead) -> str | None:
        """Return the person with this leading role, or None."""
        person: str | None = getattr(self, seat)
        return person

    @property
    def led_by(self) -> dict[Lead, str]:
        """The leaders of the group by role, without vacant roles."""
        return {seat: person for seat in LEADS if (person := self.lead(seat))}

    @property
    def notes_by(self) -> str | None:
        """The note taker of a group without rapporteur: the chair or else the discussant."""
        return self.chair or self.discussant


class Session(Strict):
    """A session of the programme. ``recorded`` is None if the recording is undecided."""

    id: Id
    title: Words
    kind: str
    date: Day
    start: Clock
    end: Clock
    access: Access | None = None
    block: str | None = None
    recorded: bool | None = None
    abstract: str | None = None
    items: list[Item] = []
    topics: list[str] = []
    rules: list[str] = []
    cases: list[str] = []
    groups: list[Group] = []
    seats: Seats | None = None
    join: str | None = None
    parts: list[Part] = []

    @property
    def minutes(self) -> int:
        """The length of the session in minutes."""
        return minutes_between(self.start, self.end)


def minutes_between(start: time, end: time) -> int:
    """Return the minutes from one time of day to a later one."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute
