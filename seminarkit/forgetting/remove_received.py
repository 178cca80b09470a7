"""Takes a person out of what was received: files, log of arrivals, decisions, drafts and links."""

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
from seminarkit.core.store.received_files import Arrival, Received
from seminarkit.core.store.tombstones import Tombstones, answers_hash, author_hash
from seminarkit.forgetting.authors import HERS, Judge, author_of, payloads
from seminarkit.forgetting.redact import blackened
from seminarkit.forgetting.redact_text import CannotBlackenError, without
from seminarkit.topics.intake.unpack import leaves

_CURE = "Put back the file from a copy."


@dataclass(frozen=True)
class Fate:
    """What becomes of a received or filled-in file: its new bytes, or None where it is removed."""

    data: bytes | None
    cannot: bool = False


def fate(name: str, data: bytes, judge: Judge) -> Fate | None:
    """Return what becomes of a file; None where it holds no trace of the person."""
    if not (judge.holds(data) or judge.traces.marks(name)):
        return None
    try:
        left = blackened(name, data, judge)
        return Fate(left, cannot=left is not None and judge.holds(left))
    except CannotBlackenError:
        return Fate(data, cannot=True)


def entomb(folder: SeminarFolder, judge: Judge, files: Iterator[tuple[str, bytes]]) -> None:
    """Note the hashes of all that is to be known again should it come once more."""
    known = {each.sha256 for each in folder.decisions if isinstance(each, PersonForgotten)}
    marks = marks_of(judge) - known
    folder.decisions.add([PersonForgotten(mark, at=now()) for mark in sorted(marks)])
    tombstones = Tombstones(folder.received)
    hashes, answers = [], []
    for name, data in files:
        if (found := fate(name, data, judge)) and found.data != data:
            hashes.append(hashlib.sha256(data).hexdigest())
        for inner, content in leaves(data, name=name):
            if judge.whose(inner, content) == HERS:
                hashes.append(hashlib.sha256(content).hexdigest())
            mine = (p for p in payloads(content) if author_of(p) in judge.traces.ids)
            answers += [answers_hash(payload) for payload in mine]
    tombstones.add("file", hashes)
    tombstones.add("answers", answers)
    seminar = folder.seminar.id
    tombstones.add("person", (author_hash(seminar, who) for who in judge.traces.ids))


def marks_of(judge: Judge) -> set[str]:
    """Return the hashes of id and name by which a person is known again in seminar.yml."""
    traces = judge.traces
    ids = traces.ids or {""}
    return {person_hash(who, word) for who in ids for word in traces.names or traces.addresses}


def redact_received(received: Received, judge: Judge, *, whole: bool) -> None:
    """Write every received file without the person, and the log; then remove the old bytes.

    ``whole`` also removes files of others that cannot be blacked out.
    """

    def without_her(arrival: Arrival) -> Arrival:
        path = received.path(arrival.sha256)
        if arrival.forgotten or not path.is_file():
            return arrival
        data = path.read_bytes()
        found = fate(arrival.name, data, judge)
        name = judge.traces.blacken(arrival.name)
        if found is None:
            return arrival
        if found.data is None or (found.cannot and whole):
            return replace(arrival, name="", size=0, forgotten=True)
        if found.data != data or name != arrival.name:
            kept = received.keep(io.BytesIO(found.data), name)
            origin = arrival.redacted_from or arrival.sha256 * (found.data != data)
            return replace(
                arrival, name=name, sha256=kept.sha256, size=kept.size, redacted_from=origin
            )
        return arrival

    changed = {a.places: without_her(a) for a in received.lines()}
    received.commit([], now())  # what was kept is on the disk before the log names it
    removed = {arrival.sha256 for arrival in changed.values() if arrival.forgotten}
    Tombstones(received.root).add("file", sorted(removed))  # also what could not be blacked out
    received.redact(lambda arrival: changed[arrival.places])
    Tombstones(received.root).add("line", received.redacted())


def sweep_received(received: Received, judge: Judge) -> None:
    """Remove the bytes that the log names no more, also those that a killed run has left."""
    received.sweep(Tombstones(received.root).all("file"))
    for path in received.unlogged():
        if judge.holds(path.read_bytes()):
            path.unlink()


def redact_decisions(folder: SeminarFolder, judge: Judge, words: Mapping[str, str]) -> None:
    """Take the person out of the decisions; ``words`` holds new words for old ones."""
    person = min(judge.traces.ids, default="")

    def blacken(entry: Any) -> Any:
        return _renamed(without(entry, judge.traces), words)

    folder.decisions.redact(person, blacken)
    Tombstones(folder.received).add("line", folder.decisions.redacted())


def redact_logs(folder: SeminarFolder, judge: Judge) -> None:
    """Take the person out of every other log in received/, such as drafts and links."""
    for name in ("issues", "promises"):
        of_all = TeamLog(folder.received / f"{name}.jsonl", _CURE)
        of_all.redact(lambda line: dict(without(line.values, judge.traces)))
    logs = set(logs_in(folder.received))
    for path in sorted(folder.received.rglob("*.jsonl")):
        if path in logs:
            continue
        if path not in (folder.drafts, folder.links, folder.links_used):
            if judge.traces.marks(path.read_text("utf-8", "replace")):
                path.unlink()  # a copy that another program made, or one that was spoilt
            continue
        log = ChainedLog(path, _CURE)
        log.mend()
        before = list(log.entries())
        after = [without(entry, judge.traces) for entry in before if not _is_of(entry, judge)]
        if after != before:
            log.replace(after)


def moved(received: Received) -> dict[str, str]:
    """Return the hash of each file that somebody was taken out of, with that of what is left."""
    return {a.redacted_from: a.sha256 for a in received.arrivals() if a.redacted_from}


def read(path: Path) -> bytes:
    """Return the bytes of a file; nothing where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _is_of(entry: dict[str, object], judge: Judge) -> bool:
    filled = entry.get("filled")
    who = author_of(filled) if isinstance(filled, dict) else entry.get("person")
    return who in judge.traces.ids


def _renamed(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, list):
        return [_renamed(each, words) for each in value]
    if isinstance(value, dict):
        return {key: _renamed(each, words) for key, each in value.items()}
    return value
