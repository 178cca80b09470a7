"""The kinds of session: the one registry of what the kit asks about each.

A new kind is one entry here, or one under ``session_kinds:`` in a seminar.yml. A session of a kind
that has no entry is shown, and nothing is expected of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from seminarkit.core.seminar.roles import Role, known_roles, role_of
from seminarkit.core.seminar.values import Strict, Words

if TYPE_CHECKING:
    from seminarkit.core.seminar.model import Seminar
    from seminarkit.core.seminar.sessions import Session

Summary = Literal["day_recap", "conclusions"]
SUMMARIES: tuple[Summary, ...] = get_args(Summary)
RECAP, CONCLUSIONS = SUMMARIES


class SessionKind(Strict):
    """One kind of session.

    ``name`` is the word for it. ``needs`` names the roles that somebody must have in it, in each of
    its groups where it has some. Its ``groups`` are on one case study each, where a later session
    of the kind goes on with the cases of an earlier one, or they are named one by one. A ``pause``
    is in every programme, and nobody has to come. ``summary`` is the report that is spoken in it.
    With ``statements`` the countries have turns in it, for what they prepared.
    """

    name: Words
    needs: tuple[Words, ...] = ()
    groups: Literal["cases", "named"] | None = None
    pause: bool = False
    summary: Summary | None = None
    statements: bool = False


KINDS: tuple[SessionKind, ...] = (
    SessionKind(name="plenary", needs=("chair",)),
    SessionKind(name="panel", needs=("chair", "moderator")),
    SessionKind(name="case groups", groups="cases"),
    SessionKind(
        name="strategy groups",
        groups="named",
        needs=("chair", "technical assistant", "group rapporteur"),
    ),
    SessionKind(name="recap", summary=RECAP),
    SessionKind(
        name="conclusions", summary=CONCLUSIONS, statements=True, needs=("general rapporteur",)
    ),
    SessionKind(name="break", pause=True),
)


def kind_of(seminar: Seminar, session: Session) -> SessionKind:
    """Return the kind of a session: the kit's, or one that the seminar describes itself."""
    kinds = (kind for kind in known_kinds(seminar) if kind.name == session.kind)
    return next(kinds, SessionKind(name=session.kind))


def known_kinds(seminar: Seminar) -> list[SessionKind]:
    """Return the kinds of session that have an entry, the seminar's own ones first."""
    return [*seminar.session_kinds, *KINDS]


def needed_roles(seminar: Seminar, session: Session) -> list[Role]:
    """Return the roles that somebody must have in a session, or in each of its groups."""
    others = [role.name for role in known_roles(seminar) if session.kind in role.needed_in]
    names = dict.fromkeys([*kind_of(seminar, session).needs, *others])
    return [role_of(seminar, name) for name in names]
