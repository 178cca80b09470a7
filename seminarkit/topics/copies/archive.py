"""``seminar backup``: an online backup of everything that cannot be made again, as one zip file.

The logs are read first, then the files that they name: so every line has its file, even if new
files arrive meanwhile. Generated files (index, dossiers, pages) and programs are left out.
"""

from __future__ import annotations

import os
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from seminarkit.core.disk.files import half_file, sync_folder, with_path
from seminarkit.core.errors import SeminarError
from seminarkit.core.logs.last_seen import logs_in
from seminarkit.core.store.lock import BusyError, writing
from seminarkit.core.store.received_files import ReceivedFiles

_MADE_AGAIN = ("output", "dossiers")
_PROGRAMS = (".git", ".venv", "node_modules", "__pycache__", ".ipynb_checkpoints")
_PRIVATE = (stat.S_IFREG | 0o600) << 16
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest date in a zip file
_COMMENT = b"backup of a seminar"  # marks an archive, so that the next backup leaves it out
_TIMES = 3  # attempts, if somebody is forgotten meanwhile

Step = Callable[[int, int, str], None]


@dataclass(frozen=True)
class BackupCounts:
    """The numbers of files in a backup; ``lost`` lists received files that were already missing."""

    logs: int
    received: int
    others: int
    lost: tuple[str, ...]


def back_up(
    root: Path, lock: Path, target: Path, step: Step = lambda counts, total, name: None
) -> BackupCounts:
    """Write a backup of a seminar's folder atomically, and return its counts.

    Raises SeminarError if ``target`` is a folder, or files are removed during every attempt.
    """
    if target.exists() and not target.is_file():
        raise SeminarError(f"{target} is a folder. Name a file, such as backup.zip")
    for _ in range(_TIMES):
        with with_path(target), half_file(target.parent, target.name) as half:
            try:
                counts = _write(root, lock, half.file, {target, half.path}, step)
            except FileNotFoundError:  # somebody was forgotten meanwhile
                continue
            half.file.flush()
            os.fsync(half.file.fileno())
            half.path.chmod(0o600)
            half.name(target)
        sync_folder(target.parent)
        return counts
    raise SeminarError(
        "Files went away while they were read. Try again when nobody is being forgotten."
    )


def _write(root: Path, lock: Path, file: IO[bytes], exclude: set[Path], step: Step) -> BackupCounts:
    received = ReceivedFiles(root / "received")
    logs = _logs(root, lock)
    arrivals = [arrival for arrival in received.arrivals() if not arrival.forgotten]
    lost = tuple(a.name for a in arrivals if not received.path(a.sha256).is_file())
    paths = {received.path(arrival.sha256) for arrival in arrivals}
    files = sorted(path for path in paths if path.is_file())
    others = [p for p in _others(root) if p not in logs and p not in exclude]
    total = len(logs) + len(files) + len(others)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.comment = _COMMENT
        for number, (path, data) in enumerate(logs.items(), start=1):
            packed.writestr(_entry(root, path), data)
            step(number, total, path.name)
        for number, path in enumerate([*files, *others], start=len(logs) + 1):
            entry = _entry(root, path)
            with path.open("rb") as source, packed.open(entry, "w", force_zip64=True) as copy:
                while chunk := source.read(1 << 20):
                    copy.write(chunk)
            step(number, total, path.name)
    number = sum(path.suffix == ".jsonl" for path in logs)
    return BackupCounts(number, len(files), len(others), lost)


def _logs(root: Path, lock: Path) -> dict[Path, bytes]:
    """Return every log up to its last complete line; a consistent snapshot if the lock is free."""
    received = root / "received"
    with ExitStack() as lock_scope:
        with suppress(BusyError, OSError):  # a backup does not wait for the lock
            lock_scope.enter_context(writing(lock))
        # an anchor before its log, which only grows; decisions before the lines they refer to
        anchor_paths = [log.with_suffix(".anchor.json") for log in logs_in(received)]
        anchors = {path: path.read_bytes() for path in anchor_paths if path.exists()}
        logs = sorted(logs_in(received), key=lambda log: log.stem != "decisions")
        own = [p for p in received.glob("*.jsonl") if p not in logs]
        return anchors | {log: _whole_lines(log) for log in (*logs, *own)}


def _whole_lines(log: Path) -> bytes:
    data = log.read_bytes()
    return data[: data.rfind(b"\n") + 1]


def _others(root: Path) -> Iterator[Path]:
    """Yield the other irreplaceable files: programme, forms, notebooks, inbox, packs."""
    for folder, folders, names in os.walk(root):
        place = Path(folder)
        if place == root:
            folders[:] = [name for name in folders if name not in _MADE_AGAIN]
        if place == root / "received":
            folders[:] = [name for name in folders if name != "files"]
        folders[:] = sorted(name for name in folders if not _is_left_out(place / name))
        for name in sorted(names):
            path = place / name
            is_generated = place == root and name.startswith(("seminar.db", ".seminar."))
            is_excluded = (
                is_generated or name.endswith(".tmp") or path.is_symlink() or _is_backup(path)
            )
            if not is_excluded and path.is_file():
                yield path


def _is_backup(path: Path) -> bool:
    if path.suffix != ".zip":
        return False
    with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(path) as packed:
        return packed.comment == _COMMENT
    return False


def _is_left_out(folder: Path) -> bool:
    return (
        folder.name in _PROGRAMS
        or folder.name.startswith(".seminar")
        or folder.is_symlink()
        or (folder / "pyvenv.cfg").exists()
    )


def _entry(root: Path, path: Path) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(
        path.relative_to(root).as_posix(), max(_FIRST_DAY, time.localtime(path.stat().st_mtime)[:6])
    )
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _PRIVATE
    return entry
