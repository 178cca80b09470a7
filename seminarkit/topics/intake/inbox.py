"""Find the files in the inbox, open them safely and store their bytes."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.clock import now
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.received_files import Arrival, ReceivedFiles, StoredFile
from seminarkit.topics.intake.chats.chat_words import ABOUT_LARGE, about_chat
from seminarkit.topics.intake.chats.found import IsNotes, Searched
from seminarkit.topics.intake.chats.search_chats import holds_chat, search
from seminarkit.topics.intake.containers import JUNK, MAX_FILE, is_junk
from seminarkit.topics.intake.forgotten_again import Forgotten

QUIET_SECONDS = 2.0
_BATCH = 100
_FILE_ENDINGS = (".ipynb", ".zip", ".eml")
# never follow a link or block on a pipe; Windows has neither flag
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True)
class Skipped:
    """A file in the inbox that was not stored, and why; the next run tries again."""

    name: str
    text: str


@dataclass(frozen=True)
class IntakeResult:
    """New arrivals, the number of files that had arrived before, and the files not stored."""

    arrivals: tuple[Arrival, ...]
    known: int
    not_taken: tuple[Skipped, ...]


class _SkipError(Exception):
    pass


class _JunkError(Exception):
    """A file added by the operating system or a program, which is not reported."""


class _ChatError(Exception):
    """A file that contains a chat, with its other parts, which may be stored separately."""

    def __init__(self, searched: Searched) -> None:
        self.searched = searched


def store_inbox(
    inbox: Path,
    received: ReceivedFiles,
    forgotten: Forgotten,
    step: Callable[[int, int], None] = lambda done, total: None,
    is_notes: IsNotes = lambda text: False,
) -> IntakeResult:
    """Store every new file of the inbox; ``step`` receives the progress as (done, total).

    A file that contains a chat stays in the inbox; only the forms and notes in it are stored, as
    separate files. ``is_notes`` returns whether a text is notes or a reply.
    """
    known_files = {(a.sha256, a.name) for a in received.arrivals()}
    skipped: list[Skipped] = []
    arrivals: list[Arrival] = []
    batch: list[StoredFile] = []
    known_count = 0

    def commit() -> None:
        arrivals.extend(received.commit(batch, now()))
        batch.clear()

    paths = list(_files_in(inbox, skipped))
    # recently changed files come last, so that they have time to be completed
    paths.sort(key=lambda path: _is_recent(path))
    for done, path in enumerate(paths, start=1):
        name = path.relative_to(inbox).as_posix()
        try:
            files = [_store(path, name, received, known_files, forgotten, is_notes)]
        except _SkipError as error:
            skipped.append(Skipped(shown_name(name), str(error)))
            continue
        except _JunkError:
            continue
        except _ChatError as error:
            files = _store_others(error.searched, name, received, known_files, forgotten)
            skipped.append(Skipped(shown_name(name), about_chat(error.searched)))
        finally:
            step(done, len(paths))
        for file in files:
            if file is None:
                known_count += 1
                continue
            known_files.add((file.sha256, file.name))
            batch.append(file)
        if len(batch) >= _BATCH:
            commit()
    commit()
    return IntakeResult(tuple(arrivals), known_count, tuple(skipped))


def store_files(
    files: Sequence[tuple[str, bytes]], received: ReceivedFiles, forgotten: Forgotten
) -> IntakeResult:
    """Store files, given as (name, bytes), that did not come through the inbox.

    If the author of one was forgotten, raise SeminarError and store nothing.
    """
    for name, data in files:
        if problem := forgotten.problem(data):
            raise SeminarError(f"{shown_name(name)}: {problem}")
    batch = [received.keep(io.BytesIO(data), name) for name, data in files]
    return IntakeResult(tuple(received.commit(batch, now())), 0, ())


def _files_in(folder: Path, skipped: list[Skipped], root: Path | None = None) -> Iterator[Path]:
    root = root or folder
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        text = f"This folder cannot be opened ({error.strerror})."
        skipped.append(Skipped(shown_name(folder.name), text))
        return
    for entry in entries:
        path = Path(entry.path)
        name = shown_name(path.relative_to(root).as_posix())
        if entry.is_dir(follow_symlinks=False):
            if entry.name.lower().endswith(_FILE_ENDINGS):
                text = "It is a folder with the name of a file; the files in it are read."
                skipped.append(Skipped(name, text))
            yield from _files_in(path, skipped, root)
        elif entry.is_symlink():
            text = (
                "It is a link to another place, which is not followed. Copy the file itself here."
            )
            skipped.append(Skipped(name, text))
        elif not entry.is_file(follow_symlinks=False):
            skipped.append(Skipped(name, "It is not an ordinary file. Copy the file itself here."))
        elif entry.name.lower() not in JUNK:
            yield path


def _store_others(
    searched: Searched,
    name: str,
    received: ReceivedFiles,
    known_files: set[tuple[str, str]],
    forgotten: Forgotten,
) -> list[StoredFile | None]:
    """Store the forms and notes in a file that also contains a chat; None for known ones.

    Data of forgotten people is not stored.
    """
    files: list[StoredFile | None] = []
    for part, data in searched.others:
        part_name = f"{name}/{part}"
        if _is_stored(received, known_files, data, part_name):
            files.append(None)
        elif not forgotten.problem(data):
            kept = received.keep(io.BytesIO(data), part_name)
            files.append(None if (kept.sha256, part_name) in known_files else kept)
    return files


def _is_stored(
    received: ReceivedFiles, known: set[tuple[str, str]], data: bytes, name: str
) -> bool:
    """Return whether the bytes arrived under this name and are in this copy of the folder."""
    sha256 = hashlib.sha256(data).hexdigest()
    return (sha256, name) in known and received.path(sha256).exists()


def _store(
    path: Path,
    name: str,
    received: ReceivedFiles,
    known_files: set[tuple[str, str]],
    forgotten: Forgotten,
    is_notes: IsNotes,
) -> StoredFile | None:
    """Store one file; return None if the same bytes arrived under the same name before.

    Raise _ChatError for a file that contains a chat, _JunkError for a junk file.
    """
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        raise _SkipError(f"It cannot be opened ({error.strerror}). Copy it here again.") from None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _SkipError("It is not an ordinary file. Copy the file itself here.")
        _wait_until_quiet(status.st_mtime)
        stream: BinaryIO = file
        if status.st_size <= MAX_FILE:
            # read once, so that the hashed bytes are the stored ones
            try:
                data = file.read()
            except OSError as error:
                message = f"It cannot be read ({error.strerror}). Copy it here again."
                raise _SkipError(message) from None
            if is_junk(name, data):
                raise _JunkError
            if _is_stored(received, known_files, data, name):
                return None
            searched = search(data, name, is_notes)
            if searched.chats:
                raise _ChatError(searched)
            if problem := forgotten.problem(data):
                raise _SkipError(problem)
            stream = io.BytesIO(data)
        elif holds_chat(file, name, is_notes):
            raise _SkipError(ABOUT_LARGE)
        kept = received.keep(stream, name)
        status_after = path.lstat()
    if (status_after.st_size, status_after.st_mtime_ns) != (status.st_size, status.st_mtime_ns):
        raise _SkipError("It is still being copied. It will be read when you collect again.")
    return None if (kept.sha256, name) in known_files else kept


def _is_recent(path: Path) -> bool:
    try:
        return time.time() - path.lstat().st_mtime < QUIET_SECONDS
    except OSError:
        return False


def _wait_until_quiet(mtime: float) -> None:
    """Wait until QUIET_SECONDS after the last change; a time in the future is ignored."""
    rest = QUIET_SECONDS - (time.time() - mtime)
    if 0 < rest <= QUIET_SECONDS:
        time.sleep(rest)
