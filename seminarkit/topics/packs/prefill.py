"""The answers that a form is handed out with: usually none, sometimes earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from seminarkit.core.forms.answer_versions import MOST_ANCESTORS, version_id
from seminarkit.core.forms.bundle import answer_text, payload
from seminarkit.core.forms.shapes import Field, Payload, PersonalForm, is_group, is_question
from seminarkit.core.forms.word_form import is_clock_rev
from seminarkit.core.seminar.assignments import Assignment, assignments
from seminarkit.core.seminar.delegation_decisions import Asked
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import signed
from seminarkit.core.submissions.merged_report import merge
from seminarkit.core.submissions.public_reports import signatures
from seminarkit.core.submissions.sign_off import FORM as SIGN_OFF
from seminarkit.core.submissions.sign_off import refusals, signed_report, to_sign
from seminarkit.topics.packs.personal_form import form_for, made_out
from seminarkit.topics.packs.prefilled_nomination import nominee_rows
from seminarkit.topics.progress.nominations import FORM as NOMINATION
from seminarkit.topics.progress.open_queries import still_asked
from seminarkit.topics.progress.parallel_nominations import nominations_of

FilledForm = tuple[PersonalForm, Payload]
Offers = Mapping[str, Sequence[tuple[str, object]]]  # (person, answer) pairs by question


@dataclass(frozen=True)
class PrefillState:
    """The submissions so far, and the state of queries, nominations and sign-offs."""

    received: Sequence[Submission] = ()
    asked: Sequence[Asked] = ()
    nominated: frozenset[str] = frozenset()  # countries with a nomination waiting for a decision
    refused: Mapping[str, str] = field(default_factory=dict)  # the NEO's remark by country
    changed: Mapping[str, Sequence[str]] = field(default_factory=dict)  # labels since sign-off

    def of(self, country: str) -> list[Submission]:
        """Return the submissions from one country."""
        return [s for s in self.received if s.country == country]


def prefill_state(folder: SeminarFolder) -> PrefillState:
    """Return what was received, and what is still open, from store and decisions."""
    received = submissions(folder.database)
    nominations = nominations_of(folder, received)
    return PrefillState(
        received,
        still_asked(folder.decisions, received),
        frozenset(nomination.country for nomination in nominations if nomination.waits),
        refusals(folder, received),
        signatures(folder, received).changed,
    )


def starting_form(
    folder: SeminarFolder, assignment: Assignment, so_far: PrefillState
) -> FilledForm | None:
    """Return the form of an assignment with the answers to start with, or None.

    A form with an open query starts with the person's answers, below the query. A joint report
    starts with the answers on which the delegation agrees, a sign-off with the receipt to sign;
    neither is handed out before there are answers to merge or a report to sign. A nomination starts
    with the people already known. If the NEO has refused to sign, the remark is above the report.
    """
    form = made_out(folder, assignment, so_far.received)
    country, task = assignment.author.country, assignment.task
    submission = next((s for s in so_far.received if s.key == assignment.key), None)
    if task.form == SIGN_OFF:
        final = to_sign(so_far.of(country), signed_report(folder.seminar))
        changed = so_far.changed.get(country, ())
        return _sign_off(form, submission, final, changed) if final else None
    if task.form == NOMINATION and country not in so_far.nominated:
        answers = nominee_rows(folder.seminar.delegations.get(country, []), form)
        return form, _descendant(submission, payload(form, answers)) if answers else payload(form)
    if task.form == NOMINATION and submission:
        return form, version_payload(form, submission)
    if assignment.subject == JOINT:
        people = [s for s in so_far.of(country) if s.form == task.form and s.subject != JOINT]
        if not people:
            return None
        merged = merge(form, people)
        form = {**form, "fields": _with_offers(folder, form["fields"], merged.offers)}
        if country in so_far.refused:
            form = {**form, "remarks": [_refusal_words(so_far.refused[country])]}
        if submission:
            return form, version_payload(form, submission)
        return form, payload(form, merged.answers, 1)
    remarks = [asked.text for asked in so_far.asked if asked.key == assignment.key]
    if task.joint and country in so_far.refused:
        remarks.append(_refusal_words(so_far.refused[country]))
    if remarks and submission:
        form = {**form, "remarks": remarks}
        return form, version_payload(form, submission)
    return form, payload(form)


def prefilled_form(folder: SeminarFolder, name: str, person: str, about: str = "") -> FilledForm:
    """Return a person's form as ``starting_form`` does, or without answers if that returns None.

    Raises UsageError if the person has no such assignment.
    """
    empty = form_for(folder, name, person, about)
    for assignment in assignments(folder.seminar):
        if assignment.key == (person, name, about):
            return starting_form(folder, assignment, prefill_state(folder)) or (
                empty,
                payload(empty),
            )
    return empty, payload(empty)


def version_payload(form: PersonalForm, version: Submission) -> Payload:
    """Return a received version for handing out again; edits of it will descend from it."""
    rev = 1 if is_clock_rev(version.rev) else version.rev  # a Word form has a time instead
    filled = payload(form, version.answers, rev, version.saved_at)
    if not version.salt:
        return filled
    filled["salt"], filled["window"] = version.salt, version.written_in
    filled["ancestors"] = list(version.ancestors)
    if version.version in ("", version_id(filled)):
        return filled
    # its text was cleaned on arrival, so the id differs from that of the version sent
    return {**filled, "ancestors": [version.version, *version.ancestors][:MOST_ANCESTORS]}


def _descendant(submission: Submission | None, filled: Payload) -> Payload:
    """Return answers made by the kit as a descendant of a received version.

    Edits of them then descend from the version that counts, and a browser prefers them to its own
    older draft.
    """
    if submission is None:
        return {**filled, "rev": 1}
    rev = 1 if is_clock_rev(submission.rev) else max(submission.rev, 1)  # not below the one sent
    ancestors = [submission.version, *submission.ancestors] if submission.version else []
    return {**filled, "rev": rev, "ancestors": ancestors[:MOST_ANCESTORS]}


def _sign_off(
    form: PersonalForm, sent: Submission | None, final: Submission, changed: Sequence[str]
) -> FilledForm:
    """Return a sign-off as it was sent, or for a newer version with the changed labels."""
    if sent and sent.answers.get("signed_receipt") == final.receipt:
        return form, version_payload(form, sent)
    if changed:
        line = ["Changed since you signed", ", ".join(f"“{label}”" for label in changed)]
        form = {**form, "header": [*form["header"], line]}
    return form, _descendant(sent, payload(form, {"signed_receipt": final.receipt}))


def _refusal_words(remark: str) -> str:
    return f"Your NEO has not signed this report. Reason: {remark or 'none was given.'}"


def _with_offers(folder: SeminarFolder, fields: Sequence[Field], offers: Offers) -> list[Field]:
    """Return the fields with the differing answers of the delegation offered as choices."""
    return [_with_offer(folder, field, offers) for field in fields]


def _with_offer(folder: SeminarFolder, field: Field, offers: Offers) -> Field:
    if is_group(field):
        return {**field, "fields": _with_offers(folder, field["fields"], offers)}
    if not is_question(field) or field["name"] not in offers:
        return field
    answers: list[list[object]] = [
        [signed(folder.seminar, person, "core"), answer_text(field, value), value]
        for person, value in offers[field["name"]]
    ]
    return {**field, "offers": answers}
