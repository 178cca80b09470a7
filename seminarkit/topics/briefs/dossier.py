"""The dossier of a brief: what who leads a session or a group has at hand."""

from __future__ import annotations

from typing_extensions import TypedDict

from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.dossier_parts import Answer, Asking, Entry, SeminarName
from seminarkit.topics.questions.dossier import MatterEntry


class RoomPart(TypedDict):
    """Who has a part in the room.

    ``about`` is their affiliation or topic; ``begins``: a topic of the session is theirs first.
    """

    role: str
    name: str
    about: str
    begins: bool


class Seat(TypedDict):
    """Who sits in the group, and the titles of the tasks that they still owe."""

    country: str
    code: str
    name: str
    profile: str
    owes: list[str]


class RunningStep(TypedDict):
    """A step of the running order; ``ours``: its time is not the programme's."""

    clock: str
    minutes: str
    title: str
    note: str
    ours: bool
    parts: str
    answers: list[Answer]


class RunningOrder(TypedDict):
    """The steps, the rule of turns, and the names of who has none."""

    steps: list[RunningStep]
    rule: str
    unheard: list[str]


class NearQuestion(TypedDict):
    """Another question of the room that might ask the same."""

    id: str
    text: str


class RoomMatter(MatterEntry):
    """A matter of the room: ``here``: somebody in it asks; ``handed`` on from another room."""

    id: str
    here: bool
    handed: bool
    near: list[NearQuestion]


class EarlierNotes(TypedDict):
    """What an earlier group noted; no answers where nothing has come from it."""

    group: str
    session: str
    chair: str
    answers: list[Answer]


class Quoted(TypedDict):
    """An answer of a country's report."""

    label: str
    shown: str
    by: str


class CountryQuotes(TypedDict):
    """What the report of a country in the room says."""

    code: str
    country: str
    in_text: str
    quoted: list[Quoted]


class Review(Entry):
    """A review of the group's case; ``here``: by somebody in the room."""

    here: bool
    code: str


class Surveyed(TypedDict):
    """How many of the group have answered the survey."""

    answered: int
    people: int


class BriefDossier(Asking):
    """All on one session, or one discussion group.

    ``session`` is the title of a group's session, '' for a session's own brief; ``titles`` are
    those of all sessions by id. ``who`` comes is in the seminar's own words.
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
