"""Registrations for discussion groups: attendance and wishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seminarkit.core.seminar.model import CoreParticipant, Seminar
from seminarkit.core.seminar.sessions import Seats, Session
from seminarkit.core.store.submission import Submission

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Registration:
    """A core participant's answer on one session; ``comes`` is None if there is no answer."""

    person: CoreParticipant
    comes: bool | None
    wishes: tuple[str, ...]

    def seated(self, seats: Seats) -> bool:
        """Return whether the person needs a seat."""
        return seats.registration == "free" if self.comes is None else self.comes


def registrations(
    seminar: Seminar, session: Session, submissions: Sequence[Submission]
) -> list[Registration]:
    """Return every core participant's registration for a session, by delegation.

    People whom an organiser has marked as absent do not come.
    """
    seats = session.seats
    if seats is None:
        return []
    absent = seminar.absent.get(session.id, ())
    answers = {
        (submission.person, submission.form): submission.answers for submission in submissions
    }
    return [
        Registration(
            person,
            False if person.id in absent else _comes(_answer(answers, person.id, seats.comes)),
            tuple(
                wish for question in seats.wishes if (wish := _answer(answers, person.id, question))
            ),
        )
        for people in seminar.delegations.values()
        for person in people
    ]


def _answer(
    answers: Mapping[tuple[str, str], Mapping[str, object]], person: str, question: str | None
) -> str:
    if question is None:
        return ""
    form, _, name = question.partition(".")
    value = answers.get((person, form), {}).get(name)
    return value if isinstance(value, str) else ""


def _comes(answer: str) -> bool | None:
    return {YES: True, NO: False}.get(answer)
