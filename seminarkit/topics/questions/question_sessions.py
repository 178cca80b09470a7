"""Where a question belongs: the sessions that discuss a case, and the one that comes next."""

from __future__ import annotations

from collections import defaultdict

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.session_kinds import kind_of
from seminarkit.core.seminar.sessions import Session


def talks(seminar: Seminar) -> list[Session]:
    """Return the sessions in which people talk, in the order of the programme."""
    open_ = [session for session in seminar.sessions if session.access]
    return sorted(open_, key=lambda session: (session.date, session.start))


def sessions_about(seminar: Seminar, about: str) -> list[str]:
    """Return the ids of the sessions for a case study or a session, in their order.

    A later round of groups on cases that names none of its own discusses those of the rounds of
    its kind before. What is about nothing known belongs nowhere.
    """
    found, before = [], defaultdict[str, set[str]](set)
    for session in talks(seminar):
        if kind_of(seminar, session).groups == "cases":
            before[session.kind] |= set(session.cases)
            here = set(session.cases) or before[session.kind]
        else:
            here = set(session.cases)
        if about == session.id or about in here:
            found.append(session.id)
    return found


def next_session(seminar: Seminar, about: str, after: str) -> str:
    """Return where a question goes that was parked in a session: '' when none is left.

    First to another session about the same, else to the next one that is open to the same people.
    """
    order = [session.id for session in talks(seminar)]
    if after not in order:
        return ""
    later = order[order.index(after) + 1 :]
    same = [each for each in sessions_about(seminar, about) if each in later]
    access = {session.id: session.access for session in seminar.sessions}
    return next(iter(same or [each for each in later if access[each] == access[after]]), "")
