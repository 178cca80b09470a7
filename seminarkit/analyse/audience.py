"""Who may read what: the one place where core material is parted from public material."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from seminarkit.forms.answers import CompiledForm
from seminarkit.seminar.assignments import contact_id
from seminarkit.seminar.model import Seminar
from seminarkit.seminar.sessions import Session
from seminarkit.store.index import Submission

Audience = Literal["core", "public"]
AUDIENCES: tuple[Audience, ...] = ("core", "public")

# Anything that reads as an address, also with the full-width sign that hides it from simple rules.
# It begins where no word goes on, and gives nothing back: so it stays quick on any text.
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]++\s?[@\uff20\ufe6b]\s?[\w-]+(?:\.[\w-]+)+")
_REMOVED = "[e-mail address removed]"


def may_come(session: Session, audience: Audience) -> bool:
    """Say whether a session is open to an audience; breaks and sessions without a word are not."""
    return session.access == "public" or (audience == "core" and session.access == "core")


def may_show(form: CompiledForm, submission: Submission, audience: Audience) -> bool:
    """Say whether one filled form may be shown whole to an audience.

    Core participants see what the form declares for them. The public sees a complete form of a
    public kind whose own consent question allows it. Nobody sees forms read by organisers alone.
    """
    if audience == "core":
        return form["audience"] in ("core", "public")
    return form["audience"] == "public" and _agreed(form, submission)


def may_read(form: CompiledForm, submission: Submission, audience: Audience) -> dict[str, Any]:
    """Return the answers of one filled form that an audience may read.

    That is all of it, nothing, or of a complete form for core participants those questions that
    its consent allows the public.
    """
    answers = submission.answers
    if not may_show(form, submission, audience):
        agreed = form["audience"] == "core" and _agreed(form, submission)
        shown = form.get("consent_shows", ()) if agreed else ()
        answers = {name: value for name, value in answers.items() if name in shown}
    return {name: for_audience(value, audience) for name, value in answers.items()}


def _agreed(form: CompiledForm, submission: Submission) -> bool:
    question, answer = form.get("consent", ("", ""))
    agreed = not question or submission.answers.get(question) == answer
    return submission.complete and agreed


def may_show_receipt(form: CompiledForm, readers: Audience | Literal["organisers"]) -> bool:
    """Say whether readers may see the receipts of a form: only where they may read its answers.

    A receipt is made from the answers. Whoever has it can try all answers that there could be until
    one fits, so it gives away what it was made from. The public sees no receipts at all.
    """
    return readers == "organisers" or (readers == "core" and form["audience"] in ("core", "public"))


def receipts_for(
    forms: Mapping[str, CompiledForm], readers: Audience | Literal["organisers"]
) -> frozenset[str]:
    """Return the forms whose receipts readers may see."""
    return frozenset(name for name, form in forms.items() if may_show_receipt(form, readers))


def may_see_totals_by(group: str, audience: Audience) -> bool:
    """Say whether an audience may see totals over ``all``, or by ``region`` and ``profile``.

    That is of a form whose totals it may see at all (totals.py): the public sees those over all
    countries alone. Small numbers are hidden in all of them together (protection.py).
    """
    return group == "all" or audience == "core"


def signed(seminar: Seminar, person: str, audience: Audience) -> str:
    """Return how an answer is signed: by name for core participants, by role for the public.

    Who presents a case study stands in the programme beside it.
    """
    if person in seminar.people:
        return "case presenter"
    contact = seminar.contacts.get(person[:2])
    if contact and person == contact_id(person[:2]):
        return contact.name if audience == "core" else "NEO"
    participant = seminar.participant(person)
    if participant is None:
        return "a former core participant"
    return participant.name if audience == "core" else participant.role


def for_audience(value: Any, audience: Audience) -> Any:
    """Return an answer as an audience may read it: the public sees no e-mail addresses."""
    if audience == "core":
        return value
    if isinstance(value, str):
        return _EMAIL.sub(_REMOVED, value)
    if isinstance(value, list):
        return [for_audience(v, audience) for v in value]
    if isinstance(value, Mapping):
        return {k: for_audience(v, audience) for k, v in value.items()}
    return value


def emails_in(text: str) -> list[str]:
    """Return everything in a text that reads as an e-mail address."""
    return _EMAIL.findall(text)
