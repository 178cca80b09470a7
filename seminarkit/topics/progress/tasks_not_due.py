"""Tasks that are done by a colleague, or that another task must precede."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.sign_off import signed_report, to_sign


def has_submitted(received: Sequence[Submission], form: str, country: str) -> bool:
    """Say whether anybody of a delegation has submitted the complete form."""
    return any(s.complete for s in received if (s.form, s.country) == (form, country))


def precondition_words(seminar: Seminar, of_country: Sequence[Submission]) -> str:
    """Return a note if the delegation's report must precede the sign-off, else nothing."""
    report = signed_report(seminar)
    if not report or to_sign(of_country, report):
        return ""
    has_several = sum(s.complete for s in of_country if s.form == report) > 1
    return f": first the {'joint ' if has_several else ''}report of the delegation"
