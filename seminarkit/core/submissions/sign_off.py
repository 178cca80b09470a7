"""The sign-off: a NEO confirms which version of the country's report is final, or refuses it."""

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
from seminarkit.core.submissions.merged_report import counted_submissions

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
# a refused report, or one with an unclear signature, stays private until the NEO signs
NOT_PUBLIC: frozenset[SignState] = frozenset(("refused", "corrected", "unclear"))


@dataclass(frozen=True)
class SignOff:
    """The sign-off of one country: the receipt of the version, the day in words, the remark.

    ``state`` is empty if the seminar has no sign-off.
    """

    state: SignState = ""
    receipt: str = ""
    day: str = ""
    remark: str = ""

    @property
    def words(self) -> str:
        """The text of the state, with the remark of a refusal."""
        remark = f": {' '.join(self.remark.split())}" if self.remark else ""
        return f"{STATE_WORDS[self.state]}{remark if self.state == 'refused' else ''}"


def signed_report(seminar: Seminar) -> str:
    """Return the form of the report that is signed off; empty if the seminar has no sign-off."""
    if not any(task.form == FORM for task in seminar.tasks):
        return ""
    return next((task.form for task in seminar.tasks if task.joint), "")


def to_sign(submissions: Sequence[Submission], report: str) -> Submission | None:
    """Return the complete report of a country; None if there is none or more than one."""
    complete = [s for s in counted_submissions(submissions, report) if s.complete]
    return complete[0] if len(complete) == 1 else None


def sign_off(seminar: Seminar, submissions: Sequence[Submission]) -> SignOff:
    """Return the sign-off of one country from the ``submissions`` of that country.

    The NEO's last answer counts. The state is changed if another version was signed, corrected if
    another version was refused. ``unclear`` depends on earlier versions: see ``sign_offs``.
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
    """Return the signed one of all versions of a country's report; None if it was not received."""
    if sign.state not in ("signed", "changed"):
        return None
    signed = [v for v in versions if v.receipt == sign.receipt and v.complete]
    return max(signed, key=lambda v: (v.arrival, v.part), default=None)


def changed_questions(form: CompiledForm, before: Submission, now: Submission) -> list[str]:
    """Return the labels of the questions with different answers in two versions, in form order."""
    fields = {
        field["name"]: field
        for version in (before, now)
        for field in relevant_fields(form["fields"], version.answers)
    }
    order = [name for name in fields if _differ(before, now, name)]
    return [fields[name]["label"] for name in order]


def refusal(submission: Submission) -> tuple[str, str] | None:
    """Return the question and the text of a refusal; None if it is not a refusal."""
    if submission.form != FORM or submission.answers.get("signed_final") != "no":
        return None
    return "signed_remark", str(submission.answers.get("signed_remark", "")).strip()


def refusals(folder: SeminarFolder, submissions: Sequence[Submission]) -> dict[str, str]:
    """Return the NEO's remark by country that refuses its report, if delegations may read it."""
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
    visible = readable(folder, refused, "delegation")
    remarks = {s.country: str(s.answers.get("signed_remark", "")).strip() for s in visible}
    return {s.country: remarks.get(s.country, "") for s in refused}


def _differ(before: Submission, now: Submission, name: str) -> bool:
    old, new = before.answers.get(name), now.answers.get(name)
    return old != new and not (is_blank(old) and is_blank(new))
