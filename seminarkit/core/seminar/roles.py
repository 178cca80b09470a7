"""The registry of the roles that people have in sessions.

A new role is an entry here or under ``roles:`` in a seminar.yml. A role without an entry is only
printed.
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
    """A role and its properties.

    ``leads``: leads a session. ``speaks``: gives a talk or a reply. ``seat``: the position that the
    role takes in a discussion group. ``presents_case``: fills in the forms on a case study.
    ``records``: starts the recording. ``sums_up``: presents the summary of the groups. ``checks``
    is the printed checklist. ``needed_in`` are session kinds that require the role in addition to
    their own list.
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
        """The plural of the role's name."""
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
    checks=("open the note sheet", "agree with the chair on who reads the notes"),
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
    """Return the role with this name, or a role without properties if the name is unknown."""
    roles = (role for role in known_roles(seminar) if role.name == name)
    return next(roles, Role(name=name))


def known_roles(seminar: Seminar) -> list[Role]:
    """Return all registered roles. The seminar's own roles come first."""
    return [*seminar.roles, *ROLES]


def role_of_profile(profile: str) -> Role:
    """Return the role of a core participant with this profile."""
    return NEO_REPRESENTATIVE if profile == "neo" else CORE_PARTICIPANT
