"""The sign-off: a NEO says which version of its country's report is final, or that none is yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import readable
from seminarkit.core.submissions.merged_report import counted

FORM = "sign_off"
SignState = Literal["", "not yet", "signed", "changed", "refused", "corrected", "unclear"]
STATE_WORDS: dict[SignState, str] = {
    "": "–",
    "not yet": "not yet",
    "signed": "signed",
    "changed": "changed since signed",
    "refused": "refused",
    "corrected": "changed since refused: ask the NEO again",
    "unclear": "signed a version that had been replaced: ask the NEO",
}
# what was refused stays closed until the NEO signs; so does what it is not clear that it signed
NOT_PUBLIC: frozenset[SignState] = frozenset(("refused", "corrected", "unclear"))


@dataclass(frozen=True)
class SignOff:
    """What a NEO said of its country's report: of which version (by receipt), when, and why not.

    ``state`` is empty where the seminar asks for no sign-off. ``day`` is in words.
    """

    state: SignState = ""
    receipt: str = ""
    day: str = ""
    remark: str = ""

    @property
    def words(self) -> str:
        """The state as a person reads it, with the remark where it may be shown."""
        remark = f": {' '.join(self.remark.split())}" if self.remark else ""
        return f"{STATE_WORDS[self.state]}{remark if self.state == 'refused' else ''}"


def signed_report(seminar: Seminar) -> str:
    """Return the form of the report that is signed off; empty in a seminar without a sign-off."""
    if not any(task.form == FORM for task in seminar.tasks):
        return ""
    return next((task.form for task in seminar.tasks if task.joint), "")


def to_sign(submissions: Sequence[Submission], report: str) -> Submission | None:
    """Return the one complete report of a country that can be signed off, if there is just one."""
    complete = [s for s in counted(submissions, report) if s.complete]
    return complete[0] if len(complete) == 1 else None


def sign_off(seminar: Seminar, submissions: Sequence[Submission]) -> SignOff:
    """Return how far the report of one country is signed off; ``submissions`` are the country's.

    The last word of the NEO counts. Changed is a report of which another version was signed,
    corrected one of which another version was refused. Whether a signature is ``unclear`` only the
    versions that came before tell: see ``sign_offs``.
    """
    report = signed_report(seminar)
    if not report:
        return SignOff()
    form = next((s for s in submissions if s.form == FORM), None)
    answer = form.answers.get("signed_final") if form else None
    if form is None or answer not in ("yes", "no"):
        return SignOff("not yet")
    receipt = str(form.answers.get("signed_receipt", "")).strip().upper()
    moment = datetime.fromisoformat(form.saved_at) if form.saved_at else None
    day = day_words(moment.astimezone(seminar.zone).date()) if moment else ""
    current = to_sign(submissions, report)
    same = current is not None and current.receipt == receipt
    if answer == "no" and (same or current is None):
        return SignOff("refused", receipt, day, str(form.answers.get("signed_remark", "")).strip())
    if answer == "no":
        return SignOff("corrected", receipt, day)
    return SignOff("signed" if same else "changed", receipt, day)


def signed_version(sign: SignOff, versions: Sequence[Submission]) -> Submission | None:
    """Return the version that was signed, of all versions of one country's report, if it came."""
    if sign.state not in ("signed", "changed"):
        return None
    signed = [v for v in versions if v.receipt == sign.receipt and v.complete]
    return max(signed, key=lambda v: (v.arrival, v.part), default=None)


def changed_questions(form: CompiledForm, before: Submission, now: Submission) -> list[str]:
    """Return the labels of the questions that two versions answer differently, in their order."""
    fields = {
        field["name"]: field
        for version in (before, now)
        for field in relevant_fields(form["fields"], version.answers)
    }
    order = [name for name in fields if _differ(before, now, name)]
    return [fields[name]["label"] for name in order]


def refusal(submission: Submission) -> tuple[str, str] | None:
    """Return the question and the text by which a NEO does not sign; None for anything else."""
    if submission.form != FORM or submission.answers.get("signed_final") != "no":
        return None
    return "signed_remark", str(submission.answers.get("signed_remark", "")).strip()


def refusals(folder: SeminarFolder, submissions: Sequence[Submission]) -> dict[str, str]:
    """Return by country why its NEO does not sign what counts, as far as its people may read it."""
    if FORM not in folder.forms:
        return {}
    of_country: dict[str, list[Submission]] = {}
    for submission in submissions:
        of_country.setdefault(submission.country, []).append(submission)
    refused = [
        s
        for s in submissions
        if refusal(s) and sign_off(folder.seminar, of_country[s.country]).state == "refused"
    ]
    readers = readable(folder, refused, "delegation")
    remarks = {s.country: str(s.answers.get("signed_remark", "")).strip() for s in readers}
    return {s.country: remarks.get(s.country, "") for s in refused}


def _differ(before: Submission, now: Submission, name: str) -> bool:
    old, new = before.answers.get(name), now.answers.get(name)
    return old != new and not (is_blank(old) and is_blank(new))
