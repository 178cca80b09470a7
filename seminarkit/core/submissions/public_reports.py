"""Which version of each country's report the public reads: the one place of this rule.

A report is public with the consent, unless the NEO refused it, or it is not clear what the NEO
signed: the version that was signed, if one was signed, and else the one that counts, with the line
that the country did not sign it off. What was refused stays so until the NEO signs its correction.
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
from seminarkit.core.submissions.merged_report import counted
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
    """The sign-off of each country, and what follows from it.

    ``versions`` holds the version that was signed, where one was and has come; ``changed`` the
    questions that are answered differently since.
    """

    of: Mapping[str, SignOff]
    versions: Mapping[str, Submission]
    changed: Mapping[str, Sequence[str]]

    def public_mark(self, country: str) -> PublicMark:
        """Return what the public is told beside a public report; nothing without a sign-off."""
        if not self.of[country].state:
            return ""
        return "signed" if country in self.versions else "unsigned"

    def marks(self, audience: Audience) -> dict[str, SignMark]:
        """Return what a page for an audience says of the sign-off, by country; none without one."""
        return {code: self._mark(code, audience) for code, sign in self.of.items() if sign.state}

    def _mark(self, country: str, audience: Audience) -> SignMark:
        sign, public = self.of[country], audience == "public"
        state: str = self.public_mark(country) if public else sign.state
        if sign.state == "changed" and country not in self.versions:
            state = "another"  # the same fact for both readers
        return {
            "state": state,
            "day": sign.day if state not in ("", "not yet", "unsigned") else "",
            "changed": [] if public else list(self.changed.get(country, ())),
        }


def signatures(folder: SeminarFolder, submissions: Sequence[Submission]) -> Signatures:
    """Return the sign-offs of all countries, from what counts and the versions that were signed."""
    seminar, report = folder.seminar, signed_report(folder.seminar)
    of_country: dict[str, list[Submission]] = {code: [] for code in seminar.countries}
    for submission in submissions:
        of_country.get(submission.country, []).append(submission)
    signs = sign_offs(folder, submissions)
    signed_in = {code for code, sign in signs.items() if sign.state in ("signed", "changed")}
    every = versions_of(folder.database, report) if signed_in else []
    versions = {
        code: version
        for code in signed_in
        if (version := signed_version(signs[code], [v for v in every if v.country == code]))
    }
    changed = {}
    for code, version in versions.items():
        now = to_sign(of_country[code], report)
        if signs[code].state == "changed" and now:
            changed[code] = changed_questions(folder.forms[report], version, now)
    return Signatures(signs, versions, changed)


def for_the_public(
    folder: SeminarFolder, submissions: Iterable[Submission], signed: Signatures
) -> list[Submission]:
    """Return what counts, but of each country's report only what the public may be shown.

    What each person of a delegation wrote stays beside a joint report: it says where that comes
    from. A consent that was taken back since counts for the signed version as well.
    """
    everything = list(submissions)
    report = signed_report(folder.seminar)
    if not report:
        return everything
    reports: dict[str, list[Submission]] = {}
    for submission in everything:
        if submission.form == report:
            reports.setdefault(submission.country, []).append(submission)
    shown = [s for s in everything if s.form != report]
    for code, given in reports.items():
        sign = signed.of.get(code, SignOff())
        version = signed.versions.get(code)
        if sign.state in NOT_PUBLIC:
            continue
        if version is None:
            shown += given
        elif not _is_withdrawn(folder.forms[report], version, given):
            beside = [s for s in given if s.subject != JOINT]
            shown += [version, *(beside if version.subject == JOINT else ())]
    return shown


def _is_withdrawn(form: CompiledForm, version: Submission, given: Sequence[Submission]) -> bool:
    """Say whether the consent was taken back since: in the same form, or in the joint report."""
    question, agreed = form.get("consent", ("", ""))
    later = [s for s in given if s.instance == version.instance]
    later += [s for s in counted(given, form["form"]) if s.subject == JOINT]
    consents = [s.answers.get(question) for s in later] if question else []
    return any(not is_blank(answer) and answer != agreed for answer in consents)
