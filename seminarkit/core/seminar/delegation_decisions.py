"""Decisions on delegations, deadlines, groups, files and the removal of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seminarkit.core.logs.redactions import FORGOTTEN
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.values import due_moment


@dataclass(frozen=True)
class Nominated(Decision):
    """The core participants of a country, and the receipt of their nomination form."""

    kind = "nominated"
    topic = "delegation"
    about = ("country",)
    waits = True
    country: str
    people: list[dict[str, Any]]  # CoreParticipant's fields, checked where the log is read
    receipt: str


@dataclass(frozen=True)
class NominationUndone(Decision):
    """The withdrawal of a nomination, identified by its receipt."""

    kind = "nomination undone"
    topic = "delegation"
    about = ("country",)
    waits = True
    country: str
    receipt: str


@dataclass(frozen=True)
class Extended(Decision):
    """A new deadline for a country's form."""

    kind = "extended"
    topic = "deadline"
    about = ("country", "form")
    country: str
    form: str
    due: str

    def __post_init__(self) -> None:
        """Raise ValueError for an invalid date."""
        due_moment(self.due)


@dataclass(frozen=True)
class Asked(Decision):
    """A question to a person about an answer in the form with this receipt."""

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
    """A written reminder, with the missing forms and the mail address."""

    kind = "reminded"
    country: str
    owes: list[str]
    to: str


@dataclass(frozen=True)
class Seated(Decision):
    """The groups of a session, with their members and leaders."""

    kind = "seated"
    about = ("session",)
    waits = True
    session: str
    groups: list[dict[str, Any]]  # DiscussionGroup's fields, checked where the log is read


@dataclass(frozen=True)
class FileSettled(Decision):
    """A decision that a file that was set aside needs no action."""

    kind = "file settled"
    sha256: str
    name: str


@dataclass(frozen=True)
class FileGivenUp(Decision):
    """A decision that a received file is lost and no copy exists."""

    kind = "file given up"
    sha256: str
    name: str


class Revocation(Decision):
    """A decision that only revokes other decisions.

    ``subject`` is the subject of the revoked decisions.
    """

    subject: list[str]

    @property
    def decides_on(self) -> tuple[str, ...]:
        """The subject of the revoked decisions."""
        return tuple(map(str, self.subject))


@dataclass(frozen=True)
class Undone(Revocation):
    """A decision that undoes another decision, given by its id, kind and subject."""

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
    """The choice of one decision from several that are in conflict. The rest are revoked.

    ``of`` and ``of_kind`` are the id and kind of the chosen decision. ``instead`` contains the
    revoked ids, ``subject`` the common subject.
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
    """A plan to remove the data of ``person`` at ``due`` (UTC), unless the plan is undone.

    ``is_id`` is true if ``person`` is an id, and false for a name or a mail address.
    """

    kind = "forgetting planned"
    about = ("person",)
    person: str
    is_id: bool
    due: str


@dataclass(frozen=True)
class PersonForgotten(Decision):
    """A record that the data of a person, identified by a hash, were removed."""

    kind = FORGOTTEN
    sha256: str
