"""Who comes to the discussion groups, and which ones they wish for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seminarkit.core.seminar.model import CoreParticipant, Seminar
from seminarkit.core.seminar.sessions import Seats, Session
from seminarkit.core.store.submission import Submission

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Registration:
    """What somebody said of one session: ``comes`` is None where they said nothing."""

    person: CoreParticipant
    comes: bool | None
    wishes: tuple[str, ...]

    def seated(self, seats: Seats) -> bool:
        """Say whether there is to be a chair for them."""
        return seats.registration == "free" if self.comes is None else self.comes


def registrations(
    seminar: Seminar, session: Session, submissions: Sequence[Submission]
) -> list[Registration]:
    """Return what every core participant said of a session, in the order of the delegations.

    Whoever an organiser said is absent does not come.
    """
    seats = session.seats
    if seats is None:
        return []
    absent = seminar.absent.get(session.id, ())
    answers = {(each.person, each.form): each.answers for each in submissions}
    return [
        Registration(
            person,
            False if person.id in absent else _comes(_answer(answers, person.id, seats.comes)),
            tuple(w for at in seats.wishes if (w := _answer(answers, person.id, at))),
        )
        for people in seminar.delegations.values()
        for person in people
    ]


def _answer(
    answers: Mapping[tuple[str, str], Mapping[str, object]], person: str, at: str | None
) -> str:
    if at is None:
        return ""
    form, _, name = at.partition(".")
    value = answers.get((person, form), {}).get(name)
    return value if isinstance(value, str) else ""


def _comes(answer: str) -> bool | None:
    return {YES: True, NO: False}.get(answer)
