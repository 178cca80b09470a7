"""The sign-off: a NEO says which version of its country's report is final."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from seminarkit.analyse.joint import counted
from seminarkit.store.index import Submission

FORM = "sign_off"
SignedOff = Literal["", "signed", "earlier"]


def to_sign(submissions: Sequence[Submission], report: str) -> Submission | None:
    """Return the one complete report of a country that can be signed off, if there is just one."""
    complete = [s for s in counted(submissions, report) if s.complete]
    return complete[0] if len(complete) == 1 else None


def signed_off(submissions: Sequence[Submission], report: str) -> SignedOff:
    """Say whether a country's report is signed off: as it is now, or in an earlier version."""
    signed = next((s for s in submissions if s.form == FORM), None)
    if signed is None or signed.answers.get("signed_final") != "yes":
        return ""
    current = to_sign(submissions, report)
    given = str(signed.answers.get("signed_receipt", "")).strip().upper()
    return "signed" if current and current.receipt == given else "earlier"


def refusal(submission: Submission) -> tuple[str, str] | None:
    """Return the question and the text by which a NEO does not sign; None for anything else."""
    if submission.form != FORM or submission.answers.get("signed_final") != "no":
        return None
    return "signed_remark", str(submission.answers.get("signed_remark", "")).strip()
