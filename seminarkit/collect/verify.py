"""``seminar verify``: proves log, received files, index and outputs against each other.

The received files are the truth. Each must have the hash that is its name and a line in the log,
whose lines are chained; the index must be row for row what those files give when they are read
again; reports and pages must have the hashes that were noted when they were made.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seminarkit.chainlog import ChainedLog
from seminarkit.collect.expecting import expected_of, fingerprint
from seminarkit.collect.indexing import build_index
from seminarkit.errors import DamageError
from seminarkit.seminar.decisions import FileGivenUp
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.index import Index, OutdatedIndexError
from seminarkit.store.received import Arrival, Received
from seminarkit.store.tombstones import Tombstones
from seminarkit.store.versions import choices

Step = Callable[[str, int, int], None]
_OLDER = (
    "The index is older than seminar.yml, a form or a decision, so it was not held against the "
    "received files. Nothing is damaged. Make it anew: seminar collect"
)


@dataclass(frozen=True)
class Verified:
    """What was looked at, what is damaged, and what is merely older than what it is made from.

    Of the received files some were ``forgotten`` with a person, out of some one was ``redacted``.
    """

    files: int
    rows: int
    outputs: int
    damage: tuple[str, ...]
    stale: tuple[str, ...]
    forgotten: int = 0
    redacted: int = 0


def verify(folder: SeminarFolder, step: Step = lambda what, done, total: None) -> Verified:
    """Look at everything; a finding is a sentence that says what to do."""
    received = Received(folder.received)
    damage: list[str] = []
    try:
        # what is read below stands on the decisions
        given_up = {e.sha256 for e in folder.decisions if isinstance(e, FileGivenUp)}
        for log in (folder.drafts, folder.links, folder.links_used):
            list(ChainedLog(log, "Put back the file from a copy.").entries())
        arrivals = received.arrivals()
        damage += _forgotten(folder, received)
        damage += _files(received, arrivals, given_up, step)
    except DamageError as error:
        arrivals = []
        damage.append(str(error))
    rows, older = 0, False
    if not damage:
        rows, found, older = _index(folder, received, step)
        damage += found
    outputs, broken, stale = _outputs(folder)
    gone = sum(arrival.forgotten for arrival in arrivals)
    redacted = sum(bool(arrival.redacted_from) for arrival in arrivals)
    return Verified(
        files=len(arrivals) - gone,
        rows=rows,
        outputs=outputs,
        damage=(*damage, *broken),
        stale=(*([_OLDER] if older else []), *stale),
        forgotten=gone,
        redacted=redacted,
    )


def _forgotten(folder: SeminarFolder, received: Received) -> Iterator[str]:
    """Hold the lines of the logs that somebody was taken out of against what was forgotten."""
    known = Tombstones(received.root).all("line")
    logs = {"arrivals.jsonl": received.redacted(), "decisions.jsonl": folder.decisions.redacted()}
    for name, lines in logs.items():
        if strange := len(set(lines) - known):
            yield (
                f"{name} has {strange} lines that were changed, and not by 'seminar forget'; or it "
                "was stopped before its end: run it again. Else put back the file from a copy."
            )


def _files(
    received: Received, arrivals: list[Arrival], given_up: Collection[str], step: Step
) -> Iterator[str]:
    by_hash = {arrival.sha256: arrival for arrival in arrivals if not arrival.forgotten}
    for number, arrival in enumerate(by_hash.values(), start=1):
        if arrival.sha256 not in given_up and (problem := received.problem(arrival)):
            yield problem
        step("received files", number, len(by_hash))
    for path in received.files():
        if path.name not in by_hash:
            yield (
                f"The received file {path.name[:12]}… is in no line of the log. If it is still in "
                "the inbox, collect again; else keep it and ask how it came here."
            )


def _index(folder: SeminarFolder, received: Received, step: Step) -> tuple[int, list[str], bool]:
    """Return the rows of the index, what is damaged, and whether it is merely older."""
    if not folder.database.exists():
        lacking = ["There is no index. Make it: seminar collect --rebuild"]
        return 0, lacking if received.log.exists() else [], False
    expected = expected_of(folder)
    try:
        with closing(Index(folder.database)) as index:
            there, read_with = index.rows(), index.meta("read_with")
    except (DamageError, OutdatedIndexError) as error:
        return 0, [str(error)], False
    count = sum(len(rows) for rows in there.values())
    if read_with != fingerprint(expected):
        return count, [], True
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "again.db"
        build_index(path, received, expected, step, choices(folder.decisions))
        with closing(Index(path)) as index:
            again = index.rows()
    return count, list(_differences(there, again)), False


def _differences(
    there: dict[str, list[tuple[Any, ...]]], again: dict[str, list[tuple[Any, ...]]]
) -> Iterator[str]:
    for table, rows in there.items():
        extra, lacking = (
            Counter(rows) - Counter(again[table]),
            Counter(again[table]) - Counter(rows),
        )
        if extra:
            yield (
                f"The index has {extra.total()} rows in '{table}' that no received file gives. "
                "Make it again: seminar collect --rebuild"
            )
        if lacking:
            yield (
                f"The index lacks {lacking.total()} rows in '{table}' that the received files "
                "give. Make it again: seminar collect --rebuild"
            )


def _outputs(folder: SeminarFolder) -> tuple[int, list[str], list[str]]:
    damage, stale, count = [], [], 0
    for record in sorted(folder.reports.glob("*/*.json")):
        count += 1
        name = f"{record.stem} ({record.parent.name})"
        made = _json(record)
        files = (("output", ".ipynb"), ("page", ".html"))
        if any(made.get(key) != _hash(record.with_suffix(ending)) for key, ending in files):
            damage.append(f"The report {name} is not as it was made. Run it: seminar report")
        elif made.get("made_of", {}).get("dossier") != _hash(
            folder.dossiers / record.parent.name / f"{record.stem}.json"
        ):
            stale.append(f"The report {name} is older than its dossier. Run it: seminar report")
    for path, entry in _json(folder.pages).items():
        count += 1
        if entry["sha256"] != _hash(folder.pages.parent / path):
            damage.append(f"The page {path} is not as it was made. Make it: seminar publish")
    return count, damage, stale


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
