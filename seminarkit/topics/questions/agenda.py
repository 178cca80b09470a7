"""The questions of one session in the order to take them up, and what is left over at the end."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.seminar.model import Seminar
from seminarkit.topics.questions.marks import Matter
from seminarkit.topics.questions.question_sessions import sessions_about, talks

_FIRST = {"chosen": 0, "parked": 1, "open": 2, "answered": 3}


def for_session(
    seminar: Seminar, matters: Sequence[Matter], session: str, about: str = ""
) -> list[Matter]:
    """Return the questions of a session, by turns: its own, and those carried to it.

    ``about`` keeps those on one case study, for the group that discusses it.
    """
    return by_turns(
        [each for each in matters if each.asks and _is_in(seminar, each, session, about)]
    )


def handed_over(
    seminar: Seminar, matters: Sequence[Matter], session: str, about: str = ""
) -> list[Matter]:
    """Return what an earlier session decided on the questions of this one, for its other chair."""
    order = [each.id for each in talks(seminar)]
    earlier = order[: order.index(session)]
    listed = for_session(seminar, matters, session, about)
    return [m for m in listed if m.standing.mark != "open" and m.standing.session in earlier]


def unanswered(matters: Sequence[Matter]) -> list[Matter]:
    """Return the questions that nobody has answered yet, those without an owner first."""
    open_ = [each for each in matters if each.asks and each.standing.mark != "answered"]
    return sorted(open_, key=lambda each: bool(each.standing.owner))


def by_turns(matters: Sequence[Matter]) -> list[Matter]:
    """Return questions in turns: one of every country before a second of any.

    Marks and reactions decide within a country's own questions, never whether it has its turn. So
    a list that is cut after as many as there are countries still has one of each.
    """
    rest = sorted(matters, key=_rank)
    ordered: list[Matter] = []
    while rest:
        had: set[str] = set()
        turn: list[Matter] = []
        later: list[Matter] = []
        for each in rest:
            (turn if each.countries - had else later).append(each)
            had |= each.countries
        ordered += turn
        rest = later
    return ordered


def without_question(seminar: Seminar, matters: Sequence[Matter]) -> list[str]:
    """Return the countries that have nominated people and asked nothing."""
    asked = set().union(*(each.countries for each in matters if each.asks))
    return [
        code for code in seminar.countries if seminar.delegations.get(code) and code not in asked
    ]


def _is_in(seminar: Seminar, matter: Matter, session: str, about: str) -> bool:
    if about and about not in {question.about for question in matter.questions}:
        return False
    own = {s for question in matter.questions for s in sessions_about(seminar, question.about)}
    return session in own or session == matter.standing.to


def _rank(matter: Matter) -> tuple[int, int, str]:
    return _FIRST[matter.standing.mark], -matter.reactions, matter.lead.id
