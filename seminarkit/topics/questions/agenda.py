"""The order in which a session takes up its questions, and the questions left at the end."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.seminar.model import Seminar
from seminarkit.topics.questions.marks import Matter
from seminarkit.topics.questions.question_sessions import attended_sessions, sessions_about

_FIRST = {"chosen": 0, "parked": 1, "open": 2, "answered": 3}


def for_session(
    seminar: Seminar, matters: Sequence[Matter], session: str, about: str = ""
) -> list[Matter]:
    """Return the questions of a session in turns: its own, and those carried to it.

    ``about`` selects those on one case study, for the group that discusses it.
    """
    return by_turns(
        [matter for matter in matters if matter.asks and _is_in(seminar, matter, session, about)]
    )


def handed_over(
    seminar: Seminar, matters: Sequence[Matter], session: str, about: str = ""
) -> list[Matter]:
    """Return this session's questions on which an earlier session has decided."""
    order = [talk.id for talk in attended_sessions(seminar)]
    earlier = order[: order.index(session)]
    candidates = for_session(seminar, matters, session, about)
    return [m for m in candidates if m.standing.mark != "open" and m.standing.session in earlier]


def unanswered(matters: Sequence[Matter]) -> list[Matter]:
    """Return the questions that are not answered yet, those without an owner first."""
    remaining = [matter for matter in matters if matter.asks and matter.standing.mark != "answered"]
    return sorted(remaining, key=lambda matter: bool(matter.standing.owner))


def by_turns(matters: Sequence[Matter]) -> list[Matter]:
    """Return questions in rounds: one of every country before a second one of any.

    Marks and reactions order the questions of one country only. So a list that is cut after as many
    questions as there are countries still has one of each.
    """
    remaining = sorted(matters, key=_rank)
    ordered: list[Matter] = []
    while remaining:
        countries: set[str] = set()
        round_: list[Matter] = []
        later: list[Matter] = []
        for matter in remaining:
            (round_ if matter.countries - countries else later).append(matter)
            countries |= matter.countries
        ordered += round_
        remaining = later
    return ordered


def without_question(seminar: Seminar, matters: Sequence[Matter]) -> list[str]:
    """Return the countries that have core participants and have asked nothing."""
    asking_countries = set().union(*(matter.countries for matter in matters if matter.asks))
    return [
        code
        for code in seminar.countries
        if seminar.delegations.get(code) and code not in asking_countries
    ]


def _is_in(seminar: Seminar, matter: Matter, session: str, about: str) -> bool:
    if about and about not in {question.about for question in matter.questions}:
        return False
    own = {s for question in matter.questions for s in sessions_about(seminar, question.about)}
    return session in own or session == matter.standing.to


def _rank(matter: Matter) -> tuple[int, int, str]:
    return _FIRST[matter.standing.mark], -matter.reactions, matter.lead.id
