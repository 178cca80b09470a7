"""Redacts a person in received data: files, logs, decisions, drafts and links."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.logs.last_seen import logs_in
from seminarkit.core.logs.team_log import TeamLog
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import PersonForgotten
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.seminar_today import person_hash
from seminarkit.core.store.received_files import Arrival, ReceivedFiles
from seminarkit.core.store.tombstones import Tombstones, answers_hash, author_hash
from seminarkit.forgetting.authors import OWN, OwnershipCheck, author_of, payloads
from seminarkit.forgetting.redact import redacted_file
from seminarkit.forgetting.redact_text import CannotRedactError, without_person
from seminarkit.topics.intake.unpack import leaves

_CURE = "Restore the file from a copy."


@dataclass(frozen=True)
class Redaction:
    """The redacted bytes of a file, or None if the file must be deleted.

    ``is_incomplete`` is true if the result still mentions the person.
    """

    data: bytes | None
    is_incomplete: bool = False


def redaction_of(name: str, data: bytes, judge: OwnershipCheck) -> Redaction | None:
    """Return the redaction of a file, or None if the file does not mention the person."""
    if not (judge.has_trace(data) or judge.traces.names_person(name)):
        return None
    try:
        redacted = redacted_file(name, data, judge)
        return Redaction(redacted, is_incomplete=redacted is not None and judge.has_trace(redacted))
    except CannotRedactError:
        return Redaction(data, is_incomplete=True)


def record_hashes(
    folder: SeminarFolder, judge: OwnershipCheck, files: Iterator[tuple[str, bytes]]
) -> None:
    """Store hashes of the person and the redacted files, to recognise repeated arrivals."""
    recorded = {e.sha256 for e in folder.decisions if isinstance(e, PersonForgotten)}
    new = person_hashes(judge) - recorded
    folder.decisions.add([PersonForgotten(mark, at=now()) for mark in sorted(new)])
    tombstones = Tombstones(folder.received)
    hashes, answers = [], []
    for name, data in files:
        if (redaction := redaction_of(name, data, judge)) and redaction.data != data:
            hashes.append(hashlib.sha256(data).hexdigest())
        for inner, content in leaves(data, name=name):
            if judge.owner_of(inner, content) == OWN:
                hashes.append(hashlib.sha256(content).hexdigest())
            own_payloads = (p for p in payloads(content) if author_of(p) in judge.traces.ids)
            answers += [answers_hash(payload) for payload in own_payloads]
    tombstones.add("file", hashes)
    tombstones.add("answers", answers)
    seminar = folder.seminar.id
    tombstones.add("person", (author_hash(seminar, id_) for id_ in judge.traces.ids))


def person_hashes(judge: OwnershipCheck) -> set[str]:
    """Return a hash of each combination of the person's ids and names."""
    traces = judge.traces
    ids = traces.ids or {""}
    return {person_hash(id_, name) for id_ in ids for name in traces.names or traces.addresses}


def redact_received(received: ReceivedFiles, judge: OwnershipCheck, *, whole: bool) -> None:
    """Redact all received files and the log of arrivals.

    ``whole`` deletes files of other people that cannot be redacted.
    """

    def redacted(arrival: Arrival) -> Arrival:
        path = received.path(arrival.sha256)
        if arrival.forgotten or not path.is_file():
            return arrival
        data = path.read_bytes()
        redaction = redaction_of(arrival.name, data, judge)
        name = judge.traces.redacted(arrival.name)
        if redaction is None:
            return arrival
        if redaction.data is None or (redaction.is_incomplete and whole):
            return replace(arrival, name="", size=0, forgotten=True)
        if redaction.data != data or name != arrival.name:
            stored = received.keep(io.BytesIO(redaction.data), name)
            origin = arrival.redacted_from or arrival.sha256 * (redaction.data != data)
            return replace(
                arrival, name=name, sha256=stored.sha256, size=stored.size, redacted_from=origin
            )
        return arrival

    changed = {a.places: redacted(a) for a in received.lines()}
    received.commit([], now())  # the new files are on the disk before the log names them
    removed = {arrival.sha256 for arrival in changed.values() if arrival.forgotten}
    # including files that could not be redacted
    Tombstones(received.root).add("file", sorted(removed))
    received.redact(lambda arrival: changed[arrival.places])
    Tombstones(received.root).add("line", received.redacted())


def sweep_received(received: ReceivedFiles, judge: OwnershipCheck) -> None:
    """Delete files of the person that are no longer in the log of arrivals."""
    received.sweep(Tombstones(received.root).all("file"))
    for path in received.unlogged():
        if judge.has_trace(path.read_bytes()):
            path.unlink()


def redact_decisions(
    folder: SeminarFolder, judge: OwnershipCheck, words: Mapping[str, str]
) -> None:
    """Redact the person in decisions. ``words`` maps old hashes and receipts to new ones."""
    person = min(judge.traces.ids, default="")

    def redact(entry: Any) -> Any:
        return _with_new_words(without_person(entry, judge.traces), words)

    folder.decisions.redact(person, redact)
    Tombstones(folder.received).add("line", folder.decisions.redacted())


def redact_logs(folder: SeminarFolder, judge: OwnershipCheck) -> None:
    """Redact the person in the other logs in received/, such as drafts and links."""
    for name in ("issues", "promises"):
        team_log = TeamLog(folder.received / f"{name}.jsonl", _CURE)
        team_log.redact(lambda line: dict(without_person(line.values, judge.traces)))
    logs = set(logs_in(folder.received))
    for path in sorted(folder.received.rglob("*.jsonl")):
        if path in logs:
            continue
        if path not in (folder.drafts, folder.links, folder.links_used):
            if judge.traces.names_person(path.read_text("utf-8", "replace")):
                path.unlink()  # a conflict copy, or a damaged log
            continue
        log = ChainedLog(path, _CURE)
        log.mend()
        before = list(log.entries())
        after = [
            without_person(entry, judge.traces) for entry in before if not _is_of(entry, judge)
        ]
        if after != before:
            log.replace(after)


def hashes_of_redacted(received: ReceivedFiles) -> dict[str, str]:
    """Return a mapping from the old to the new hash of each redacted file."""
    return {a.redacted_from: a.sha256 for a in received.arrivals() if a.redacted_from}


def read(path: Path) -> bytes:
    """Return the bytes of a file, or empty bytes if the file cannot be opened."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _is_of(entry: dict[str, object], judge: OwnershipCheck) -> bool:
    payload = entry.get("filled")
    id_ = author_of(payload) if isinstance(payload, dict) else entry.get("person")
    return id_ in judge.traces.ids


def _with_new_words(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, list):
        return [_with_new_words(item, words) for item in value]
    if isinstance(value, dict):
        return {key: _with_new_words(item, words) for key, item in value.items()}
    return value
