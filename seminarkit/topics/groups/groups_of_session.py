"""Which discussion groups a session has: those it names, else one a case study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.session_kinds import kind_of
from seminarkit.core.seminar.sessions import DiscussionGroup, Session


def group_sessions(seminar: Seminar) -> list[Session]:
    """Return the sessions in which people sit in groups, in the order of the programme."""
    return [session for session in seminar.sessions if session.seats]


def planned_groups(
    seminar: Seminar, session: Session, people: int, wishes: Counter[str], names: Mapping[str, str]
) -> list[DiscussionGroup]:
    """Return a session's groups, still without people.

    A session of case studies that names none takes those of the one before: as many as have enough
    people, the most wished for. Where too many people come, a case has more than one group.
    ``names`` says what each case is called.
    """
    if session.groups:
        return [DiscussionGroup(id=group.id, title=group.title) for group in session.groups]
    assert session.seats is not None
    low, high = session.seats.size
    cases = list(session.cases)
    if not cases and people:
        enough = max(1, people // low)
        loved = sorted(_cases_before(seminar, session), key=lambda case: -wishes[case])
        cases = loved[:enough]
    number = max(len(cases), ceil(people / high))
    return list(_case_groups(session, cases, number, names)) if cases else []


def _cases_before(seminar: Seminar, session: Session) -> Sequence[str]:
    """Return the cases of the nearest earlier session of the kind that names some."""
    before = seminar.sessions[: seminar.sessions.index(session)]
    on_cases = kind_of(seminar, session).groups == "cases"
    alike = (s for s in reversed(before) if on_cases and s.kind == session.kind and s.cases)
    return next((each.cases for each in alike), [])


def _case_groups(
    session: Session, cases: Sequence[str], number: int, names: Mapping[str, str]
) -> Iterator[DiscussionGroup]:
    for i in range(number):
        case, again = cases[i % len(cases)], i // len(cases) + 1
        several = number > len(cases)
        yield DiscussionGroup(
            id=f"{session.id}-{case}" + (f"-{again}" if several else ""),
            title=names[case] + (f", group {again}" if several else ""),
            case=case,
        )
