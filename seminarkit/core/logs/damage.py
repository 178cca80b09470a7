"""Looks for logs that something else has set back, damaged or doubled since the last command.

A program that copies files knows nothing of logs. What it set back or spoilt is brought back from
what this computer last saw (last_seen.py). What it put beside is named: it may hold lines that are
nowhere else.
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
from seminarkit.core.logs.team_log import says_something
from seminarkit.core.logs.union import explained_lines, merge_log, read_log

_OURS = {*(f"{name}.jsonl" for name in NAMES), "links.jsonl", "links_used.jsonl", "drafts.jsonl"}
_COPY_OF_PROGRAMME = re.compile(r"seminar\b.*(conflict|\().*\.ya?ml$")
ASIDE = "spoilt"  # the folder in received/ with logs that were not as they were written


@dataclass(frozen=True)
class BroughtBack:
    """Lines of a log, by its place in received/, that were gone and are there again.

    ``spoilt`` is where the file lies that was not as it was written, if that was the matter.
    """

    place: Path
    lines: tuple[Line, ...]
    spoilt: Path | None = None


@dataclass(frozen=True)
class Strange:
    """A file that no kit has made: a conflict copy. ``lines`` of it are not in the seminar.

    ``log`` is its name among the logs; empty for an index, a programme, or what is no log.
    """

    path: Path
    log: str
    lines: tuple[Line, ...]
    problem: str = ""


def bring_back(root: Path, places: list[Path]) -> list[BroughtBack]:
    """Bring back what is gone from logs, by their places; to be called with the lock held."""
    brought = []
    explained = _explained(root)
    for place in places:
        copy, log = seen_folder(root) / place, root / "received" / place
        spoilt = None
        try:
            theirs = read_log(copy)
        except SeminarError:  # what was last seen is no help: the log speaks for itself
            note_log(root, log) if log.is_file() else copy.unlink()
            continue
        try:
            read_log(log)
        except SeminarError:
            spoilt = _aside(root, log)
        lines = [line for line in merge_log(root, place, theirs, explained) if says_something(line)]
        if lines or spoilt:
            brought.append(BroughtBack(place, tuple(lines), spoilt))
        note_log(root, log)
    return brought


def _explained(root: Path) -> frozenset[str]:
    try:
        return explained_lines(root / "received")
    except SeminarError:  # a spoilt log is told of where it is brought back
        return frozenset()


def strange_files(root: Path) -> list[Strange]:
    """Return the files whose names are nearly those of the kit's own, and what they hold."""
    strange = [Strange(path, "", ()) for path in _strange_beside(root)]
    known: dict[str, set[str]] = {}
    for path in _strange_logs(root / "received"):
        name = log_name(path)
        if name and name not in known:
            logs = [log for log in logs_in(root / "received") if log.stem == name]
            known[name] = {line.chain for log in logs for line in _readable(log)}
        try:
            new = (line for line in read_log(path) if line.chain not in known.get(name, set()))
            lines = [line for line in new if says_something(line)]
            strange.append(Strange(path, name, tuple(lines)))
        except SeminarError as error:
            strange.append(Strange(path, name, (), str(error)))
    return strange


def log_name(path: Path) -> str:
    """Return which log a file with a longer name is a copy of; nothing where it is none."""
    whole = path.name.casefold()
    return next((name for name in NAMES if name in whole), "")


def _strange_beside(root: Path) -> Iterator[Path]:
    """Yield copies of the index, of the locks and of the programme."""
    for path in sorted(root.iterdir()):
        name = path.name.casefold()
        index = name.startswith("seminar") and ".db" in name and not name.startswith("seminar.db")
        if index or _COPY_OF_PROGRAMME.match(name):
            yield path


def _strange_logs(received: Path) -> Iterator[Path]:
    """Yield what looks like a log and is none of ours, wherever a program may have put it."""
    ours = {*logs_in(received), *(received / name for name in _OURS)}
    for place in sorted(received.glob("*")):
        if place.name in ("files", ASIDE):
            continue
        for path in [place, *sorted(place.rglob("*"))] if place.is_dir() else [place]:
            if path.suffix.casefold() == ".jsonl" and path not in ours:
                yield path


def _readable(log: Path) -> list[Line]:
    try:
        return read_log(log)
    except SeminarError:
        return []


def _aside(root: Path, log: Path) -> Path:
    """Put a spoilt log where nobody reads it as one; nothing of it is lost."""
    folder, number = root / "received" / ASIDE, 1
    while (target := folder / f"{log.parent.name} {log.stem} {number}{log.suffix}").exists():
        number += 1
    move(log, target)
    return target
