"""Finds logs that another program has reverted, damaged or duplicated since the last command.

File synchronisers know nothing of logs. Lines that they removed or damaged are restored from the
copies that this computer saw last (last_seen.py). Conflict copies are only reported: they may
contain lines that exist nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.files import move
from seminarkit.core.errors import SeminarError
from seminarkit.core.logs.hash_log import Line
from seminarkit.core.logs.last_seen import NAMES, logs_in, note_log, seen_folder
from seminarkit.core.logs.team_log import has_content
from seminarkit.core.logs.union import explained_lines, merge_log, read_log

_KIT_LOGS = {
    *(f"{name}.jsonl" for name in NAMES),
    "links.jsonl",
    "links_used.jsonl",
    "drafts.jsonl",
}
_COPY_OF_PROGRAMME = re.compile(r"seminar\b.*(conflict|\().*\.ya?ml$")
ASIDE = "spoilt"  # the folder in received/ for damaged logs


@dataclass(frozen=True)
class RestoredLog:
    """Restored lines of one log; ``place`` is its path below received/.

    ``spoilt`` is the path of the damaged log, if the log was damaged.
    """

    place: Path
    lines: tuple[Line, ...]
    spoilt: Path | None = None


@dataclass(frozen=True)
class ConflictCopy:
    """A conflict copy that another program made. ``lines`` are those missing from the seminar.

    ``log`` is the name of the log that it copies; empty for an index, a programme or anything else.
    """

    path: Path
    log: str
    lines: tuple[Line, ...]
    problem: str = ""


def bring_back(root: Path, places: list[Path]) -> list[RestoredLog]:
    """Restore the missing lines of the logs at ``places``; the caller must hold the lock."""
    restored = []
    explained = _explained_lines(root)
    for place in places:
        copy, log = seen_folder(root) / place, root / "received" / place
        spoilt = None
        try:
            theirs = read_log(copy)
        except SeminarError:  # the copy is damaged: keep the log as it is
            note_log(root, log) if log.is_file() else copy.unlink()
            continue
        try:
            read_log(log)
        except SeminarError:
            spoilt = _set_aside(root, log)
        lines = [line for line in merge_log(root, place, theirs, explained) if has_content(line)]
        if lines or spoilt:
            restored.append(RestoredLog(place, tuple(lines), spoilt))
        note_log(root, log)
    return restored


def _explained_lines(root: Path) -> frozenset[str]:
    try:
        return explained_lines(root / "received")
    except SeminarError:  # bring_back reports damaged logs
        return frozenset()


def strange_files(root: Path) -> list[ConflictCopy]:
    """Return the conflict copies in the seminar's folder, with the lines missing from its logs."""
    copies = [ConflictCopy(path, "", ()) for path in _programme_copies(root)]
    known_chains: dict[str, set[str]] = {}
    for path in _log_copies(root / "received"):
        name = log_name(path)
        if name and name not in known_chains:
            logs = [log for log in logs_in(root / "received") if log.stem == name]
            known_chains[name] = {line.chain for log in logs for line in _lines_or_none(log)}
        try:
            new = (
                line for line in read_log(path) if line.chain not in known_chains.get(name, set())
            )
            lines = [line for line in new if has_content(line)]
            copies.append(ConflictCopy(path, name, tuple(lines)))
        except SeminarError as error:
            copies.append(ConflictCopy(path, name, (), str(error)))
    return copies


def log_name(path: Path) -> str:
    """Return the name of the log that a file copies; empty if it is not a copy of a log."""
    file_name = path.name.casefold()
    return next((name for name in NAMES if name in file_name), "")


def _programme_copies(root: Path) -> Iterator[Path]:
    """Yield conflict copies of the index and of the programme."""
    for path in sorted(root.iterdir()):
        name = path.name.casefold()
        index = name.startswith("seminar") and ".db" in name and not name.startswith("seminar.db")
        if index or _COPY_OF_PROGRAMME.match(name):
            yield path


def _log_copies(received: Path) -> Iterator[Path]:
    """Yield the files below received/ that look like logs but are not the kit's own."""
    ours = {*logs_in(received), *(received / name for name in _KIT_LOGS)}
    for place in sorted(received.glob("*")):
        if place.name in ("files", ASIDE):
            continue
        for path in [place, *sorted(place.rglob("*"))] if place.is_dir() else [place]:
            if path.suffix.casefold() == ".jsonl" and path not in ours:
                yield path


def _lines_or_none(log: Path) -> list[Line]:
    try:
        return read_log(log)
    except SeminarError:
        return []


def _set_aside(root: Path, log: Path) -> Path:
    """Move a damaged log to the folder for damaged logs, and return its new path."""
    folder, number = root / "received" / ASIDE, 1
    while (target := folder / f"{log.parent.name} {log.stem} {number}{log.suffix}").exists():
        number += 1
    move(log, target)
    return target
