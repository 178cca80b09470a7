"""The roles that people have in a session: the one registry of what the kit asks about each.

A new role is one entry here, or one under ``roles:`` in a seminar.yml. A role that has no entry is
shown as it is written, and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from seminarkit.core.seminar.values import Strict, Words

if TYPE_CHECKING:
    from seminarkit.core.seminar.model import Seminar

Lead = Literal["chair", "discussant"]
Seat = Literal[Lead, "rapporteur"]
LEADS: tuple[Lead, ...] = get_args(Lead)
OF_CASES: Lead = "discussant"  # who leads a group on a case study besides; others may have none
_OF_SPEAKERS = ("send your slides to the organisers", "test link and sound half an hour before")


class Role(Strict):
    """One role.

    ``name`` is the word for it. Who ``leads`` a session prints its brief. Who ``speaks`` gives a
    talk, has a turn among others on a topic of their own, or replies to them, first in the
    discussion. ``seat`` is the seat of a discussion group that they can take: once the groups are
    decided they go by the name of the seat. Who ``presents_case`` fills in the forms on the case
    study of their part. Who ``records`` starts the recording where a session is recorded. Who
    ``sums_up`` speaks the summary of what the groups said. ``checks`` are what they tick on their
    sheet. ``needed_in`` names kinds of session that need the role beside the roles that these kinds
    name themselves.
    """

    name: Words
    leads: bool = False
    speaks: Literal["talk", "turn", "reply"] | None = None
    seat: Seat | None = None
    presents_case: bool = False
    records: bool = False
    sums_up: bool = False
    checks: tuple[Words, ...] = _OF_SPEAKERS
    needed_in: tuple[Words, ...] = ()

    @property
    def plural(self) -> str:
        """The word for several people of the role."""
        return self.name if self.name.endswith("words") else f"{self.name}s"


CHAIR = Role(
    name="chair",
    leads=True,
    seat="chair",
    checks=("print and read the brief of your session", "test link and sound half an hour before"),
)
CASE_PRESENTER = Role(name="case presenter", seat="discussant", presents_case=True)
GROUP_RAPPORTEUR = Role(
    name="group rapporteur",
    seat="rapporteur",
    checks=("open the note sheet", "agree with the chair who reads the notes"),
)
ROLES: tuple[Role, ...] = (
    CHAIR,
    Role(
        name="moderator",
        leads=True,
        checks=("have the opening words ready", "watch the chat, and save it at the end"),
    ),
    Role(name="presenter", speaks="talk"),
    Role(name="panellist", speaks="turn"),
    Role(name="discussant", speaks="reply", seat="discussant"),
    CASE_PRESENTER,
    GROUP_RAPPORTEUR,
    Role(
        name="general rapporteur",
        sums_up=True,
        checks=("ask for the notes of all groups", "open the draft"),
    ),
    Role(
        name="technical assistant",
        records=True,
        checks=("load the room list and the file of rooms",),
    ),
    Role(name="closing words"),
    Role(name="pre-survey presenter"),
)

# the roles of people of a delegation, who have no part in the programme
CORE_PARTICIPANT = Role(name="core participant")
NEO_REPRESENTATIVE = Role(name="NEO representative")


def role_of(seminar: Seminar, name: str) -> Role:
    """Return the role of a name: the kit's, or one that the seminar describes itself."""
    roles = (role for role in known_roles(seminar) if role.name == name)
    return next(roles, Role(name=name))


def known_roles(seminar: Seminar) -> list[Role]:
    """Return the roles of the programme that have an entry, the seminar's own ones first."""
    return [*seminar.roles, *ROLES]


def role_of_profile(profile: str) -> Role:
    """Return the role of somebody of a delegation who has this profile."""
    return NEO_REPRESENTATIVE if profile == "neo" else CORE_PARTICIPANT
