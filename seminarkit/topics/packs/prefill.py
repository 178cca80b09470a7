"""What a form holds when it is handed out: mostly nothing, sometimes what is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from seminarkit.core.forms.answer_versions import MOST_ANCESTORS, version_id
from seminarkit.core.forms.bundle import payload, shown
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
from seminarkit.topics.packs.prefilled_nomination import known_nominees
from seminarkit.topics.progress.nominations import FORM as NOMINATION
from seminarkit.topics.progress.open_queries import still_asked
from seminarkit.topics.progress.parallel_nominations import nominations_of

Handed = tuple[PersonalForm, Payload]
Offers = Mapping[str, Sequence[tuple[str, object]]]  # person and answer, by question


@dataclass(frozen=True)
class Known:
    """What came so far, and what is asked back."""

    received: Sequence[Submission] = ()
    asked: Sequence[Asked] = ()
    nominated: frozenset[str] = frozenset()  # countries whose nomination waits to be taken
    refused: Mapping[str, str] = field(default_factory=dict)  # by country, the NEO's remark
    changed: Mapping[str, Sequence[str]] = field(default_factory=dict)  # questions, since signed

    def of(self, country: str) -> list[Submission]:
        """Return what came from one country."""
        return [s for s in self.received if s.country == country]


def known(folder: SeminarFolder) -> Known:
    """Read what came, and what is still asked."""
    received = submissions(folder.database)
    waiting = nominations_of(folder, received)
    return Known(
        received,
        still_asked(folder.decisions, received),
        frozenset(each.country for each in waiting if each.waits),
        refusals(folder, received),
        signatures(folder, received).changed,
    )


def hand_out(folder: SeminarFolder, assignment: Assignment, so_far: Known) -> Handed | None:
    """Return a form made out to its person and the answers it begins with, or None.

    A form that somebody is asked about begins with their answers, and the question above. A joint
    report begins with what the delegation's people agree on, a sign-off with the receipt to sign;
    neither is handed out before there is something to join or to sign. A nomination begins with
    the people who are known. Why a NEO does not sign stands above the report.
    """
    form = made_out(folder, assignment, so_far.received)
    country, task = assignment.author.country, assignment.task
    own = next((s for s in so_far.received if s.key == assignment.key), None)
    if task.form == SIGN_OFF:
        final = to_sign(so_far.of(country), signed_report(folder.seminar))
        return _to_be_signed(form, own, final, so_far.changed.get(country, ())) if final else None
    if task.form == NOMINATION and country not in so_far.nominated:
        answers = known_nominees(folder.seminar.delegations.get(country, []), form)
        return form, _after(own, payload(form, answers)) if answers else payload(form)
    if task.form == NOMINATION and own:
        return form, version_payload(form, own)
    if assignment.subject == JOINT:
        people = [s for s in so_far.of(country) if s.form == task.form and s.subject != JOINT]
        if not people:
            return None
        merged = merge(form, people)
        form = {**form, "fields": _with_offers(folder, form["fields"], merged.offers)}
        if country in so_far.refused:
            form = {**form, "remarks": [_refused_words(so_far.refused[country])]}
        return form, version_payload(form, own) if own else payload(form, merged.answers, 1)
    remarks = [asked.text for asked in so_far.asked if asked.key == assignment.key]
    if task.joint and country in so_far.refused:
        remarks.append(_refused_words(so_far.refused[country]))
    if remarks and own:
        form = {**form, "remarks": remarks}
        return form, version_payload(form, own)
    return form, payload(form)


def begun(folder: SeminarFolder, name: str, person: str, about: str = "") -> Handed:
    """Return a form of a person as ``hand_out`` does, or empty where that hands out none.

    Raises UsageError where the person is not asked for it.
    """
    made = form_for(folder, name, person, about)
    for assignment in assignments(folder.seminar):
        if assignment.key == (person, name, about):
            return hand_out(folder, assignment, known(folder)) or (made, payload(made))
    return made, payload(made)


def version_payload(form: PersonalForm, version: Submission) -> Payload:
    """Return a version that came as it is handed out: what is written on descends from it."""
    rev = 1 if is_clock_rev(version.rev) else version.rev  # Word's number counts no changes
    filled = payload(form, version.answers, rev, version.saved_at)
    if not version.salt:
        return filled
    filled["salt"], filled["window"] = version.salt, version.written_in
    filled["ancestors"] = list(version.ancestors)
    if version.version in ("", version_id(filled)):
        return filled
    # its text was cleaned when it came, so what is handed out is not what was sent, but made of it
    return {**filled, "ancestors": [version.version, *version.ancestors][:MOST_ANCESTORS]}


def _after(own: Submission | None, filled: Payload) -> Payload:
    """Return what the kit hands out after a version that came, and made from it.

    So what is written on it descends from what counts, and a form takes it before its old draft.
    """
    if own is None:
        return {**filled, "rev": 1}
    rev = 1 if is_clock_rev(own.rev) else max(own.rev, 1)  # not below what was sent
    ancestors = [own.version, *own.ancestors] if own.version else []
    return {**filled, "rev": rev, "ancestors": ancestors[:MOST_ANCESTORS]}


def _to_be_signed(
    form: PersonalForm, own: Submission | None, final: Submission, changed: Sequence[str]
) -> Handed:
    """Return a sign-off: as it was sent, or made out for another version, with what changed."""
    if own and own.answers.get("signed_receipt") == final.receipt:
        return form, version_payload(form, own)
    if changed:
        line = ["Changed since you signed", ", ".join(f"“{label}”" for label in changed)]
        form = {**form, "header": [*form["header"], line]}
    return form, _after(own, payload(form, {"signed_receipt": final.receipt}))


def _refused_words(remark: str) -> str:
    return f"Your NEO does not sign this report yet: {remark or 'no reason is given.'}"


def _with_offers(folder: SeminarFolder, fields: Sequence[Field], offers: Offers) -> list[Field]:
    """Return the fields, each question with what people differ in."""
    return [_with_offer(folder, field, offers) for field in fields]


def _with_offer(folder: SeminarFolder, field: Field, offers: Offers) -> Field:
    if is_group(field):
        return {**field, "fields": _with_offers(folder, field["fields"], offers)}
    if not is_question(field) or field["name"] not in offers:
        return field
    answers: list[list[object]] = [
        [signed(folder.seminar, person, "core"), shown(field, value), value]
        for person, value in offers[field["name"]]
    ]
    return {**field, "offers": answers}
