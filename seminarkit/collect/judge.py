"""Decides what a reading means beside what was received before: new, newer, the same, or older."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from seminarkit.collect.payload import Expected
from seminarkit.collect.reader import PartRead
from seminarkit.forms.answers import CompiledForm
from seminarkit.forms.word import clock_rev, is_clock_rev
from seminarkit.store.index import Outcome, Reading, Submission
from seminarkit.store.replied import Replied

Versions = Sequence[Submission]


def newest(versions: Versions) -> Submission:
    """Return the version that counts: the highest rev, of equals the last saved, then the first.

    The number of a Word file or a text comes from a clock, of equals the last to arrive counts. It
    cannot be held against a count of changes: of the best of either kind, the one that was saved
    later counts.
    """
    counted = [v for v in versions if not is_clock_rev(v.rev)]
    clocked = [v for v in versions if is_clock_rev(v.rev)]
    best = []
    if counted:
        best.append(max(counted, key=lambda v: (v.rev, v.saved_at)))
    if clocked:
        best.append(max(clocked, key=lambda v: (v.rev, v.saved_at, v.arrival)))
    return max(best, key=lambda v: v.saved_at)


def judge(
    reading: Reading, remark: str, arrival: int, part: str, form: CompiledForm, before: Versions
) -> tuple[Outcome, Submission | None]:
    """Return how a reading ends, and the submission to record unless the same is there already."""
    new = Submission(arrival=arrival, part=part, **asdict(reading))
    about = f" ({new.subject})" if new.subject else ""
    what = f"{form['title']}{about}, {new.person}"
    if new.form_version != form["version"]:
        remark = (
            f"It was filled in on version {new.form_version} of the form, which is now "
            f"{form['version']}. {remark}"
        )
    if any(v.answers == new.answers and _same_number(v, new, before) for v in before):
        return _outcome("already", new, f"{what}: the same answers are here already.", remark), None
    state = "complete" if new.complete else f"a draft, {new.answered} of {new.total} answered"
    if not before:
        kind = "accepted" if new.complete else "draft"
        return _outcome(kind, new, f"{what}: {state}.", remark), new
    current = newest(before)
    remark = f"{_conflict(new, current)} {remark}"
    if newest([*before, new]) is not new:
        text = f"{what}: an older version; the one with receipt {current.receipt} counts."
        return _outcome("already", new, text, remark), new
    text = f"{what}: {state}. It replaces the version with receipt {current.receipt}"
    text += ", which was complete." if current.complete and not new.complete else "."
    return _outcome("replaced", new, text, remark), new


_SAID = {"agreed": "agrees with", "changes": "wants changes in"}
_NO_PROOF = "Who wrote it is not proven."


def judge_reply(reply: Replied, known: Versions, expected: Expected) -> Outcome:
    """Return how a reply ends that names a receipt; ``known`` are versions that came before it.

    It is recorded also where its receipt is not known yet: the notes may still come.
    """
    notes = {form for form, _ in expected.groups.values()}
    named = [v for v in known if v.receipt == reply.receipt and v.form in notes]
    if not named:
        words = (
            f"Attention: a reply names the receipt {reply.receipt}, under which no notes have come "
            "yet. It counts if they come; else ask for the receipt on the notes."
        )
        return Outcome(reply.arrival, reply.part, "reply", words)
    group, country = named[-1].subject, named[-1].country
    current = newest([v for v in known if v.instance == named[-1].instance])
    said = f"{_SAID[reply.said]} the notes of {group}"
    words = f"A reply that names the receipt {reply.receipt} {said}."
    if current.receipt != reply.receipt:
        words = (
            f"Attention: {words[0].lower()}{words[1:]} That is not the version that counts, which "
            f"is {current.receipt}: ask the chair to look at that one."
        )
    elif reply.said == "changes":
        words = f"Attention: {words[0].lower()}{words[1:]}"
    return Outcome(reply.arrival, reply.part, "reply", f"{words} {_NO_PROOF}", country)


def dated(part: PartRead, received_at: str) -> PartRead:
    """Return a part with the time that its number is made of, where it has no count of changes.

    A text holds no time: it is that of its arrival. From a Word file that says it was changed after
    it arrived the time is taken: a clock years ahead would win over all that follows.
    """
    told = part.reading
    if told and part.timeless:
        return replace(
            part, reading=replace(told, rev=clock_rev(received_at), saved_at=received_at)
        )
    if told is None or not is_clock_rev(told.rev) or not told.saved_at:
        return part
    ahead = datetime.fromisoformat(told.saved_at) - datetime.fromisoformat(received_at)
    if ahead <= timedelta(days=1):
        return part
    words = f"Attention: its clock says {told.saved_at}, which is after it came. {part.remark}"
    return replace(part, reading=replace(told, rev=clock_rev(""), saved_at=""), remark=words)


def _same_number(old: Submission, new: Submission, before: Versions) -> bool:
    """Say whether a version is an earlier one come again. A clock's number alone tells nothing."""
    by_clock = is_clock_rev(old.rev) or is_clock_rev(new.rev)
    return old is newest(before) if by_clock else old.rev == new.rev


def _conflict(new: Submission, current: Submission) -> str:
    """Return a warning where the count of changes and the clock disagree, or nothing."""
    if is_clock_rev(new.rev) != is_clock_rev(current.rev):
        word, form = (new, current) if is_clock_rev(new.rev) else (current, new)
        counts = newest([current, new]).receipt
        return (
            f"Attention: {word.receipt} was written in Word or as text, {form.receipt} in the "
            "form; "
            f"{counts}, saved later, counts. Ask {new.person} if that is right."
        )
    if new.rev == current.rev:
        return (
            f"Attention: two different versions carry the same number ({new.receipt} and "
            f"{current.receipt}). Ask {new.person} which one counts."
        )
    if (
        new.saved_at
        and current.saved_at
        and (new.rev > current.rev) != (new.saved_at >= current.saved_at)
    ):
        later, other = (new, current) if new.saved_at > current.saved_at else (current, new)
        return (
            f"Attention: {later.receipt} was saved later, {other.receipt} has more changes and "
            f"counts. Ask {new.person} if that is right."
        )
    return ""


def _outcome(kind: str, new: Submission, text: str, remark: str) -> Outcome:
    words = f"{text} Receipt {new.receipt}. {remark}"
    return Outcome(new.arrival, new.part, kind, " ".join(words.split()), new.country)
