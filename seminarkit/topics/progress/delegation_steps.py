"""Next steps for delegations: nominations to accept, sign-offs to request again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import one_line
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.public_reports import signatures
from seminarkit.core.submissions.sign_off import SignOff, refusals
from seminarkit.topics.progress.nominations import Nomination
from seminarkit.topics.progress.parallel_nominations import nominations_of

Words = tuple[str, str]  # a step: what to do, and the command
_REASONS_TO_SIGN_AGAIN = {
    "changed": "the report has changed since you signed it",
    "corrected": "the report has changed since you did not sign it",
    "unclear": "the version that you signed had been replaced already",
}


def nomination_steps(folder: SeminarFolder, received: Sequence[Submission]) -> Iterator[Words]:
    """Yield the next steps for nominations; one command accepts all that need no decision."""
    nominations = nominations_of(folder, received)
    waiting = [nomination for nomination in nominations if nomination.waits]
    if clear := [nomination.country for nomination in waiting if nomination.is_clear]:
        number = f"{len(clear)} nomination{'' if len(clear) == 1 else 's'}"
        yield f"{number} to be taken", f"seminar nominate {' '.join(clear)}"
    for nomination in waiting:
        if not nomination.is_clear:
            words = "; ".join(_open_points(nomination))
            name = folder.seminar.in_text(nomination.country)
            yield (
                f"The nomination of {name} is to be decided: {words}",
                f"seminar nominate {nomination.country} --dry-run",
            )
    for nomination in nominations:
        if nomination.undone and nomination.has_news:
            code, name = nomination.country, folder.seminar.in_text(nomination.country)
            yield (
                f"The last nomination of {name} ({nomination.receipt}) is not in force: it was "
                "taken back. Send its NEO the pack with the delegation as it is, or take it after "
                f"all: seminar nominate {code}",
                f"seminar prepare --country {code}",
            )


def sign_off_steps(folder: SeminarFolder, received: Sequence[Submission]) -> Iterator[Words]:
    """Yield the next steps for sign-offs that were refused or are of another version."""
    signed = signatures(folder, received)
    for code, sign in signed.of.items():
        name, command = folder.seminar.in_text(code), f"seminar prepare --country {code}"
        again = "Make the sign-off again and send it to the NEO"
        match sign.state:
            case "refused":
                remark = " ".join(one_line(sign.remark).split())
                yield (
                    f"The NEO of {name} does not sign its report yet"
                    f"{f': “{remark}”' if remark else ''}. Make its pack again, with the remark "
                    "above the report's form, and send it to the delegation",
                    command,
                )
            case "corrected":
                yield f"The report of {name} has changed since its NEO refused it. {again}", command
            case "unclear":
                yield (
                    f"The NEO of {name} signed {sign.receipt}, which had been replaced already. "
                    f"Nothing of the report is public until you asked which text it means. {again}",
                    command,
                )
            case "changed" if code not in signed.versions:
                yield (
                    f"The NEO of {name} signed another version of its report: the receipt "
                    f"{sign.receipt} that was signed has no report. {again}",
                    command,
                )
            case "changed":
                changed = ", ".join(f"“{label}”" for label in signed.changed.get(code, ()))
                what = f"in {changed}" if changed else "another version counts"
                yield (
                    f"The report of {name} has changed since its NEO signed it ({what}). {again}",
                    command,
                )


def report_steps(
    folder: SeminarFolder, country: str, received: Sequence[Submission], *, of_neo: bool
) -> Iterator[str]:
    """Yield the sign-off steps of a country's NEO, or of its delegation."""
    signed = signatures(folder, received)
    sign = signed.of.get(country, SignOff())
    if of_neo and sign.state in _REASONS_TO_SIGN_AGAIN:
        yield f"Sign-off once more: {_REASONS_TO_SIGN_AGAIN[sign.state]}"
    if not of_neo and sign.state == "refused":
        remark = refusals(folder, [s for s in received if s.country == country]).get(country, "")
        words = " ".join(one_line(remark).split())
        yield f"Country report: your NEO does not sign it yet{f': {words}' if words else ''}"


def _open_points(nomination: Nomination) -> Iterator[str]:
    for question in nomination.questions:
        yield (
            f"is {question.new} “{question.row.name}” the same as {question.known.id} "
            f"“{question.known.name}”?"
        )
    for leaver in nomination.losing:
        yield f"{leaver.person.id} {leaver.person.name} would leave and has sent something"
    if nomination.passes_over:
        yield f"it was not made from {nomination.beside}, which is in force"
    yield from nomination.problems
