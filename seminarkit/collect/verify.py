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
from seminarkit.collect.indexing import build_index, digest_of
from seminarkit.collect.payload import Expected
from seminarkit.errors import DamageError, SeminarError
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

_OTHERS = (
    "Files that other copies took in came before some that the index knew, and are not yet read. "
    "Nothing is damaged: seminar collect"
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
    damage, arrivals, given_up = _logs(folder, received)
    rows, older = 0, ""
    if arrivals is not None:
        damage += _files(received, arrivals, given_up, step)
        if not damage:
            rows, found, older = _index(folder, received, arrivals, step)
            damage += found
    outputs, broken, stale = _outputs(folder)
    there = arrivals or []
    gone = sum(arrival.forgotten for arrival in there)
    redacted = sum(bool(arrival.redacted_from) for arrival in there)
    return Verified(
        files=len(there) - gone,
        rows=rows,
        outputs=outputs,
        damage=(*damage, *broken),
        stale=(*([older] if older else []), *stale),
        forgotten=gone,
        redacted=redacted,
    )


def _logs(
    folder: SeminarFolder, received: Received
) -> tuple[list[str], list[Arrival] | None, set[str]]:
    """Return what is wrong with each log, all arrivals, and the hashes of files that are given up.

    One log that is damaged says nothing of the others. Arrivals are None where their own is.
    """
    damage, arrivals, given_up = list[str](), None, set[str]()
    try:
        given_up = {e.sha256 for e in folder.decisions if isinstance(e, FileGivenUp)}
    except DamageError as error:
        damage.append(str(error))
    for path in (folder.drafts, folder.links, folder.links_used):
        try:
            list(ChainedLog(path, "Put back the file from a copy.").entries())
        except DamageError as error:
            damage.append(str(error))
    try:
        arrivals = received.arrivals()
    except DamageError as error:
        damage.append(str(error))
    if not damage:
        damage += _forgotten(folder, received)
    return damage, arrivals, given_up


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


def _index(
    folder: SeminarFolder, received: Received, arrivals: list[Arrival], step: Step
) -> tuple[int, list[str], str]:
    """Return the rows of the index, what is damaged, and a sentence where it is merely older."""
    expected = expected_of(folder)
    there: dict[str, list[tuple[Any, ...]]] = {}
    read_with, known, made_of = "", 0, ""
    if folder.database.exists():
        try:
            with closing(Index(folder.database)) as index:
                there, read_with = index.rows(), index.meta("read_with") or ""
                (known, _), made_of = index.last_arrival(), index.meta("arrivals") or ""
        except (DamageError, OutdatedIndexError) as error:
            return 0, [str(error)], ""
    elif not received.log.exists():
        return 0, [], ""
    count = sum(len(rows) for rows in there.values())
    if there and read_with != fingerprint(expected):
        return count, [], _OLDER
    new, before = len(arrivals) - known, arrivals[:known]
    if new > 0 and known and made_of != digest_of(before):
        return count, [], _OTHERS
    try:
        again = _again(_UpTo(received.root, before) if there else received, expected, folder, step)
    except SeminarError as error:
        return count, [f"The index cannot be made again: {error}"], ""
    if not there:  # it was made here: the command that is named does not fail
        return 0, ["There is no index. Make it: seminar collect --rebuild"], ""
    waiting = f"{new} arrived, not yet read: seminar collect" if new > 0 else ""
    return count, list(_differences(there, again)), waiting


class _UpTo(Received):
    """What had been received when the index was made: it lacks nothing of the rest."""

    def __init__(self, root: Path, arrivals: list[Arrival]) -> None:
        super().__init__(root)
        self._arrivals = arrivals

    def arrivals(self) -> list[Arrival]:
        return self._arrivals


def _again(
    received: Received, expected: Expected, folder: SeminarFolder, step: Step
) -> dict[str, list[tuple[Any, ...]]]:
    """Return what an index holds that is made from the received files now."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / folder.database.name
        build_index(path, received, expected, step, choices(folder.decisions))
        with closing(Index(path)) as index:
            return index.rows()


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
        files = {"output": ".ipynb", "page": ".html"}
        noted = {key: ending for key, ending in files.items() if key in made}
        if not made or any(
            made[key] != _hash(record.with_suffix(ending)) for key, ending in noted.items()
        ):
            damage.append(f"The report {name} is not as it was made. Run it: seminar report")
        elif noted != files:
            stale.append(
                f"The report {name} was run by an earlier version of the kit, which noted less of "
                "it. What was noted is as it was. Run it: seminar report"
            )
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
