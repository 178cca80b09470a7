"""Access rules: decides what each audience may read; no other module does."""

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

AUDIENCES: tuple[Audience, ...] = ("core", "public")  # the audiences with their own site

# Also matches full-width @ signs, which hide an address from simple patterns. The start at a word
# boundary and the possessive quantifier prevent backtracking, so it is fast on any text.
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]++\s?[@\uff20\ufe6b]\s?[\w-]+(?:\.[\w-]+)+")
_HOSTS = tuple(
    re.compile(rf"{sign}\s?[\w-]+\.[\w-]") for sign in "@\uff20\ufe6b"
)  # a fast pre-check
_REMOVED = "[e-mail address removed]"


def may_come(session: Session, reader: Audience) -> bool:
    """Return whether a reader may attend a session; breaks have no access."""
    return session.access == "public" or (reader != "public" and session.access == "core")


NOTHING = Promise({})  # for forms handed out before promises were recorded


def may_show(form: CompiledForm, submission: Submission, reader: Audience) -> bool:
    """Return whether a reader may see that a form was filled in, and its state.

    The public sees complete public forms whose author consented.
    """
    if not is_read_by(form["audience"], reader):
        return False
    return reader != "public" or _has_consent(form, submission)


def may_show_receipt(form: CompiledForm, reader: Audience) -> bool:
    """Return whether a reader may see the receipts of a form and the progress of its drafts.

    An unsalted receipt, such as that of a Word file, is a hash of the answers, so that answers can
    be guessed from it; and the number of relevant questions can reveal an answer. So both are only
    for readers of all questions, and for organisers if the form has private questions. The public
    sees neither.
    """
    if reader in ("organisers", "public"):
        return reader == "organisers"
    audiences = [form["audience"], *(own for _, own in narrower_fields(form["fields"], "public"))]
    return all(is_read_by(audience, reader) for audience in audiences) and not has_private(
        form["fields"]
    )


@dataclass(frozen=True)
class Readable(Submission):
    """A submission with only the answers that one reader may see.

    Everything for a reader is made from these, so that no later step can disclose more.
    """

    reader: Audience


def as_read_by(
    form: CompiledForm, submission: Submission, reader: Audience, promise: Promise = NOTHING
) -> Readable | None:
    """Return a submission with the answers that a reader may see; None if there are none."""
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
    """Return the submissions that a reader may see, with only the answers that it may see."""
    forms, promises = folder.forms, read_promises(folder)
    visible = (
        as_read_by(forms[s.form], s, reader, promises.get((s.form, s.form_version), NOTHING))
        for s in submissions
        if s.form in forms
    )
    return [submission for submission in visible if submission]


def with_receipts(seen: Iterable[Readable], submissions: Iterable[Submission]) -> list[Readable]:
    """Return readable submissions with their receipts restored, to match replies to versions.

    The receipts must not appear in any output.
    """
    receipts = {(s.instance, s.arrival, s.part): s.receipt for s in submissions}
    return [replace(s, receipt=receipts[s.instance, s.arrival, s.part]) for s in seen]


def may_read(
    form: CompiledForm, submission: Submission, reader: Audience, promise: Promise = NOTHING
) -> dict[str, object]:
    """Return the answers of one filled form that a reader may see, by question.

    Both the present audience of form and question, and the one promised when they were answered,
    must include the reader. The public reads only complete forms whose author consented, without
    e-mail addresses; of forms that are not public, only the questions that the consent names.
    """
    fields, answers = form["fields"], submission.answers
    if reader != "public":
        return readable_answers(fields, answers, form["audience"], reader, allows=promise.allows)
    if not _has_consent(form, submission) or not promise.agreed(answers):
        return {}
    shown = readable_answers(fields, answers, "public", reader, allows=promise.allows)
    if form["audience"] != "public":
        shown = {name: shown[name] for name in form.get("consent_shows", ()) if name in shown}
    return {name: for_audience(value, reader) for name, value in shown.items()}


def form_read_by(form: CompiledForm, reader: Audience) -> CompiledForm | None:
    """Return a form with the questions whose answers a reader may see; None if there are none.

    Of a form that is not public, the public sees the questions that its consent names.
    """
    form_audience: Audience = "public" if reader == "public" else form["audience"]
    fields = list(fields_for(form["fields"], form_audience, reader))
    if reader == "public" and form["audience"] != "public":
        names = form.get("consent_shows", ())
        fields = [field for field in questions(fields) if field["name"] in names]
    return {**form, "fields": fields} if fields else None


def _has_consent(form: CompiledForm, submission: Submission) -> bool:
    question, answer = form.get("consent", ("", ""))
    agreed = not question or submission.answers.get(question) == answer
    return submission.complete and agreed


def receipts_for(forms: Mapping[str, CompiledForm], reader: Audience) -> frozenset[str]:
    """Return the names of the forms whose receipts a reader may see."""
    return frozenset(name for name, form in forms.items() if may_show_receipt(form, reader))


def may_see_totals_by(group: str, audience: Audience) -> bool:
    """Say whether an audience may see totals by a grouping: ``all``, ``region`` or ``profile``.

    This is for forms whose totals the audience may see (totals.py): the public sees only totals
    over all countries. Small counts are suppressed across all groupings (suppression.py).
    """
    return group == "all" or audience == "core"


def signed(seminar: Seminar, person: str, audience: Audience) -> str:
    """Return the signature of an answer: the name for core participants, the role for the public.

    A presenter of a case study is signed by role; the programme has the name.
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
    """Return an answer without e-mail addresses if the audience is the public."""
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
    """Return the e-mail addresses in a text."""
    return _EMAIL.findall(text) if any(host.search(text) for host in _HOSTS) else []
