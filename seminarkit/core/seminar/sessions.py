"""The sessions of a seminar: their parts, steps and discussion groups."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from seminarkit.core.seminar.roles import LEADS, Lead
from seminarkit.core.seminar.values import Access, Clock, Day, Id, Profile, Strict, Words


class Person(Strict):
    """A person of the programme, spelt as in the programme."""

    name: Words
    affiliation: str | None = None


class Part(Strict):
    """A part in a session; without a person, it is still to be filled.

    A ``role`` that is not in the registry of roles is shown as it is.
    """

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
    """One planned discussion group of a session.

    ``wished_as`` is the answer by which people wish for it, ``profiles`` are the profiles that it
    is meant for.
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
    """How people are assigned to the groups of a session; ``size`` is the range of group sizes.

    ``comes`` and ``wishes`` name answers as ``form.field``: whether somebody attends, and which
    groups they wish for, most wanted first. People without an answer attend, unless
    ``registration`` is required.
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
    """One decided group: who leads it and who sits in it, by id.

    Its rapporteur is one of its people, ``confirmed`` once they have agreed.
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
        """Return the person in one of the leading seats."""
        person: str | None = getattr(self, seat)
        return person

    @property
    def led_by(self) -> dict[Lead, str]:
        """The people who lead the group, by seat; vacant seats are left out."""
        return {seat: person for seat in LEADS if (person := self.lead(seat))}

    @property
    def notes_by(self) -> str | None:
        """The note taker if there is no rapporteur: the chair, else the discussant."""
        return self.chair or self.discussant


class Session(Strict):
    """One session of the programme, in the seminar's time zone.

    A ``kind`` that is not in the registry of session kinds is shown as it is. ``recorded`` is None
    if it is undecided: then participants are told nothing about a recording.
    """

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
