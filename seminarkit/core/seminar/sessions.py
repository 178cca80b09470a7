"""The sessions of a seminar: who has a part in them, their steps, and their discussion groups."""

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
    """Somebody's part in a session. Without a person it is a part still to be filled.

    What the kit knows of a ``role`` is in the registry of roles; any other is shown.
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
    """One discussion group of a session with parallel groups.

    ``wished_as`` is the answer by which people wish for it, ``profiles`` whom it is made for.
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
            f"groups of {low} to {high} cannot be; write two numbers from 1 up, the smaller first."
        )
    return value


class Seats(Strict):
    """How a session's people are shared out: from how many to how many sit in one group.

    ``comes`` and ``wishes`` name answers as ``form.field``: whether somebody comes, and the groups
    they wish for, the dearest first. Where ``registration`` is required, who said nothing stays
    away; elsewhere who said nothing comes.
    """

    size: Annotated[tuple[int, int], AfterValidator(_size)]
    comes: str | None = None
    registration: Literal["required", "free"] = "free"
    wishes: list[str] = []

    @property
    def answers(self) -> list[str]:
        """All answers that are named, as ``form.field``."""
        return [*([self.comes] if self.comes else []), *self.wishes]


class DiscussionGroup(Strict):
    """One group as it was decided: who leads it and who sits in it, by their ids.

    Its rapporteur is one of its people, ``confirmed`` once they said yes.
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
        """Return who has one of the seats of those who lead the group."""
        person: str | None = getattr(self, seat)
        return person

    @property
    def led_by(self) -> dict[Lead, str]:
        """Who leads it, by their seat; a seat that nobody has is left out."""
        return {seat: person for seat in LEADS if (person := self.lead(seat))}

    @property
    def notes_by(self) -> str | None:
        """Who takes notes in a group without a rapporteur: its chair, else its discussant."""
        return self.chair or self.discussant


class Session(Strict):
    """One entry of the programme, in the seminar's time zone.

    What the kit knows of a ``kind`` is in the registry of session kinds; any other is shown.
    ``recorded`` is said to those who come where somebody decided it, and nothing where nobody did.
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
        """Return the session's length."""
        return minutes_between(self.start, self.end)


def minutes_between(start: time, end: time) -> int:
    """Return the minutes from one time of day to a later one."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute
