"""Decides what a reading means beside what was received before: new, newer, the same, or older."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from seminarkit.core.forms.answer_versions import version_id
from seminarkit.core.forms.shapes import CompiledForm, Version
from seminarkit.core.forms.word_form import clock_rev, is_clock_rev
from seminarkit.core.store.received_files import Arrival
from seminarkit.core.store.reply import Replied
from seminarkit.core.store.submission import Outcome, Reading, Submission, hash_of
from seminarkit.core.store.version_states import Choice, judge_versions
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.placing import place_words, state_words
from seminarkit.topics.intake.reader import PartRead

Versions = Sequence[Submission]
Choices = Mapping[str, Sequence[Choice]]


def judge(
    reading: Reading,
    remark: str,
    arrival: Arrival,
    part: str,
    form: CompiledForm,
    before: Versions,
    chosen: Sequence[Choice] = (),
) -> tuple[Outcome, Submission | None]:
    """Return how a reading ends, and the submission to record unless the same is there already.

    ``chosen`` are the organisers' choices; those after this arrival are not looked at.
    """
    new = Submission(
        arrival=arrival.number,
        part=part,
        places=arrival.places,
        answers_hash=hash_of(reading.answers),
        **asdict(reading),
    )
    about = f" ({new.subject})" if new.subject else ""
    what = f"{form['title']}{about}, {new.person}"
    if new.form_version != form["version"]:
        remark = (
            f"It was filled in on version {new.form_version} of the form, which is now "
            f"{form['version']}. {remark}"
        )
    if not before:
        kind = "accepted" if new.complete else "draft"
        return _outcome(kind, new, f"{what}: {state_words(new)}.", remark), new
    known = [choice for choice in chosen if not choice.saw(new)]
    counted = judge_versions(before, known).counts
    if same := _same(new, before, counted):
        text = f"{what}: the same answers are here already."
        if same is not counted:
            text += f" {counted.receipt} counts."
        return _outcome("already", replace(new, receipt=same.receipt), text, remark), None
    judged = judge_versions([*before, new], known)
    kind, text = place_words(form, judged, new, counted)
    return _outcome(kind, new, f"{what}: {text}", remark), new


_SAID = {"agreed": "agrees with", "changes": "wants changes in"}
_NO_PROOF = "Who wrote it is not proven."


def judge_reply(
    reply: Replied, known: Versions, expected: Expected, chosen: Choices = MappingProxyType({})
) -> Outcome:
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
    versions = [v for v in known if v.instance == named[-1].instance]
    current = judge_versions(versions, chosen.get(named[-1].instance, ())).counts
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
    """Return a part with the moment that decides which version is later.

    It is the time it was saved, where that can be true; else that of its arrival, which is the
    mail's or the moment when the file was taken in. A text says no time: it has that of its
    arrival. From a Word file that was changed after it arrived the time is taken.
    """
    reading = part.reading
    if reading is None:
        return part
    arrived = min(part.arrived or received_at, received_at)
    if part.timeless:
        reading = replace(reading, rev=clock_rev(arrived), saved_at=arrived, moment=arrived)
        sent: Version = {
            "instance": reading.instance,
            "country": reading.country,
            "rev": reading.rev,
            "saved_at": reading.saved_at,
            "answers": reading.answers,
        }
        reading = replace(reading, version=version_id(sent))
        return replace(part, reading=reading)
    saved_at = reading.saved_at
    if not saved_at or saved_at > arrived:
        reading = replace(reading, moment=arrived)
    else:
        reading = replace(reading, moment=saved_at)
    if not saved_at or _days_ahead(saved_at, received_at) <= 1:
        return replace(part, reading=reading)
    if is_clock_rev(reading.rev):
        reading = replace(reading, rev=clock_rev(""), saved_at="")
    words = f"Attention: its clock says {saved_at}, which is after it came. {part.remark}"
    return replace(part, reading=reading, remark=words)


def _days_ahead(saved_at: str, received_at: str) -> float:
    ahead = datetime.fromisoformat(saved_at) - datetime.fromisoformat(received_at)
    return ahead / timedelta(days=1)


def _same(new: Submission, before: Versions, counted: Submission) -> Submission | None:
    """Return the version that has come again, or None.

    Without a salt the answers tell it, with the number of changes. A Word file or a text has no
    such number: it is the same as the one that counts, or says anew what was said before.
    """
    for old in before:
        if old.version == new.version:
            return old
        if new.salt or old.answers_hash != new.answers_hash:
            continue
        by_clock = is_clock_rev(old.rev) or is_clock_rev(new.rev)
        if old is counted if by_clock else old.rev == new.rev and not old.salt:
            return old
    return None


def _outcome(kind: str, new: Submission, text: str, remark: str) -> Outcome:
    words = f"{text} Receipt {new.receipt}. {remark}"
    return Outcome(new.arrival, new.part, kind, " ".join(words.split()), new.country)
