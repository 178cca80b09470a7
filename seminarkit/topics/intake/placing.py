"""Outcome messages for a new version of a form that has a current version already."""

from __future__ import annotations

from seminarkit.core.forms.answer_diff import differing, differing_words
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.forms.word_form import is_clock_rev
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_states import JudgedVersions


def completeness(version: Submission) -> str:
    """Return 'complete', or how many questions of a draft are answered."""
    if version.complete:
        return "complete"
    return f"a draft, {version.answered} of {version.total} answered"


def version_outcome(
    form: CompiledForm, judged: JudgedVersions[Submission], new: Submission, previous: Submission
) -> tuple[str, str]:
    """Return the kind of outcome of a new version, and its message.

    ``previous`` is the version that was current until now.
    """
    diff = differing_words(differing(form, previous.answers, new.answers))
    standing = judged.standing(new)
    state, receipt = completeness(new), previous.receipt
    if standing == "waits":
        return "waits", (
            f"{state}: changes were begun and are waiting. {receipt}, which is complete, counts "
            f"until a complete version is received. {diff}"
        )
    if standing == "beside":
        return _beside_current(judged, new, previous, diff)
    if standing == "earlier":
        return "earlier", _older_message(judged, new, previous, diff)
    if previous.complete < new.complete and judged.standing(previous) == "waits":
        return "replaced", f"{state}. It counts; the draft {receipt}, saved later, waits. {diff}"
    if previous in judged.undecided:
        return (
            "decide",
            f"{state}. {_tie_warning(new, previous)} {diff} {_choice_command(previous)}",
        )
    text = f"{state}. It replaces the version with receipt {receipt}."
    if new.person != previous.person:
        text = f"{text[:-1]}, by {previous.person}, from which it was made."
    if judged.descends(new, previous):
        return "replaced", text
    return (
        "replaced",
        f"{text} {_parallel_warning(new, previous)} {diff} {_choice_command(previous)}",
    )


def _beside_current(
    judged: JudgedVersions[Submission], new: Submission, previous: Submission, diff: str
) -> tuple[str, str]:
    """Return kind and message for a version that is kept beside the current one."""
    if not new.complete:
        text = f"{completeness(new)}. It is kept next to {previous.receipt}, which counts. {diff}"
        return "beside", text
    if new.person != previous.person:
        warning = (
            f"Attention: it was written by {new.person}, but {previous.receipt}, written by "
            f"{previous.person}, counts."
        )
    elif judged.descent.is_tie(*map(judged.place, (new, previous))):
        warning = _tie_warning(new, previous)
    else:
        warning = (
            f"Attention: you chose {previous.receipt}, which counts, and this version was not made "
            "from it."
        )
    return "decide", f"{completeness(new)}. {warning} {diff} {_choice_command(new)}"


def _older_message(
    judged: JudgedVersions[Submission], new: Submission, previous: Submission, diff: str
) -> str:
    text = f"an older version; the one with receipt {previous.receipt} counts."
    if judged.descends(previous, new) or not new.complete:
        return text
    warning = ""
    if not (new.written_in or is_clock_rev(new.rev)) and new.rev > previous.rev:
        warning = (
            f"Attention: {previous.receipt} was saved later, but {new.receipt} has more changes. "
        )
    return f"{text} {warning}{diff} {_choice_command(new)}"


def _parallel_warning(new: Submission, previous: Submission) -> str:
    """Return a warning that the new version was perhaps written without knowing the other."""
    how_later = "saved later" if new.moment == new.saved_at else "received later"
    if is_clock_rev(new.rev) != is_clock_rev(previous.rev):
        as_text, in_form = (new, previous) if is_clock_rev(new.rev) else (previous, new)
        return (
            f"Attention: {as_text.receipt} was written in Word or as text, {in_form.receipt} in "
            f"the form; {new.receipt} counts, because it was {how_later}. Ask {new.person} if that "
            "is right."
        )
    if new.written_in or previous.written_in:
        return (
            f"Attention: it was not made from {previous.receipt}, perhaps on another computer; it "
            f"counts, because it was {how_later}."
        )
    if not is_clock_rev(new.rev) and new.rev < previous.rev:
        return (
            f"Attention: {new.receipt} was saved later and counts, but {previous.receipt} has more "
            f"changes. Ask {new.person} if that is right."
        )
    return ""


def _tie_warning(new: Submission, previous: Submission) -> str:
    return (
        f"Attention: two different versions have the same number and time ({new.receipt} and "
        f"{previous.receipt}). Ask {new.person} which one counts."
    )


def _choice_command(version: Submission) -> str:
    return f"To choose {version.receipt}: seminar version {version.receipt}"
