"""Where a question goes that a group left open: to the next group on the same case."""

from __future__ import annotations

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.topics.conclusions.statement_ids import Statement
from seminarkit.topics.questions.question_sessions import talks


def goes_to(seminar: Seminar, statement: Statement) -> str:
    """Return the next group on the same case and when it meets; nothing where there is none."""
    found = seminar.group(statement.group)
    case = found[1].case if found else None
    sessions = talks(seminar)
    here = next(
        (i for i, each in enumerate(sessions) if each.id == statement.session), len(sessions)
    )
    for session in sessions[here + 1 :]:
        for group in seminar.seating.get(session.id, []):
            if case and group.case == case:
                chair = seminar.people[group.chair].name if group.chair else "still to be named"
                when = f"{day_words(session.date)}, {session.start:%H:%M}"
                return f"{group.title}, {when}; chair: {chair}"
    return ""
