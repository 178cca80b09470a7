"""The registry of roles in a session: all properties of roles that the kit uses.

A new role is one entry here, or one under ``roles:`` in a seminar.yml. A role without an entry is
only shown, as it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from seminarkit.core.seminar.values import Strict, Words

if TYPE_CHECKING:
    from seminarkit.core.seminar.model import Seminar

Lead = Literal["chair", "discussant"]
Seat = Literal[Lead, "rapporteur"]
LEADS: tuple[Lead, ...] = get_args(Lead)
OF_CASES: Lead = "discussant"  # the second lead of a group on a case study
_SPEAKER_CHECKS = ("send your slides to the organisers", "test link and sound half an hour before")


class Role(Strict):
    """One role.

    ``leads``: leads a session, and prints its brief. ``speaks``: gives a talk, has a turn on a
    topic of their own, or replies first in the discussion. ``seat``: the seat in a discussion group
    that this role can take; once the groups are decided, the person is called by the seat.
    ``presents_case``: fills in the forms on the case study of their part. ``records``: starts the
    recording of a session. ``sums_up``: presents the summary of the groups. ``checks`` is the
    checklist on their sheet. ``needed_in`` are kinds of session that need this role in addition to
    the roles that the kinds list themselves.
    """

    name: Words
    leads: bool = False
    speaks: Literal["talk", "turn", "reply"] | None = None
    seat: Seat | None = None
    presents_case: bool = False
    records: bool = False
    sums_up: bool = False
    checks: tuple[Words, ...] = _SPEAKER_CHECKS
    needed_in: tuple[Words, ...] = ()

    @property
    def plural(self) -> str:
        """The plural of the name."""
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

# roles in a delegation, which have no part in the programme
CORE_PARTICIPANT = Role(name="core participant")
NEO_REPRESENTATIVE = Role(name="NEO representative")


def role_of(seminar: Seminar, name: str) -> Role:
    """Return the role with a name: the seminar's, the kit's, or else one without properties."""
    roles = (role for role in known_roles(seminar) if role.name == name)
    return next(roles, Role(name=name))


def known_roles(seminar: Seminar) -> list[Role]:
    """Return the roles that have an entry, the seminar's own ones first."""
    return [*seminar.roles, *ROLES]


def role_of_profile(profile: str) -> Role:
    """Return the role of a core participant with this profile."""
    return NEO_REPRESENTATIVE if profile == "neo" else CORE_PARTICIPANT
