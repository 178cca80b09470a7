"""The sign-off of every country, held against what had come when its NEO wrote it.

A NEO may sign on an old page, whose receipt is that of a text that was replaced already, or that it
refused itself. Such a signature is of no text until the NEO was asked.
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
    signs = {code: sign_off(seminar, given) for code, given in of_country.items()}
    if not any(sign.state == "changed" for sign in signs.values()):
        return signs
    reports, words = versions_of(folder.database, report), versions_of(folder.database, FORM)
    for code, sign in signs.items():
        current = to_sign(of_country[code], report)
        if sign.state == "changed" and current:
            written = [s for s in words if s.country == code]
            texts = [s for s in reports if s.country == code]
            if is_unclear(sign.receipt, _words_on(sign.receipt, written), texts, current):
                signs[code] = replace(sign, state="unclear")
    return signs


Word = tuple[Literal["yes", "no"], Submission]


def is_unclear(
    receipt: str, words: Sequence[Word], texts: Sequence[Submission], current: Submission
) -> bool:
    """Say whether every signature of a text came when the text had been replaced already.

    ``words`` are what the NEO wrote about this text, as they arrived. A signature that was given
    while the text counted holds, unless the NEO refused the text afterwards.
    """
    signed = [text for text in texts if text.receipt == receipt and text.complete]
    later = [
        text
        for text in texts
        if any(_replaces(text, one, current) for one in signed) and text.receipt != receipt
    ]
    holds = refused = False
    for word, form in words:
        if word == "no":
            holds, refused = False, True
        elif not any(_was_there(text, form, refused=refused) for text in later):
            holds = True
    return bool(signed) and not holds


def _words_on(receipt: str, forms: Sequence[Submission]) -> list[Word]:
    words: list[Word] = []
    for form in forms:
        given = form.answers.get("signed_final")
        if str(form.answers.get("signed_receipt", "")).strip().upper() == receipt:
            if given == "yes":
                words.append(("yes", form))
            elif given == "no":
                words.append(("no", form))
    return words


def _replaces(text: Submission, signed: Submission, current: Submission) -> bool:
    """Say whether a text took the place of the signed one: a newer version, or what counts now."""
    if not text.complete:
        return False
    newer = text.instance == signed.instance and text.moment >= signed.moment
    return text.version == current.version or (newer and text.arrival > signed.arrival)


def _was_there(text: Submission, form: Submission, *, refused: bool) -> bool:
    """Say whether a text was there when a NEO wrote; of a refused one the least sign is enough."""
    came, saved = text.arrival < form.arrival, text.moment <= form.moment
    return (came or saved) if refused else (came and saved)
