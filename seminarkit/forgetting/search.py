"""Searches all files of a seminar for a person, and classifies the files by folder.

Generated files can be deleted, because a run generates them again. Files that people sent or
filled in are redacted. All other files belong to the organiser.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from seminarkit.core.logs.last_seen import logs_in
from seminarkit.core.logs.writers import state_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.forgetting.file_views import views
from seminarkit.forgetting.old_cache import old_cache
from seminarkit.forgetting.traces import Traces

Place = Literal["received", "log", "index", "filled in", "made", "own", "cache"]
PLAN = ".forgetting.json"  # in received/, while a person is being forgotten
_LOG_SUFFIX = ".jsonl"
_PROGRAMS = frozenset({".git", "node_modules", "__pycache__"})
Step = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Hit:
    """A file that mentions the person, with the number of mentions of each kind."""

    path: Path
    place: Place
    counts: Counter[str] = field(hash=False)
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """The result of a search. ``unread`` lists files that could not be searched, with reasons."""

    hits: tuple[Hit, ...]
    unread: tuple[tuple[Path, str], ...]
    files: int


def search(
    folder: SeminarFolder, traces: Traces, step: Step = lambda done, total, name: None
) -> Search:
    """Return all files of a seminar that mention the person. Archives are searched too."""
    unread: list[tuple[Path, str]] = []
    paths = list(walk(folder, unread))
    hits, results = [], dict[str, tuple[Counter[str], tuple[str, ...], str]]()
    for number, path in enumerate(paths, start=1):
        step(number, len(paths), path.name)
        try:
            data = path.read_bytes()
        except OSError as error:
            unread.append((path, f"cannot be opened ({error.strerror})"))
            continue
        digest = hashlib.sha256(data).hexdigest()
        if digest not in results:
            results[digest] = _search_data(data, traces)
        counts, parts, problem = results[digest]
        if problem:
            unread.append((path, problem))
        total = counts + _traces_in_name(folder, path, traces)
        if total:
            hits.append(Hit(path, place_of(folder, path), total, parts))
    return Search(tuple(hits), tuple(unread), len(paths))


def walk(folder: SeminarFolder, unread: list[tuple[Path, str]]) -> Iterator[Path]:
    """Yield the files to search, without programs. Add unreadable files to ``unread``."""
    cache = old_cache()
    for root in (folder.root, state_of(folder.root), *([cache] if cache else [])):
        for directory, names, files in os.walk(
            root, onerror=lambda error: _note_unopened(error, unread)
        ):
            place = Path(directory)
            is_own = not _is_generated(folder, place)
            names[:] = sorted(name for name in names if not (is_own and _is_program(place / name)))
            for name in sorted(files):
                path = place / name
                if path.is_symlink():
                    unread.append((path, "is a symbolic link, which was not followed"))
                elif path.is_file() and path != folder.received / PLAN:
                    yield path


def _is_program(path: Path) -> bool:
    return path.name in _PROGRAMS or (path / "pyvenv.cfg").exists()


def place_of(folder: SeminarFolder, path: Path) -> Place:
    """Return the class of a file, which decides whether it is redacted or deleted."""
    if not path.is_relative_to(folder.root):
        return "cache"
    if path.is_relative_to(folder.received):
        ours = (*logs_in(folder.received), folder.drafts, folder.links, folder.links_used)
        return "log" if path in ours else "received" if path.suffix != _LOG_SUFFIX else "made"
    if path.parent == folder.root and path.name.startswith(folder.database.name):
        return "index"
    if path.is_relative_to(folder.inbox) or path.is_relative_to(folder.packs):
        return "filled in"
    return "made" if _is_generated(folder, path) else "own"


def _is_generated(folder: SeminarFolder, path: Path) -> bool:
    generated = (folder.inbox, folder.received, folder.packs, folder.dossiers, folder.pages.parent)
    return any(path.is_relative_to(run) for run in (*generated, folder.kernels))


def _search_data(data: bytes, traces: Traces) -> tuple[Counter[str], tuple[str, ...], str]:
    counts: Counter[str] = Counter()
    parts, problem = [], ""
    for view in views(data):
        traces_found = traces.find(view.text)
        if traces_found:
            counts |= traces_found
            parts.append(view.part)
        if view.problem and not problem:
            problem = f"'{view.part}' in it {view.problem}" if view.part else view.problem
    return counts, tuple(dict.fromkeys(part for part in parts if part)), problem


def _traces_in_name(folder: SeminarFolder, path: Path, traces: Traces) -> Counter[str]:
    root = folder.root if path.is_relative_to(folder.root) else path.parent
    return +traces.find(path.relative_to(root).as_posix())


def _note_unopened(error: OSError, unread: list[tuple[Path, str]]) -> None:
    unread.append((Path(error.filename), f"cannot be opened ({error.strerror})"))
