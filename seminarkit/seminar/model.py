"""What seminar.yml may say: the seminar's sessions, people, countries, tasks and delegations."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from seminarkit.errors import did_you_mean

Role = Literal[
    "chair",
    "moderator",
    "presenter",
    "panellist",
    "discussant",
    "case presenter",
    "group rapporteur",
    "general rapporteur",
    "technical assistant",
    "closing words",
    "pre-survey presenter",
]
Kind = Literal[
    "plenary", "panel", "case groups", "strategy groups", "recap", "conclusions", "break"
]
Access = Literal["public", "core"]


def _clock(value: Any) -> Any:
    text = str(value)
    if not re.fullmatch(r"\d{1,2}:\d{2}", text):
        raise ValueError(f"'{text}' is no time of day; write it as 09:45.")
    hour, minute = (int(part) for part in text.split(":"))
    if hour > 23 or minute > 59:
        raise ValueError(f"'{text}' is no time of day; the last one is 23:59.")
    return time(hour, minute)


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError):
        hint = did_you_mean(value, available_timezones())
        raise ValueError(
            f"'{value}' is no time zone; write one as Europe/Brussels.{hint}"
        ) from None


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
PersonId = Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{1,2}$")]
Clock = Annotated[time, BeforeValidator(_clock)]
Zone = Annotated[str, AfterValidator(_zone)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Outcome(_Strict):
    """One thing that participants should know or be able to do afterwards."""

    id: str
    text: str


class Region(_Strict):
    """A group of countries."""

    id: Id
    name: str


class Country(_Strict):
    """A country that may send a delegation. ``tile`` is its (column, row) on the tile-grid map."""

    name: str
    region: str
    time_zone: Zone
    footnote: str | None = None
    tile: tuple[int, int]


class DelegationRule(_Strict):
    """How many core participants a country names, and who must be among them."""

    size: int = Field(ge=1)
    must_include: str | None = None


class CoreParticipant(_Strict):
    """One nominated person of a country's delegation."""

    id: PersonId
    name: str
    role: str = "core participant"
    profile: Literal["policy", "institution", "quality assurance", "neo"]
    email: str | None = None


class Task(_Strict):
    """One thing that every core participant is asked to do, by a form."""

    form: Id
    title: str
    due: date
    due_note: str | None = None
    per: Literal["person", "delegation"]
    minutes: int = Field(ge=1)


class Person(_Strict):
    """A person of the programme, spelt as in the programme."""

    name: str
    affiliation: str | None = None


class Part(_Strict):
    """Somebody's part in a session. Without a person it is a part still to be filled."""

    role: Role
    person: str | None = None
    count: int = Field(default=1, ge=1)
    affiliation: str | None = None
    status: Literal["confirmed", "tbc"] = "confirmed"
    topic: str | None = None
    case: str | None = None


class Item(_Strict):
    """A step inside a session."""

    title: str
    start: Clock | None = None
    minutes: int | None = Field(default=None, ge=1)
    by: str | None = None


class Group(_Strict):
    """One discussion group of a session with parallel groups."""

    id: Id
    title: str
    who: str | None = None
    work: str | None = None
    prepared_by: str | None = None
    parts: list[Part] = []


class Session(_Strict):
    """One entry of the programme, in the seminar's time zone."""

    id: Id
    title: str
    kind: Kind
    date: date
    start: Clock
    end: Clock
    access: Access | None = None
    block: str | None = None
    items: list[Item] = []
    topics: list[str] = []
    rules: list[str] = []
    cases: list[str] = []
    groups: list[Group] = []
    parts: list[Part] = []

    @property
    def minutes(self) -> int:
        """Return the session's length."""
        return minutes_between(self.start, self.end)


class Seminar(_Strict):
    """The whole of seminar.yml."""

    id: Id
    title: str
    series: str
    theme: str
    platform: str
    organiser: str
    time_zone: Zone = Field(examples=["Europe/Brussels"])
    time_zone_note: str | None = None
    send_to: str
    sources: list[str] = []
    outcomes: list[Outcome]
    delegation: DelegationRule
    tasks: list[Task]
    footnotes: dict[str, str] = {}
    regions: list[Region]
    countries: dict[CountryCode, Country]
    people: dict[str, Person]
    sessions: list[Session] = Field(min_length=1)
    delegations: dict[CountryCode, list[CoreParticipant]] = {}

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the time zone that all times of the programme are in."""
        return ZoneInfo(self.time_zone)

    def task(self, form: str) -> Task:
        """Return the task that is done by a form."""
        return next(task for task in self.tasks if task.form == form)

    def participant(self, person: str) -> CoreParticipant | None:
        """Return the core participant with this id, such as ``GE-2``, if there is one."""
        return next((p for p in self.delegations.get(person[:2], []) if p.id == person), None)

    def deadline(self, form: str) -> datetime:
        """Return the moment a task is late: midnight after its day, in the seminar's time zone."""
        day_after = self.task(form).due + timedelta(days=1)
        return datetime.combine(day_after, time(), self.zone)

    def display_name(self, code: str) -> str:
        """Return a country's name as it must be printed, with a star where a footnote belongs."""
        country = self.countries[code]
        return country.name + ("*" if country.footnote else "")

    def region_name(self, code: str) -> str:
        """Return the name of a country's region."""
        region = self.countries[code].region
        return next(each.name for each in self.regions if each.id == region)

    def footnote(self, code: str) -> str | None:
        """Return the footnote that must stand wherever the country is named."""
        note = self.countries[code].footnote
        return self.footnotes[note] if note else None


def minutes_between(start: time, end: time) -> int:
    """Return the minutes from one time of day to a later one."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute
