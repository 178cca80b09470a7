"""Finds the next group on the same case, which takes up a question that a group left open."""

from __future__ import annotations

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.topics.conclusions.statement_ids import Statement
from seminarkit.topics.questions.question_sessions import attended_sessions


def next_group(seminar: Seminar, statement: Statement) -> str:
    """Return the next group on the same case, with time and chair; '' if there is none."""
    place = seminar.group(statement.group)
    case = place[1].case if place else None
    sessions = attended_sessions(seminar)
    position = next(
        (i for i, candidate in enumerate(sessions) if candidate.id == statement.session),
        len(sessions),
    )
    for session in sessions[position + 1 :]:
        for group in seminar.seating.get(session.id, []):
            if case and group.case == case:
                chair = seminar.people[group.chair].name if group.chair else "still to be named"
                when = f"{day_words(session.date)}, {session.start:%H:%M}"
                return f"{group.title}, {when}; chair: {chair}"
    return ""
