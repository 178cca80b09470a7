"""What organisers decide on delegations, deadlines and groups, as kinds of decisions in the log.

A decision is never changed, only followed by another or undone by one, so that its history stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seminarkit.core.logs.redactions import FORGOTTEN
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.values import due_moment


@dataclass(frozen=True)
class Nominated(Decision):
    """A country's core participants from now on, and the receipt of the form that named them."""

    kind = "nominated"
    topic = "delegation"
    about = ("country",)
    waits = True
    country: str
    people: list[dict[str, Any]]  # CoreParticipant's fields, checked where the log is read
    receipt: str


@dataclass(frozen=True)
class NominationUndone(Decision):
    """The last nomination taken, that with this receipt, was taken back: as it was before it."""

    kind = "nomination undone"
    topic = "delegation"
    about = ("country",)
    waits = True
    country: str
    receipt: str


@dataclass(frozen=True)
class Extended(Decision):
    """Another day by which one country owes a form."""

    kind = "extended"
    topic = "deadline"
    about = ("country", "form")
    country: str
    form: str
    due: str

    def __post_init__(self) -> None:
        """Raise ValueError for a day that is none: a log from elsewhere may say so."""
        due_moment(self.due)


@dataclass(frozen=True)
class Asked(Decision):
    """A question back to a person about an answer; settled by the next version of the form.

    ``receipt`` is that of the version that was asked about.
    """

    kind = "asked"
    about = ("person", "form", "subject")
    country: str
    person: str
    form: str
    subject: str
    text: str
    receipt: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Which form it is about, as ``Assignment.key`` says it."""
        return self.person, self.form, self.subject


@dataclass(frozen=True)
class Reminded(Decision):
    """A reminder was written: for what (``form`` names), and to which address."""

    kind = "reminded"
    country: str
    owes: list[str]
    to: str


@dataclass(frozen=True)
class Seated(Decision):
    """Who sits in which group of a session from now on, and who leads each."""

    kind = "seated"
    about = ("session",)
    waits = True
    session: str
    groups: list[dict[str, Any]]  # DiscussionGroup's fields, checked where the log is read


@dataclass(frozen=True)
class FileSettled(Decision):
    """Nothing is to be done about a file that was set aside; ``name`` is the one it came under."""

    kind = "file settled"
    sha256: str
    name: str


@dataclass(frozen=True)
class FileGivenUp(Decision):
    """A received file is lost, and nobody has a copy; ``name`` is the one it came under."""

    kind = "file given up"
    sha256: str
    name: str


class TakesBack(Decision):
    """What decides nothing but that others do not count; ``subject`` is what they decided on."""

    subject: list[str]

    @property
    def decides_on(self) -> tuple[str, ...]:
        """What the others had decided on."""
        return tuple(map(str, self.subject))


@dataclass(frozen=True)
class Undone(TakesBack):
    """A decision was taken back: what it decided counts as if it had never been.

    ``of`` is its id, ``of_kind`` its kind, ``subject`` what it had decided on.
    """

    kind = "undone"
    of: str
    of_kind: str
    subject: list[str]

    @property
    def takes_back(self) -> tuple[str, ...]:
        """The id of the decision that was undone."""
        return (str(self.of),)


@dataclass(frozen=True)
class Chosen(TakesBack):
    """Of decisions that did not know each other, one is meant: ``of``. Those of ``instead`` go.

    Both are ids. ``of_kind`` is its kind, ``subject`` what they decided on.
    """

    kind = "chosen"
    of: str
    of_kind: str
    instead: list[str]
    subject: list[str]

    @property
    def takes_back(self) -> tuple[str, ...]:
        """The ids of those that were not chosen."""
        return tuple(map(str, self.instead))


@dataclass(frozen=True)
class ForgettingPlanned(Decision):
    """A person is to be forgotten at a moment (``due``, UTC), until this is undone.

    ``is_id`` says whether ``person`` is an id, or the name or address of one who has none.
    """

    kind = "forgetting planned"
    about = ("person",)
    person: str
    is_id: bool
    due: str


@dataclass(frozen=True)
class PersonForgotten(Decision):
    """Who is in seminar.yml under this hash of id and name was forgotten, and counts no more."""

    kind = FORGOTTEN
    sha256: str
