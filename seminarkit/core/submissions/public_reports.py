"""Selects the version of each country's report that is public; no other module does.

A report is public if its author consented, unless the NEO refused it or the signature is unclear.
Public is the signed version, else the version that counts with a note that the country did not sign
it off. A refused report stays private until the NEO signs a corrected one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.shapes import Audience, CompiledForm
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.core.store.read_store import versions_of
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.all_sign_offs import sign_offs
from seminarkit.core.submissions.dossier_parts import SignMark
from seminarkit.core.submissions.merged_report import counted_submissions
from seminarkit.core.submissions.sign_off import (
    NOT_PUBLIC,
    SignOff,
    changed_questions,
    signed_report,
    signed_version,
    to_sign,
)

PublicMark = Literal["", "signed", "unsigned"]


@dataclass(frozen=True)
class Signatures:
    """The sign-off of each country, with the signed versions.

    ``versions`` contains the signed version of a country if it was received; ``changed`` the
    questions with other answers since.
    """

    of: Mapping[str, SignOff]
    versions: Mapping[str, Submission]
    changed: Mapping[str, Sequence[str]]

    def public_mark(self, country: str) -> PublicMark:
        """Return the mark of a public report; empty if the seminar has no sign-off."""
        if not self.of[country].state:
            return ""
        return "signed" if country in self.versions else "unsigned"

    def marks(self, audience: Audience) -> dict[str, SignMark]:
        """Return the sign-off marks for an audience by country; empty without a sign-off."""
        return {code: self._mark(code, audience) for code, sign in self.of.items() if sign.state}

    def _mark(self, country: str, audience: Audience) -> SignMark:
        sign, public = self.of[country], audience == "public"
        state: str = self.public_mark(country) if public else sign.state
        if sign.state == "changed" and country not in self.versions:
            state = "another"  # both audiences see the same state
        return {
            "state": state,
            "day": sign.day if state not in ("", "not yet", "unsigned") else "",
            "changed": [] if public else list(self.changed.get(country, ())),
        }


def signatures(folder: SeminarFolder, submissions: Sequence[Submission]) -> Signatures:
    """Return the sign-offs of all countries; ``submissions`` are the versions that count."""
    seminar, report = folder.seminar, signed_report(folder.seminar)
    of_country: dict[str, list[Submission]] = {code: [] for code in seminar.countries}
    for submission in submissions:
        of_country.get(submission.country, []).append(submission)
    signs = sign_offs(folder, submissions)
    signed_in = {code for code, sign in signs.items() if sign.state in ("signed", "changed")}
    all_versions = versions_of(folder.database, report) if signed_in else []
    versions = {
        code: version
        for code in signed_in
        if (version := signed_version(signs[code], [v for v in all_versions if v.country == code]))
    }
    changed = {}
    for code, version in versions.items():
        current = to_sign(of_country[code], report)
        if signs[code].state == "changed" and current:
            changed[code] = changed_questions(folder.forms[report], version, current)
    return Signatures(signs, versions, changed)


def for_the_public(
    folder: SeminarFolder, submissions: Iterable[Submission], signed: Signatures
) -> list[Submission]:
    """Return the submissions, with each country's report replaced by its public version.

    Individual reports are included beside a joint one, since they show the authors of its answers.
    A later withdrawal of the consent applies to the signed version as well.
    """
    all_submissions = list(submissions)
    report = signed_report(folder.seminar)
    if not report:
        return all_submissions
    reports: dict[str, list[Submission]] = {}
    for submission in all_submissions:
        if submission.form == report:
            reports.setdefault(submission.country, []).append(submission)
    shown = [s for s in all_submissions if s.form != report]
    for code, of_country in reports.items():
        sign = signed.of.get(code, SignOff())
        version = signed.versions.get(code)
        if sign.state in NOT_PUBLIC:
            continue
        if version is None:
            shown += of_country
        elif not _is_withdrawn(folder.forms[report], version, of_country):
            individual = [s for s in of_country if s.subject != JOINT]
            shown += [version, *(individual if version.subject == JOINT else ())]
    return shown


def _is_withdrawn(
    form: CompiledForm, version: Submission, of_country: Sequence[Submission]
) -> bool:
    """Say whether the consent was withdrawn later, in the same form or in the joint report."""
    question, agreed = form.get("consent", ("", ""))
    later = [s for s in of_country if s.instance == version.instance]
    later += [s for s in counted_submissions(of_country, form["form"]) if s.subject == JOINT]
    consents = [s.answers.get(question) for s in later] if question else []
    return any(not is_blank(answer) and answer != agreed for answer in consents)
