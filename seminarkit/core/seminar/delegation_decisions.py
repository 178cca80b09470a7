"""Kinds of decisions on delegations, deadlines, groups, files and forgetting.

A decision is never changed, only replaced or undone by a later one, so that its history is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seminarkit.core.logs.redactions import FORGOTTEN
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.values import due_moment


@dataclass(frozen=True)
class Nominated(Decision):
    """The core participants of a country from now on; ``receipt`` is that of the nomination."""

    kind = "nominated"
    topic = "delegation"
    about = ("country",)
    waits = True
    country: str
    people: list[dict[str, Any]]  # CoreParticipant's fields, checked where the log is read
    receipt: str


@dataclass(frozen=True)
class NominationUndone(Decision):
    """The country's last nomination, with this receipt, is undone: the one before holds."""

    kind = "nomination undone"
    topic = "delegation"
    about = ("country",)
    waits = True
    country: str
    receipt: str


@dataclass(frozen=True)
class Extended(Decision):
    """A new deadline for one form of one country."""

    kind = "extended"
    topic = "deadline"
    about = ("country", "form")
    country: str
    form: str
    due: str

    def __post_init__(self) -> None:
        """Raise ValueError for an invalid day, which a log from elsewhere may contain."""
        due_moment(self.due)


@dataclass(frozen=True)
class Asked(Decision):
    """A question to a person about an answer; the next version of the form settles it.

    ``receipt`` is that of the version with the answer.
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
        """The key of the form, as in ``Assignment.key``."""
        return self.person, self.form, self.subject


@dataclass(frozen=True)
class Reminded(Decision):
    """A reminder was written: for which forms, and to which address."""

    kind = "reminded"
    country: str
    owes: list[str]
    to: str


@dataclass(frozen=True)
class Seated(Decision):
    """The groups of a session from now on: who sits in each, and who leads it."""

    kind = "seated"
    about = ("session",)
    waits = True
    session: str
    groups: list[dict[str, Any]]  # DiscussionGroup's fields, checked where the log is read


@dataclass(frozen=True)
class FileSettled(Decision):
    """A file that was set aside needs no action; ``name`` is the name it arrived under."""

    kind = "file settled"
    sha256: str
    name: str


@dataclass(frozen=True)
class FileGivenUp(Decision):
    """A received file is lost and nobody has a copy; ``name`` is the name it arrived under."""

    kind = "file given up"
    sha256: str
    name: str


class Revocation(Decision):
    """A decision that only revokes others; ``subject`` is their subject."""

    subject: list[str]

    @property
    def decides_on(self) -> tuple[str, ...]:
        """The subject of the revoked decisions."""
        return tuple(map(str, self.subject))


@dataclass(frozen=True)
class Undone(Revocation):
    """A decision was undone: it is as if it had never been made.

    ``of`` is its id, ``of_kind`` its kind, ``subject`` its subject.
    """

    kind = "undone"
    of: str
    of_kind: str
    subject: list[str]

    @property
    def revokes(self) -> tuple[str, ...]:
        """The id of the decision that was undone."""
        return (str(self.of),)


@dataclass(frozen=True)
class Chosen(Revocation):
    """Of several decisions in conflict, one was chosen and the others are revoked.

    ``of`` and ``of_kind`` are the id and the kind of the chosen one, ``instead`` the ids of the
    others, ``subject`` what all of them are about.
    """

    kind = "chosen"
    of: str
    of_kind: str
    instead: list[str]
    subject: list[str]

    @property
    def revokes(self) -> tuple[str, ...]:
        """The ids of the decisions that were not chosen."""
        return tuple(map(str, self.instead))


@dataclass(frozen=True)
class ForgettingPlanned(Decision):
    """A person is to be forgotten at ``due`` (UTC), unless this is undone.

    ``is_id`` tells whether ``person`` is an id, or the name or address of somebody without one.
    """

    kind = "forgetting planned"
    about = ("person",)
    person: str
    is_id: bool
    due: str


@dataclass(frozen=True)
class PersonForgotten(Decision):
    """The person in seminar.yml with this hash of id and name is forgotten and left out."""

    kind = FORGOTTEN
    sha256: str
