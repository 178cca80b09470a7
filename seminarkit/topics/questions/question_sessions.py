"""The sessions to which a question belongs, and the next one that can take it up."""

from __future__ import annotations

from collections import defaultdict

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.session_kinds import kind_of
from seminarkit.core.seminar.sessions import Session


def attended_sessions(seminar: Seminar) -> list[Session]:
    """Return the sessions that people attend (all but breaks), in the order of the programme."""
    attended = [session for session in seminar.sessions if session.access]
    return sorted(attended, key=lambda session: (session.date, session.start))


def sessions_about(seminar: Seminar, about: str) -> list[str]:
    """Return the ids of the sessions on a case study or session, in their order.

    A round of groups that names no cases discusses those of the earlier rounds of its kind. An
    unknown topic has no sessions.
    """
    ids, cases_before = [], defaultdict[str, set[str]](set)
    for session in attended_sessions(seminar):
        if kind_of(seminar, session).groups == "cases":
            cases_before[session.kind] |= set(session.cases)
            cases = set(session.cases) or cases_before[session.kind]
        else:
            cases = set(session.cases)
        if about == session.id or about in cases:
            ids.append(session.id)
    return ids


def next_session(seminar: Seminar, about: str, after: str) -> str:
    """Return the session to which a parked question is carried, "" if none is left.

    The next one on the same topic, else the next one that is open to the same people.
    """
    order = [session.id for session in attended_sessions(seminar)]
    if after not in order:
        return ""
    later = order[order.index(after) + 1 :]
    same_topic = [
        session_id for session_id in sessions_about(seminar, about) if session_id in later
    ]
    access = {session.id: session.access for session in seminar.sessions}
    return next(
        iter(
            same_topic
            or [session_id for session_id in later if access[session_id] == access[after]]
        ),
        "",
    )
