"""Who may read what: the one place where core material is parted from public material."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from seminarkit.core.forms.audiences import (
    fields_for,
    has_private,
    is_read_by,
    narrower_fields,
    readable_answers,
)
from seminarkit.core.forms.promises import Promise
from seminarkit.core.forms.shapes import Audience, CompiledForm, questions
from seminarkit.core.seminar.assignments import contact_id
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import CASE_PRESENTER
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.store.promise_log import read_promises
from seminarkit.core.store.submission import Submission

AUDIENCES: tuple[Audience, ...] = ("core", "public")  # those with a site of their own

# Anything that reads as an address, also with the full-width sign that hides it from simple rules.
# It begins where no word goes on, and gives nothing back: so it stays quick on any text.
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]++\s?[@\uff20\ufe6b]\s?[\w-]+(?:\.[\w-]+)+")
_HOSTS = tuple(
    re.compile(rf"{sign}\s?[\w-]+\.[\w-]") for sign in "@\uff20\ufe6b"
)  # its end, quickly
_REMOVED = "[e-mail address removed]"


def may_come(session: Session, reader: Audience) -> bool:
    """Return whether a session is open to a reader; breaks and sessions without access are not."""
    return session.access == "public" or (reader != "public" and session.access == "core")


NOTHING = Promise({})  # of a form that was handed out before promises were written down


def may_show(form: CompiledForm, submission: Submission, reader: Audience) -> bool:
    """Return whether a filled form as such may be shown to a reader, with its state.

    The public sees a complete form of a public kind whose own consent question allows it.
    """
    if not is_read_by(form["audience"], reader):
        return False
    return reader != "public" or _agreed(form, submission)


def may_show_receipt(form: CompiledForm, reader: Audience) -> bool:
    """Return whether a reader may see the receipts of a form, and how far a draft of it is.

    A receipt without a salt, as that of a Word file, is made from the answers alone, so that who
    knows it can try out answers until one fits; and how many questions are asked can follow from an
    answer. So both are for readers of every question alone, and of a form with private questions
    for organisers. The public sees neither.
    """
    if reader in ("organisers", "public"):
        return reader == "organisers"
    audiences = [form["audience"], *(own for _, own in narrower_fields(form["fields"], "public"))]
    return all(is_read_by(each, reader) for each in audiences) and not has_private(form["fields"])


@dataclass(frozen=True)
class Readable(Submission):
    """A submission as one reader may see it: the answers for others are not in it.

    What is made for a reader is made of these, so that no later step can show more.
    """

    reader: Audience


def as_read_by(
    form: CompiledForm, submission: Submission, reader: Audience, promise: Promise = NOTHING
) -> Readable | None:
    """Return a submission with the answers that a reader may see, or None where it sees none."""
    answers = may_read(form, submission, reader, promise)
    if not answers and (submission.answers or not may_show(form, submission, reader)):
        return None
    fields = {**vars(submission), "answers": answers, "reader": reader}
    if not may_show_receipt(form, reader):
        fields["receipt"] = ""
    return Readable(**fields)


def readable(
    folder: SeminarFolder, submissions: Iterable[Submission], reader: Audience
) -> list[Readable]:
    """Return the submissions that a reader may see, each with the answers it may see."""
    forms, promises = folder.forms, read_promises(folder)
    seen = (
        as_read_by(forms[s.form], s, reader, promises.get((s.form, s.form_version), NOTHING))
        for s in submissions
        if s.form in forms
    )
    return [submission for submission in seen if submission]


def with_receipts(seen: Iterable[Readable], submissions: Iterable[Submission]) -> list[Readable]:
    """Return what a reader may see, with the receipts by which replies name a version.

    Nothing that is made of it may show them.
    """
    known = {(s.instance, s.arrival, s.part): s.receipt for s in submissions}
    return [replace(s, receipt=known[s.instance, s.arrival, s.part]) for s in seen]


def may_read(
    form: CompiledForm, submission: Submission, reader: Audience, promise: Promise = NOTHING
) -> dict[str, object]:
    """Return the answers of one filled form that a reader may see, by question.

    That is what the form and each of its questions are for, and were for when they were answered.
    The public reads complete forms alone whose writer agreed, of a form for others the questions
    that the consent names, and no e-mail addresses.
    """
    fields, answers = form["fields"], submission.answers
    if reader != "public":
        return readable_answers(fields, answers, form["audience"], reader, allows=promise.allows)
    if not _agreed(form, submission) or not promise.agreed(answers):
        return {}
    shown = readable_answers(fields, answers, "public", reader, allows=promise.allows)
    if form["audience"] != "public":
        shown = {name: shown[name] for name in form.get("consent_shows", ()) if name in shown}
    return {name: for_audience(value, reader) for name, value in shown.items()}


def form_read_by(form: CompiledForm, reader: Audience) -> CompiledForm | None:
    """Return a form with the questions whose answers a reader may see; None where there are none.

    The public sees of a form for others the questions that its consent names.
    """
    around: Audience = "public" if reader == "public" else form["audience"]
    fields = list(fields_for(form["fields"], around, reader))
    if reader == "public" and form["audience"] != "public":
        names = form.get("consent_shows", ())
        fields = [field for field in questions(fields) if field["name"] in names]
    return {**form, "fields": fields} if fields else None


def _agreed(form: CompiledForm, submission: Submission) -> bool:
    question, answer = form.get("consent", ("", ""))
    agreed = not question or submission.answers.get(question) == answer
    return submission.complete and agreed


def receipts_for(forms: Mapping[str, CompiledForm], reader: Audience) -> frozenset[str]:
    """Return the forms whose receipts a reader may see."""
    return frozenset(name for name, form in forms.items() if may_show_receipt(form, reader))


def may_see_totals_by(group: str, audience: Audience) -> bool:
    """Say whether an audience may see totals over ``all``, or by ``region`` and ``profile``.

    That is of a form whose totals it may see at all (totals.py): the public sees those over all
    countries alone. Small numbers are hidden in all of them together (suppression.py).
    """
    return group == "all" or audience == "core"


def signed(seminar: Seminar, person: str, audience: Audience) -> str:
    """Return how an answer is signed: by name for core participants, by role for the public.

    Who presents a case study stands in the programme beside it.
    """
    if person in seminar.people:
        return CASE_PRESENTER.name
    contact = seminar.contacts.get(person[:2])
    if contact and person == contact_id(person[:2]):
        return "NEO" if audience == "public" else contact.name
    participant = seminar.participant(person)
    if participant is None:
        return "a former core participant"
    return participant.role if audience == "public" else participant.name


def for_audience(value: Any, audience: Audience) -> Any:
    """Return an answer as an audience may read it: the public sees no e-mail addresses."""
    if audience != "public":
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
    return _EMAIL.findall(text) if any(host.search(text) for host in _HOSTS) else []
