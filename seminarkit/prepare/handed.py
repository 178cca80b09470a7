"""What a form holds when it is handed out: mostly nothing, sometimes what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seminarkit.analyse.asked import still_asked
from seminarkit.analyse.audience import signed
from seminarkit.analyse.joint import merge
from seminarkit.analyse.signed import FORM as SIGN_OFF
from seminarkit.analyse.signed import to_sign
from seminarkit.forms.bundle import Payload, PersonalForm, payload, shown
from seminarkit.prepare.personal import made_out
from seminarkit.seminar.assignments import Assignment
from seminarkit.seminar.decisions import Asked
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.model import JOINT
from seminarkit.store.index import Submission
from seminarkit.store.reading import submissions

Handed = tuple[PersonalForm, Payload]


@dataclass(frozen=True)
class Known:
    """What came so far, and what is asked back."""

    received: Sequence[Submission] = ()
    asked: Sequence[Asked] = ()

    def of(self, country: str) -> list[Submission]:
        """Return what came from one country."""
        return [s for s in self.received if s.country == country]


def known(folder: SeminarFolder) -> Known:
    """Read what came, and what is still asked."""
    received = submissions(folder.database)
    return Known(received, still_asked(folder.decisions, received))


def hand_out(folder: SeminarFolder, assignment: Assignment, so_far: Known) -> Handed | None:
    """Return a form made out to its person and the answers it begins with, or None.

    A form that somebody is asked about begins with their answers, and the question above. A joint
    report begins with what the delegation's people agree on, a sign-off with the receipt to sign;
    neither is handed out before there is something to join or to sign.
    """
    form = made_out(folder, assignment, so_far.received)
    country, task = assignment.author.country, assignment.task
    own = next((s for s in so_far.received if s.key == assignment.key), None)
    if task.form == SIGN_OFF:
        report = next(t.form for t in folder.seminar.tasks if t.joint)
        final = to_sign(so_far.of(country), report)
        return (form, payload(form, {"signed_receipt": final.receipt}, 1)) if final else None
    if assignment.subject == JOINT:
        people = [s for s in so_far.of(country) if s.form == task.form and s.subject != JOINT]
        if not people:
            return None
        merged = merge(form, people)
        form = {**form, "fields": _with_offers(folder, form["fields"], merged.offers)}
        return form, _version(form, own) if own else payload(form, merged.answers, 1)
    remarks = [asked.text for asked in so_far.asked if asked.key == assignment.key]
    if remarks and own:
        form = {**form, "remarks": remarks}
        return form, _version(form, own)
    return form, payload(form)


def _version(form: PersonalForm, version: Submission) -> Payload:
    return received_version(form, version, version.rev)


def received_version(form: PersonalForm, version: Submission, rev: int) -> Payload:
    """Return a version that came as a form holds it: what is written on descends from it."""
    filled = payload(form, version.answers, rev, version.saved_at)
    if not version.salt:
        return filled
    ancestors, window = list(version.ancestors), version.written_in
    return {**filled, "salt": version.salt, "window": window, "ancestors": ancestors}


def _with_offers(
    folder: SeminarFolder, fields: list[dict[str, Any]], offers: dict[str, list[tuple[str, Any]]]
) -> list[dict[str, Any]]:
    """Return the fields, each with what people differ in: [name, words, answer] triples."""
    found = []
    for each in fields:
        if each["type"] == "group":
            each = {**each, "fields": _with_offers(folder, each["fields"], offers)}
        elif each["name"] in offers:
            named = [
                [signed(folder.seminar, person, "core"), shown(each, value), value]
                for person, value in offers[each["name"]]
            ]
            each = {**each, "offers": named}
        found.append(each)
    return found
