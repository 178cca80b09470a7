"""The dossier of a brief: everything that the chair of a session or group needs at hand."""

from __future__ import annotations

from typing_extensions import TypedDict

from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.dossier_parts import Answer, Asking, Entry, SeminarName
from seminarkit.topics.questions.dossier import MatterEntry


class RoomPart(TypedDict):
    """A person with a part in the room.

    ``about`` is their affiliation or topic; ``begins`` is True if they introduce a topic of the
    session.
    """

    role: str
    name: str
    about: str
    begins: bool


class Seat(TypedDict):
    """A person seated in the group, with the titles of the tasks still to be done (``owes``)."""

    country: str
    code: str
    name: str
    profile: str
    owes: list[str]


class RunningStep(TypedDict):
    """A step of the running order; ``ours`` if the kit, not the programme, set its time."""

    clock: str
    minutes: str
    title: str
    note: str
    ours: bool
    parts: str
    answers: list[Answer]


class RunningOrder(TypedDict):
    """The steps, the rule for turns, and the speakers without a turn (``unheard``)."""

    steps: list[RunningStep]
    rule: str
    unheard: list[str]


class NearQuestion(TypedDict):
    """A question of the same room that is similar."""

    id: str
    text: str


class RoomMatter(MatterEntry):
    """A matter of the room.

    ``here`` is True if somebody in the room asks it, ``handed`` if it was passed on from another
    room.
    """

    id: str
    here: bool
    handed: bool
    near: list[NearQuestion]


class EarlierNotes(TypedDict):
    """Notes of an earlier group; ``answers`` is empty if none were received."""

    group: str
    session: str
    chair: str
    answers: list[Answer]


class Quoted(TypedDict):
    """A quoted answer of a country report."""

    label: str
    shown: str
    by: str


class CountryQuotes(TypedDict):
    """The quoted answers of the report of one country in the room."""

    code: str
    country: str
    in_text: str
    quoted: list[Quoted]


class Review(Entry):
    """A review of the group's case; ``here`` if its author is in the room."""

    here: bool
    code: str


class Surveyed(TypedDict):
    """Number of people in the group, and how many of them answered the survey."""

    answered: int
    people: int


class BriefDossier(Asking):
    """The brief of one session or one discussion group.

    ``session`` is the title of the group's session, '' in a session's own brief; ``titles`` maps
    session ids to titles. ``who`` is the seminar's own phrase for the people who may attend.
    ``left`` are the notes of earlier groups.
    """

    seminar: SeminarName
    id: str
    title: str
    session: str
    kind: str
    groups: bool
    case: str | None
    when: str
    minutes: int
    access: str | None
    who: str
    people: list[RoomPart]
    open: list[str]
    notes_by: str
    seats: list[Seat]
    running: RunningOrder
    topics: list[str]
    questions: list[RoomMatter]
    left: list[EarlierNotes]
    reports: list[CountryQuotes]
    reviews: list[Review]
    opening: list[str]
    checklist: list[str]
    footnotes: list[str]
    titles: dict[str, str]
    surveyed: Surveyed | None


Brief = Dossier[BriefDossier]
