"""Walks the inbox: finds the files, opens them so that none can trick us, and keeps their bytes."""

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
from seminarkit.core.store.received_files import Arrival, Kept, Received
from seminarkit.topics.intake.chats.chat_words import ABOUT_LARGE, about_chat
from seminarkit.topics.intake.chats.found import IsNotes, Searched
from seminarkit.topics.intake.chats.search_chats import holds_chat, search
from seminarkit.topics.intake.containers import JUNK, MAX_FILE, is_junk
from seminarkit.topics.intake.forgotten_again import Forgotten

QUIET_SECONDS = 2.0
_BATCH = 100
_LIKE_FILES = (".ipynb", ".zip", ".eml")
# Never follow a link, never wait for the other end of a pipe. Windows has neither flag.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True)
class NotTaken:
    """Something in the inbox whose bytes were not kept, and why; the next run looks again."""

    name: str
    text: str


@dataclass(frozen=True)
class Intake:
    """What a walk through the inbox gave: new arrivals, files known before, and what was left."""

    arrivals: tuple[Arrival, ...]
    known: int
    not_taken: tuple[NotTaken, ...]


class _NotTakenError(Exception):
    pass


class _JunkError(Exception):
    """A file that a system put there by itself; nobody needs to hear of it."""


class _ChatError(Exception):
    """A file with a chat in it, and what else is in it that may be kept by itself."""

    def __init__(self, searched: Searched) -> None:
        self.searched = searched


def take_in(
    inbox: Path,
    received: Received,
    forgotten: Forgotten,
    step: Callable[[int, int], None] = lambda done, total: None,
    is_notes: IsNotes = lambda text: False,
) -> Intake:
    """Keep every new file of the inbox; ``step`` is told how many of how many files are done.

    A file with a chat in it is left there, only the forms and notes in it are kept, each as a file
    of its own; ``is_notes`` says whether a text is what somebody noted, or a reply.
    """
    known = {(a.sha256, a.name) for a in received.arrivals()}
    not_taken: list[NotTaken] = []
    arrivals: list[Arrival] = []
    batch: list[Kept] = []
    seen = 0

    def commit() -> None:
        arrivals.extend(received.commit(batch, now()))
        batch.clear()

    paths = list(_walk(inbox, not_taken))
    # what was written to just now comes last, so that it has the time to be finished
    paths.sort(key=lambda path: _changed_lately(path))
    for number, path in enumerate(paths, start=1):
        name = path.relative_to(inbox).as_posix()
        try:
            files = [_keep(path, name, received, known, forgotten, is_notes)]
        except _NotTakenError as refused:
            not_taken.append(NotTaken(shown_name(name), str(refused)))
            continue
        except _JunkError:
            continue
        except _ChatError as chat:
            files = _keep_others(chat.searched, name, received, known, forgotten)
            not_taken.append(NotTaken(shown_name(name), about_chat(chat.searched)))
        finally:
            step(number, len(paths))
        for kept in files:
            if kept is None:
                seen += 1
                continue
            known.add((kept.sha256, kept.name))
            batch.append(kept)
        if len(batch) >= _BATCH:
            commit()
    commit()
    return Intake(tuple(arrivals), seen, tuple(not_taken))


def take_bytes(
    files: Sequence[tuple[str, bytes]], received: Received, forgotten: Forgotten
) -> Intake:
    """Keep files that did not come through the inbox, as (name, bytes); each is an arrival.

    Raises SeminarError, and keeps nothing, where one is by somebody who was forgotten.
    """
    for name, data in files:
        if problem := forgotten.problem(data):
            raise SeminarError(f"{shown_name(name)}: {problem}")
    kept = [received.keep(io.BytesIO(data), name) for name, data in files]
    return Intake(tuple(received.commit(kept, now())), 0, ())


def _walk(folder: Path, not_taken: list[NotTaken], root: Path | None = None) -> Iterator[Path]:
    root = root or folder
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        text = f"This folder cannot be opened ({error.strerror})."
        not_taken.append(NotTaken(shown_name(folder.name), text))
        return
    for entry in entries:
        path = Path(entry.path)
        name = shown_name(path.relative_to(root).as_posix())
        if entry.is_dir(follow_symlinks=False):
            if entry.name.lower().endswith(_LIKE_FILES):
                text = "It is a folder with the name of a file; what lies in it is read."
                not_taken.append(NotTaken(name, text))
            yield from _walk(path, not_taken, root)
        elif entry.is_symlink():
            text = (
                "It is a link to another place, which is not followed. Copy the file itself here."
            )
            not_taken.append(NotTaken(name, text))
        elif not entry.is_file(follow_symlinks=False):
            not_taken.append(NotTaken(name, "It is no ordinary file. Copy the file itself here."))
        elif entry.name.lower() not in JUNK:
            yield path


def _keep_others(
    searched: Searched,
    name: str,
    received: Received,
    known: set[tuple[str, str]],
    forgotten: Forgotten,
) -> list[Kept | None]:
    """Keep the forms and notes that came together with a chat; None for one known before.

    What somebody wrote who was forgotten is not kept.
    """
    files: list[Kept | None] = []
    for part, data in searched.others:
        own = f"{name}/{part}"
        if _is_kept(received, known, data, own):
            files.append(None)
        elif not forgotten.problem(data):
            kept = received.keep(io.BytesIO(data), own)
            files.append(None if (kept.sha256, own) in known else kept)
    return files


def _is_kept(received: Received, known: set[tuple[str, str]], data: bytes, name: str) -> bool:
    """Say whether bytes came under a name and are here: a log can know more than is here."""
    sha256 = hashlib.sha256(data).hexdigest()
    return (sha256, name) in known and received.path(sha256).exists()


def _keep(
    path: Path,
    name: str,
    received: Received,
    known: set[tuple[str, str]],
    forgotten: Forgotten,
    is_notes: IsNotes,
) -> Kept | None:
    """Keep one file; None if the same bytes came under the same name before.

    Raises _ChatError for one that holds a chat, _JunkError for one that nobody sent.
    """
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        raise _NotTakenError(
            f"It cannot be opened ({error.strerror}). Copy it here again."
        ) from None
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise _NotTakenError("It is no ordinary file. Copy the file itself here.")
        _wait_until_quiet(before.st_mtime)
        source: BinaryIO = file
        if before.st_size <= MAX_FILE:
            # read once: what is hashed is what is kept
            try:
                data = file.read()
            except OSError as error:
                words = f"It cannot be read ({error.strerror}). Copy it here again."
                raise _NotTakenError(words) from None
            if is_junk(name, data):
                raise _JunkError
            if _is_kept(received, known, data, name):
                return None
            searched = search(data, name, is_notes)
            if searched.chats:
                raise _ChatError(searched)
            if problem := forgotten.problem(data):
                raise _NotTakenError(problem)
            source = io.BytesIO(data)
        elif holds_chat(file, name, is_notes):
            raise _NotTakenError(ABOUT_LARGE)
        kept = received.keep(source, name)
        after = path.lstat()
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise _NotTakenError("It is still arriving. It will be taken when you collect again.")
    return None if (kept.sha256, name) in known else kept


def _changed_lately(path: Path) -> bool:
    try:
        return time.time() - path.lstat().st_mtime < QUIET_SECONDS
    except OSError:
        return False


def _wait_until_quiet(mtime: float) -> None:
    """Wait until a file has not been written to for a moment; a clock ahead of ours is ignored."""
    rest = QUIET_SECONDS - (time.time() - mtime)
    if 0 < rest <= QUIET_SECONDS:
        time.sleep(rest)
