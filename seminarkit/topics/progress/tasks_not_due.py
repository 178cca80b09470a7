"""What a person need not do, or not yet: a colleague did it, or something must come first."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.sign_off import signed_report, to_sign


def is_there(received: Sequence[Submission], form: str, country: str) -> bool:
    """Say whether what a delegation sends together has come, whoever of it wrote that."""
    return any(s.complete for s in received if (s.form, s.country) == (form, country))


def first_words(seminar: Seminar, of_country: Sequence[Submission]) -> str:
    """Return what must come before the sign-off: it is handed out once there is one report."""
    report = signed_report(seminar)
    if not report or to_sign(of_country, report):
        return ""
    several = sum(s.complete for s in of_country if s.form == report) > 1
    return f": first the {'joint ' if several else ''}report of the delegation"
