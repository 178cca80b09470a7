"""Decide the outcome of a reading: first version, newer, older or a repetition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from seminarkit.core.forms.answer_versions import version_id
from seminarkit.core.forms.shapes import CompiledForm, Version
from seminarkit.core.forms.word_form import clock_rev, is_clock_rev
from seminarkit.core.store.received_files import Arrival
from seminarkit.core.store.reply import ChairReply
from seminarkit.core.store.submission import Outcome, Reading, Submission, hash_of
from seminarkit.core.store.version_states import Choice, judge_versions
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.placing import completeness, version_outcome
from seminarkit.topics.intake.reader import PartRead

Versions = Sequence[Submission]
Choices = Mapping[str, Sequence[Choice]]


def judge(
    reading: Reading,
    remark: str,
    arrival: Arrival,
    part: str,
    form: CompiledForm,
    earlier: Versions,
    chosen: Sequence[Choice] = (),
) -> tuple[Outcome, Submission | None]:
    """Return the outcome of a reading, and the submission to record unless it is a repetition.

    ``chosen`` are the organisers' choices; those made after
    this arrival are ignored.
    """
    new = Submission(
        arrival=arrival.number,
        part=part,
        places=arrival.places,
        answers_hash=hash_of(reading.answers),
        **asdict(reading),
    )
    about = f" ({new.subject})" if new.subject else ""
    title = f"{form['title']}{about}, {new.person}"
    if new.form_version != form["version"]:
        remark = (
            f"It was filled in with version {new.form_version} of the form; the form is now at "
            f"version {form['version']}. {remark}"
        )
    if not earlier:
        kind = "accepted" if new.complete else "draft"
        return _outcome(kind, new, f"{title}: {completeness(new)}.", remark), new
    earlier_choices = [choice for choice in chosen if not choice.saw(new)]
    current = judge_versions(earlier, earlier_choices).counts
    if repeated := _repeated(new, earlier, current):
        text = f"{title}: the same answers were already received."
        if repeated is not current:
            text += f" {current.receipt} counts."
        return _outcome("already", replace(new, receipt=repeated.receipt), text, remark), None
    judged = judge_versions([*earlier, new], earlier_choices)
    kind, text = version_outcome(form, judged, new, current)
    return _outcome(kind, new, f"{title}: {text}", remark), new


_VERDICTS = {"agreed": "agrees with", "changes": "wants changes in"}
_NO_PROOF = "It is not proven who wrote it."


def judge_reply(
    reply: ChairReply, earlier: Versions, expected: Expected, chosen: Choices = MappingProxyType({})
) -> Outcome:
    """Return the outcome of a reply to notes; ``earlier`` are the versions received before it.

    A reply with an unknown receipt is recorded too, as the notes may still arrive.
    """
    notes = {form for form, _ in expected.groups.values()}
    matches = [v for v in earlier if v.receipt == reply.receipt and v.form in notes]
    if not matches:
        message = (
            f"Attention: a reply names the receipt {reply.receipt}, but no notes with this receipt "
            "have been received yet. The reply counts if they are; otherwise ask for the receipt "
            "on the notes."
        )
        return Outcome(reply.arrival, reply.part, "reply", message)
    group, country = matches[-1].subject, matches[-1].country
    versions = [v for v in earlier if v.instance == matches[-1].instance]
    current = judge_versions(versions, chosen.get(matches[-1].instance, ())).counts
    statement = f"{_VERDICTS[reply.said]} the notes of {group}"
    message = f"A reply that names the receipt {reply.receipt} {statement}."
    if current.receipt != reply.receipt:
        message = (
            f"Attention: {message[0].lower()}{message[1:]} But the version that counts is "
            f"{current.receipt}: ask the chair to look at that one."
        )
    elif reply.said == "changes":
        message = f"Attention: {message[0].lower()}{message[1:]}"
    return Outcome(reply.arrival, reply.part, "reply", f"{message} {_NO_PROOF}", country)


def with_moment(part: PartRead, received_at: str) -> PartRead:
    """Return a part with the moment that decides which version is newer.

    This is the time when it was saved, if plausible, else the time of its arrival: the date of the
    mail, or the time when the file was collected. A plain text has no time and gets that of its
    arrival. If a Word file claims to be saved more than a day after it arrived, its time is
    removed.
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
    remark = (
        f"Attention: it says it was saved at {saved_at}, which is after it was received. "
        f"{part.remark}"
    )
    return replace(part, reading=reading, remark=remark)


def _days_ahead(saved_at: str, received_at: str) -> float:
    ahead = datetime.fromisoformat(saved_at) - datetime.fromisoformat(received_at)
    return ahead / timedelta(days=1)


def _repeated(new: Submission, earlier: Versions, current: Submission) -> Submission | None:
    """Return the earlier version that this one repeats, or None.

    Without a salt, versions are equal if their answers and revision numbers are. A Word file or a
    text has no revision number, so it repeats only the current version.
    """
    for old in earlier:
        if old.version == new.version:
            return old
        if new.salt or old.answers_hash != new.answers_hash:
            continue
        has_clock_rev = is_clock_rev(old.rev) or is_clock_rev(new.rev)
        if old is current if has_clock_rev else old.rev == new.rev and not old.salt:
            return old
    return None


def _outcome(kind: str, new: Submission, text: str, remark: str) -> Outcome:
    message = f"{text} Receipt {new.receipt}. {remark}"
    return Outcome(new.arrival, new.part, kind, " ".join(message.split()), new.country)
