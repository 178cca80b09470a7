"""The data model of seminar.yml: sessions, people, countries, tasks and delegations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.countries import Country, Region, WhoMayCome
from seminarkit.core.seminar.purpose import Outcome, Theme
from seminarkit.core.seminar.roles import CORE_PARTICIPANT, Role
from seminarkit.core.seminar.session_kinds import SessionKind
from seminarkit.core.seminar.sessions import DiscussionGroup, Person, Session
from seminarkit.core.seminar.values import (
    PROFILES,
    CountryCode,
    Due,
    Id,
    PersonId,
    Profile,
    Strict,
    Words,
    Zone,
)

JOINT = "joint"  # the subject of the one form for a whole delegation


class DelegationRule(Strict):
    """The required size of a delegation, and a profile that at least one member must have."""

    size: int = Field(ge=1)
    must_include: Profile | None = None


class CoreParticipant(Strict):
    """A core participant of a delegation. Public pages show only the role, not the name."""

    id: PersonId
    name: Words
    role: Words = CORE_PARTICIPANT.name
    function: str | None = None
    profile: Words
    email: str | None = None


class Contact(Strict):
    """The NEO contact of a country, who nominates the core participants."""

    name: Words
    email: str | None = None


class Task(Strict):
    """A form that people are asked to fill in.

    ``per`` is the group of authors: each participant, one per delegation, each contact, each
    presenter, or one note taker for each group of ``sessions``. Each author fills in ``needed``
    forms (default: all), one per entry of ``subjects``. ``subject_names`` are titles of subjects
    that are not cases. A task that is not ``owed`` is optional. In a ``joint`` task, the contact
    also merges the forms of the delegation into one. ``due`` is a day, which ends at 23:59, or a
    day and a time. ``due_note`` and ``needed_note`` name the source of these settings. ``minutes``
    is the time for one form, including ``beforehand``, the time for watching a recording.
    """

    form: Id
    title: Words
    due: Due
    due_note: str | None = None
    needed_note: str | None = None
    per: Literal["person", "delegation", "contact", "presenter", "chair", "rapporteur"]
    minutes: int = Field(ge=1)
    beforehand: int = Field(default=0, ge=0)
    bring: str | None = None
    subjects: list[Id] = []
    subject_names: dict[Id, str] = {}
    sessions: list[Id] = []
    needed: int | None = Field(default=None, ge=1)
    owed: bool = True
    joint: bool = False

    @property
    def each(self) -> int:
        """The minimum number of forms that one person fills in."""
        return self.needed or len(self.subjects) or 1


Kind = Literal["asked", "group", "offer"]


class Seminar(Strict):
    """The contents of seminar.yml.

    ``purpose`` and ``outcomes`` are printed unchanged. ``who_may_come`` describes the audiences.
    ``profiles`` replaces the default titles of the participants' profiles. ``roles`` and
    ``session_kinds`` extend the kit's own lists. ``theme_words`` are ignored in the search for
    similar questions because nearly every question contains them.
    """

    id: Id
    title: Words
    series: str
    theme: str
    platform: str
    organiser: str
    time_zone: Zone = Field(examples=["Europe/Brussels"])
    time_zone_note: str | None = None
    send_to: str
    sources: list[str] = []
    who_may_come: WhoMayCome = Field(default_factory=WhoMayCome)
    purpose: list[Words] = []
    outcomes: list[Outcome]
    themes: list[Theme] = []
    theme_words: list[str] = []
    delegation: DelegationRule
    profiles: dict[Profile, Words] = {}
    roles: list[Role] = []
    session_kinds: list[SessionKind] = []
    tasks: list[Task]
    footnotes: dict[str, str] = {}
    regions: list[Region]
    countries: dict[CountryCode, Country] = Field(min_length=1)
    contacts: dict[CountryCode, Contact] = {}
    people: dict[str, Person]
    sessions: list[Session] = Field(min_length=1)
    delegations: dict[CountryCode, list[CoreParticipant]] = {}
    former: dict[CountryCode, list[CoreParticipant]] = {}
    extensions: dict[CountryCode, dict[Id, Due]] = {}
    seating: dict[Id, list[DiscussionGroup]] = {}
    seated_before: dict[Id, list[DiscussionGroup]] = {}
    pins: dict[Id, dict[str, Id]] = {}  # groups chosen by hand, by session and person
    absent: dict[Id, list[str]] = {}  # by session

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the programme."""
        return ZoneInfo(self.time_zone)

    @property
    def profile_titles(self) -> Mapping[str, str]:
        """The titles of the profiles that core participants may have."""
        return self.profiles or PROFILES

    def profile_title(self, profile: str) -> str:
        """Return the title of a profile, including profiles that seminar.yml no longer contains."""
        return self.profile_titles.get(profile, profile[:1].upper() + profile[1:])

    @cached_property
    def last_day(self) -> date:
        """The date of the last session, or a date in the distant past if there are no sessions."""
        return max((session.date for session in self.sessions), default=date.min)

    def task(self, form: str, subject: str = "") -> Task:
        """Return the task for a form and subject. Raise UsageError if no task has the form."""
        tasks = [task for task in self.tasks if task.form == form]
        if not tasks:
            raise UsageError(f"No task in seminar.yml asks for the form '{form}'.")
        fitting = (t for t in tasks if t.sessions or subject in (t.subjects or ["", JOINT]))
        return next(fitting, tasks[0])

    @property
    def board_tasks(self) -> list[Task]:
        """The required tasks of delegations, which are the columns of the status table."""
        return [t for t in self.tasks if t.owed and t.per in ("person", "delegation")]

    def prepares(self, task: Task) -> list[str]:
        """Return the titles of the discussion groups for which a task is preparation."""
        groups = (group for session in self.sessions for group in session.groups)
        return [group.title for group in groups if group.prepared_by == task.form]

    def kind_of(self, task: Task) -> Kind:
        """Return the kind of a task: required, preparation for a discussion group, or optional."""
        return "asked" if task.owed else "group" if self.prepares(task) else "offer"

    def participant(self, person: str) -> CoreParticipant | None:
        """Return the core participant with an id such as ``GE-2``, or None."""
        return next((p for p in self.delegations.get(person[:2], []) if p.id == person), None)

    def group_of(self, session: str, person: str) -> DiscussionGroup | None:
        """Return the decided group of a person in a session, or None."""
        groups = self.seating.get(session, [])
        return next((group for group in groups if person in group.people), None)

    def group(self, name: str) -> tuple[Session, DiscussionGroup] | None:
        """Return the decided group with this id and its session, or None."""
        return next(
            (
                (session, group)
                for session in self.sessions
                for group in self.seating.get(session.id, [])
                if group.id == name
            ),
            None,
        )

    def due(self, task: Task, country: str = "") -> datetime:
        """Return the last minute in which a form is on time, including a country's extension."""
        return self.extensions.get(country, {}).get(task.form, task.due)

    def deadline(self, task: Task, country: str = "") -> datetime:
        """Return the moment from which a form is late. It follows the last minute on time."""
        last = self.due(task, country)
        return (last + timedelta(minutes=1)).replace(tzinfo=self.zone)

    def display_name(self, code: str) -> str:
        """Return the printed name of a country, with an asterisk if it has a footnote."""
        country = self.countries[code]
        return country.name + ("*" if country.footnote else "")

    def in_text(self, code: str) -> str:
        """Return the name of a country inside a sentence: "the Russian Federation", "Kosovo*"."""
        country = self.countries[code]
        return (country.in_text or country.name) + ("*" if country.footnote else "")

    def at_start(self, code: str) -> str:
        """Return the name of a country at the start of a sentence: "The Russian Federation"."""
        words = self.in_text(code)
        return words[:1].upper() + words[1:]

    def region_name(self, code: str) -> str:
        """Return the name of a country's region."""
        region = self.countries[code].region
        return next((entry.name for entry in self.regions if entry.id == region), region)

    def footnote(self, code: str) -> str | None:
        """Return the footnote to print with a country's name, or None."""
        note = self.countries[code].footnote
        return self.footnotes[note] if note else None

    def footnote_lines(self, among: Collection[str] | None = None) -> list[str]:
        """Return the footnotes and names of all countries, or of those in ``among``."""
        codes = [code for code in self.countries if among is None or code in among]
        notes = [(self.display_name(code), self.footnote(code)) for code in codes]
        return [f"{name} {note}" for name, note in notes if note]
