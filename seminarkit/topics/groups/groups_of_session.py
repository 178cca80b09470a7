"""The discussion groups of a session: those the programme names, else one per case study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.session_kinds import kind_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Session


def group_sessions(seminar: Seminar) -> list[Session]:
    """Return the sessions with discussion groups, in the order of the programme."""
    return [session for session in seminar.sessions if session.seats]


def planned_groups(
    seminar: Seminar, session: Session, people: int, wishes: Counter[str], names: Mapping[str, str]
) -> list[DiscussionGroup]:
    """Return the groups of a session, still without people.

    A session on case studies that names none takes those of the round before, the most wished for
    first, as many as there are people for. If too many people come, a case has several groups.
    ``names`` maps each case to its title.
    """
    if session.groups:
        return [DiscussionGroup(id=group.id, title=group.title) for group in session.groups]
    assert session.seats is not None
    low, high = session.seats.size
    cases = list(session.cases)
    if not cases and people:
        most_groups = max(1, people // low)
        by_wishes = sorted(_cases_before(seminar, session), key=lambda case: -wishes[case])
        cases = by_wishes[:most_groups]
    number = max(len(cases), ceil(people / high))
    return list(_case_groups(session, cases, number, names)) if cases else []


def _cases_before(seminar: Seminar, session: Session) -> Sequence[str]:
    """Return the cases of the nearest earlier session of the same kind that names some."""
    before = seminar.sessions[: seminar.sessions.index(session)]
    on_cases = kind_of(seminar, session).groups == "cases"
    same_kind = (s for s in reversed(before) if on_cases and s.kind == session.kind and s.cases)
    return next((session_before.cases for session_before in same_kind), [])


def _case_groups(
    session: Session, cases: Sequence[str], number: int, names: Mapping[str, str]
) -> Iterator[DiscussionGroup]:
    for i in range(number):
        case, copy = cases[i % len(cases)], i // len(cases) + 1
        has_copies = number > len(cases)
        yield DiscussionGroup(
            id=f"{session.id}-{case}" + (f"-{copy}" if has_copies else ""),
            title=names[case] + (f", group {copy}" if has_copies else ""),
            case=case,
        )
