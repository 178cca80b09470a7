"""The registry of session kinds: all properties of kinds that the kit uses.

A new kind is one entry here, or one under ``session_kinds:`` in a seminar.yml. A session of a kind
without an entry is only shown; nothing is checked or expected.
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

    ``needs`` are the roles that it needs, in each of its groups if it has some. ``groups`` are
    "named" one by one, or on one of the "cases" each; a later session of the kind reuses the cases
    of an earlier one. A ``pause`` is in every programme, and nobody has to attend. ``summary`` is
    the report that is presented in it. With ``statements``, countries take turns with the
    statements that they prepared.
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
    """Return the kind of a session: the seminar's, the kit's, or one without properties."""
    kinds = (kind for kind in known_kinds(seminar) if kind.name == session.kind)
    return next(kinds, SessionKind(name=session.kind))


def known_kinds(seminar: Seminar) -> list[SessionKind]:
    """Return the session kinds that have an entry, the seminar's own ones first."""
    return [*seminar.session_kinds, *KINDS]


def needed_roles(seminar: Seminar, session: Session) -> list[Role]:
    """Return the roles that a session, or each of its groups, needs."""
    others = [role.name for role in known_roles(seminar) if session.kind in role.needed_in]
    names = dict.fromkeys([*kind_of(seminar, session).needs, *others])
    return [role_of(seminar, name) for name in names]
