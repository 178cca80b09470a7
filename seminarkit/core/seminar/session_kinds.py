"""The registry of session kinds.

A new kind is an entry here or under ``session_kinds:`` in a seminar.yml. A session of an unknown
kind is printed but not checked.
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
    """A session kind and its properties.

    ``needs`` lists the roles required in the session or in each of its groups. ``groups`` are
    "named" one by one, or there is one for each of the "cases". A later session of the kind uses
    the same cases. Nobody has to attend a ``pause``. ``summary`` is the report presented in the
    session. With ``statements``, countries present prepared statements in turn.
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
    """Return the kind of a session, or a kind without properties if it is unknown."""
    kinds = (kind for kind in known_kinds(seminar) if kind.name == session.kind)
    return next(kinds, SessionKind(name=session.kind))


def known_kinds(seminar: Seminar) -> list[SessionKind]:
    """Return all registered session kinds. The seminar's own kinds come first."""
    return [*seminar.session_kinds, *KINDS]


def needed_roles(seminar: Seminar, session: Session) -> list[Role]:
    """Return the roles required in a session or in each of its groups."""
    others = [role.name for role in known_roles(seminar) if session.kind in role.needed_in]
    names = dict.fromkeys([*kind_of(seminar, session).needs, *others])
    return [role_of(seminar, name) for name in names]
