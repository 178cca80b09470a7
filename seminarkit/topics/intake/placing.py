"""The sentence on where a new version stands beside the one that counted before it."""

from __future__ import annotations

from seminarkit.core.forms.answer_diff import differing, differing_words
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.forms.word_form import is_clock_rev
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_states import Judged


def state_words(version: Submission) -> str:
    """Return whether a version is complete, else how far it is."""
    if version.complete:
        return "complete"
    return f"a draft, {version.answered} of {version.total} answered"


def place_words(
    form: CompiledForm, judged: Judged[Submission], new: Submission, before: Submission
) -> tuple[str, str]:
    """Return the kind of outcome of a new version, and its sentence.

    ``before`` is the version that counted until it came.
    """
    differ = differing_words(differing(form, before.answers, new.answers))
    standing = judged.standing(new)
    state, old = state_words(new), before.receipt
    if standing == "waits":
        return "waits", (
            f"{state}: changes were begun and wait. {old}, which is complete, counts until a "
            f"complete version comes. {differ}"
        )
    if standing == "beside":
        return _beside(judged, new, before, differ)
    if standing == "earlier":
        return "earlier", _earlier(judged, new, before, differ)
    if before.complete < new.complete and judged.standing(before) == "waits":
        return "replaced", f"{state}. It counts; the draft {old}, saved later, waits. {differ}"
    if before in judged.undecided:
        return "decide", f"{state}. {_same_number(new, before)} {differ} {_choose(before)}"
    text = f"{state}. It replaces the version with receipt {old}."
    if new.person != before.person:
        text = f"{text[:-1]}, by {before.person}, from which it was made."
    if judged.descends(new, before):
        return "replaced", text
    return "replaced", f"{text} {_not_made_from(new, before)} {differ} {_choose(before)}"


def _beside(
    judged: Judged[Submission], new: Submission, before: Submission, differ: str
) -> tuple[str, str]:
    """Return the kind and the sentence of a version that stands beside the one that counts."""
    if not new.complete:
        words = f"{state_words(new)}. It stands beside {before.receipt}, which counts. {differ}"
        return "beside", words
    if new.person != before.person:
        why = (
            f"Attention: it was written by {new.person}, {before.receipt} by {before.person}, and "
            f"{before.receipt} counts."
        )
    elif judged.descent.is_tie(*map(judged.place, (new, before))):
        why = _same_number(new, before)
    else:
        why = (
            f"Attention: you chose {before.receipt}, which counts, and it was not made from that "
            "one."
        )
    return "decide", f"{state_words(new)}. {why} {differ} {_choose(new)}"


def _earlier(judged: Judged[Submission], new: Submission, before: Submission, differ: str) -> str:
    words = f"an older version; the one with receipt {before.receipt} counts."
    if judged.descends(before, new) or not new.complete:
        return words
    more = ""
    if not (new.written_in or is_clock_rev(new.rev)) and new.rev > before.rev:
        more = f"Attention: {before.receipt} was saved later, {new.receipt} has more changes. "
    return f"{words} {more}{differ} {_choose(new)}"


def _not_made_from(new: Submission, before: Submission) -> str:
    """Return the warning that a version replaces another which its writer may not have seen."""
    later = "saved later" if new.moment == new.saved_at else "which came later"
    if is_clock_rev(new.rev) != is_clock_rev(before.rev):
        word, form = (new, before) if is_clock_rev(new.rev) else (before, new)
        return (
            f"Attention: {word.receipt} was written in Word or as text, {form.receipt} in the "
            f"form; {new.receipt}, {later}, counts. Ask {new.person} if that is right."
        )
    if new.written_in or before.written_in:
        return (
            f"Attention: it was not made from {before.receipt}, perhaps on another computer; "
            f"{later}, it counts."
        )
    if not is_clock_rev(new.rev) and new.rev < before.rev:
        return (
            f"Attention: {new.receipt} was saved later and counts, {before.receipt} has more "
            f"changes. Ask {new.person} if that is right."
        )
    return ""


def _same_number(new: Submission, before: Submission) -> str:
    return (
        f"Attention: two different versions carry the same number and time ({new.receipt} and "
        f"{before.receipt}). Ask {new.person} which one counts."
    )


def _choose(version: Submission) -> str:
    return f"To choose {version.receipt}: seminar version {version.receipt}"
