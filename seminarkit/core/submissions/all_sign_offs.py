"""The sign-off of every country, checked against the versions received before it.

A NEO may sign an old page, with the receipt of a version that was already replaced, or that the NEO
had refused. Such a signature does not count for any version until the NEO is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import versions_of
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.sign_off import FORM, SignOff, sign_off, signed_report, to_sign


def sign_offs(folder: SeminarFolder, submissions: Sequence[Submission]) -> dict[str, SignOff]:
    """Return the sign-off of each country; ``submissions`` are the versions that count."""
    seminar, report = folder.seminar, signed_report(folder.seminar)
    of_country: dict[str, list[Submission]] = {code: [] for code in seminar.countries}
    for submission in submissions:
        of_country.get(submission.country, []).append(submission)
    signs = {code: sign_off(seminar, versions) for code, versions in of_country.items()}
    if not any(sign.state == "changed" for sign in signs.values()):
        return signs
    reports, forms = versions_of(folder.database, report), versions_of(folder.database, FORM)
    for code, sign in signs.items():
        current = to_sign(of_country[code], report)
        if sign.state == "changed" and current:
            of_neo = [s for s in forms if s.country == code]
            texts = [s for s in reports if s.country == code]
            if is_unclear(sign.receipt, _words_about(sign.receipt, of_neo), texts, current):
                signs[code] = replace(sign, state="unclear")
    return signs


Word = tuple[Literal["yes", "no"], Submission]


def is_unclear(
    receipt: str, words: Sequence[Word], texts: Sequence[Submission], current: Submission
) -> bool:
    """Say whether every signature of a version was received after the version was replaced.

    ``words`` are the NEO's answers about this version, in the order of arrival. A signature that
    was given while the version counted is valid, unless the NEO refused the version afterwards.
    """
    signed = [text for text in texts if text.receipt == receipt and text.complete]
    later = [
        text
        for text in texts
        if any(_replaces(text, one, current) for one in signed) and text.receipt != receipt
    ]
    is_valid = is_refused = False
    for word, form in words:
        if word == "no":
            is_valid, is_refused = False, True
        elif not any(_existed_before(text, form, refused=is_refused) for text in later):
            is_valid = True
    return bool(signed) and not is_valid


def _words_about(receipt: str, forms: Sequence[Submission]) -> list[Word]:
    words: list[Word] = []
    for form in forms:
        answer = form.answers.get("signed_final")
        if str(form.answers.get("signed_receipt", "")).strip().upper() == receipt:
            if answer == "yes":
                words.append(("yes", form))
            elif answer == "no":
                words.append(("no", form))
    return words


def _replaces(text: Submission, signed: Submission, current: Submission) -> bool:
    """Say whether a text replaced the signed one: a newer version, or the one that counts now."""
    if not text.complete:
        return False
    newer = text.instance == signed.instance and text.moment >= signed.moment
    return text.version == current.version or (newer and text.arrival > signed.arrival)


def _existed_before(text: Submission, form: Submission, *, refused: bool) -> bool:
    """Say whether a text existed when the NEO signed; after a refusal, one indication is enough."""
    received_before, saved_before = text.arrival < form.arrival, text.moment <= form.moment
    return (received_before or saved_before) if refused else (received_before and saved_before)
