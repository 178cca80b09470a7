"""A report for the public opens its own dossier, and nothing else of the seminar.

Python asks whoever wants to know before it opens a file, a database, a connection or another
program (``sys.addaudithook``), in the process for good. What it does not ask for cannot be refused
here: a library in C that opens files by itself (those that the kit's neighbours bring are refused
when they are loaded; of lxml, where it is loaded already, ``xinclude()``, entities and style sheets
stay open), and a cell that means harm and takes Python itself apart: that gets back the class of a
database's connection, or of a ZeroMQ socket, from below the kit's own (bypasses.py). So this ends
mistakes, and site/leaks.py looks at what came out a second time.

It stays for the life of a process: a report has one of its own, and so has a notebook's kernel.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from seminarkit.core.errors import SeminarError
from seminarkit.core.submissions.report_scope import begin_report
from seminarkit.reports.guard.allowed_paths import Places
from seminarkit.reports.guard.bypasses import shut
from seminarkit.reports.guard.opened_paths import (
    database_paths,
    is_only_read,
    open_folders,
    paths,
    shown,
)

PUBLIC = "public"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_HOW = (
    " What only some may read belongs into a cell without the tag 'public'."
    " To look at it in this notebook, restart the kernel."
)
_PAST_PYTHON = (
    *("_cffi_backend", "cffi", "lxml.etree", "typst", "pyarrow.lib", "duckdb", "readline"),
    *("_xxsubinterpreters", "_interpreters", "_testcapi", "_testinternalcapi"),
)


class NotForPublicError(SeminarError, PermissionError):
    """A report for the public asked for what it may not have."""


@dataclass(frozen=True)
class Bounds:
    """Where a run stays: the seminar's folder, its dossier, its own files, and whom it is for."""

    root: str
    own: str
    audience: str
    mine: tuple[str, ...] = ()

    def words(self) -> str:
        """Return the bounds as one word without any sign that means something elsewhere."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()


_kept: list[Bounds] = []


def keep_to(bounds: Bounds) -> None:
    """Keep this process to its bounds, for good. Only the first bounds count."""
    if _kept:
        return
    _kept.append(bounds)
    begin_report(bounds.audience)
    places = Places(bounds.root, bounds.own, bounds.mine)
    refuse = _for_public(places) if bounds.audience == PUBLIC else _for_others(places)
    inside = threading.local()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        look = refuse.get(event)
        if look is None or getattr(inside, "busy", False):
            return
        inside.busy = True
        try:
            look(*args)
        finally:
            inside.busy = False

    sys.addaudithook(hook)
    if bounds.audience == PUBLIC:
        shut(_program("fork_exec"), _refuse)


def keep_to_words(words: str) -> None:
    """Keep this process to bounds that were handed to it as a word."""
    given = json.loads(base64.urlsafe_b64decode(words))
    keep_to(Bounds(**given | {"mine": tuple(given["mine"])}))


def _for_public(places: Places) -> dict[str, Callable[..., None]]:
    def reads(path: Any = None, *_: Any) -> None:
        for name in paths(path):
            if place := places.kept_from(name):
                raise NotForPublicError(
                    "This report is for the public: it may read its own dossier alone, "
                    f"not {place}.{_HOW}"
                )

    def opens(path: Any, mode: Any = None, flags: Any = 0, *_: Any) -> None:
        reads(path)
        if isinstance(flags, int) and flags & _WRITES:
            _not_own(places, path)
        if mode is None and os.name == "posix":
            for folder in open_folders(path):
                reads(os.path.join(folder, os.fsdecode(path)))

    def moves(old: Any, new: Any, *_: Any) -> None:
        reads(old)
        reads(new)

    def database(path: Any, *_: Any) -> None:
        for name in database_paths(path):
            reads(name)

    def symbol(_library: Any, name: Any, *_: Any) -> None:
        if not str(name).startswith(("Py", "_Py")) or "Audit" in str(name):
            _refuse(f"call {name} past Python")

    def loads(module: Any, *_: Any) -> None:
        if module in _PAST_PYTHON:
            _refuse(f"load {module}, which opens files past Python")

    alone = dict.fromkeys(("os.listdir", "os.scandir", "os.remove", "os.rmdir", "os.mkdir"), reads)
    changes = dict.fromkeys(("os.chmod", "os.chown", "os.truncate", "os.utime"), reads)
    programs = {
        name: _program(name)
        for name in (
            "subprocess.Popen",
            "os.system",
            "os.posix_spawn",
            "os.exec",
            "os.spawn",
            "os.startfile",
            "os.forkpty",
            "pty.spawn",
            "_winapi.CreateProcess",
            "sys.remote_exec",
        )
    }
    lines = {
        name: lambda *args: _refuse(f"open a connection ({shown(args[1:2])})")
        for name in ("socket.connect", "socket.sendto", "socket.sendmsg")
    }
    return {
        "open": opens,
        **alone,
        **changes,
        "os.rename": moves,
        "os.link": moves,
        "sqlite3.connect": database,
        "sqlite3.enable_load_extension": lambda *_: _refuse("extend a database's program"),
        "ctypes.dlsym": symbol,
        "ctypes.dlsym/handle": symbol,
        "import": loads,
        "cpython.PyInterpreterState_New": lambda *_: _refuse("start another Python"),
        **programs,
        **lines,
    }


def _for_others(places: Places) -> dict[str, Callable[..., None]]:
    """A report that is not for the public writes nothing where a report for the public reads.

    Another program that it starts is not asked. What it removes is only kept from public places.
    """

    def writes(path: Any = None, *_: Any) -> None:
        for name in paths(path):
            if place := places.read_by_public(name):
                raise PermissionError(
                    f"This report is not for the public: it may not write {place}, which a report "
                    "for the public could read. Make the folder output/own and write there, or to "
                    "a temporary file."
                )

    def removes(path: Any = None, *_: Any) -> None:
        for name in paths(path):
            if place := places.for_public(name):
                raise PermissionError(
                    f"This report is not for the public: it may not remove {place}."
                )

    def opens(path: Any, _mode: Any = None, flags: Any = 0, *_: Any) -> None:
        if isinstance(flags, int) and flags & _WRITES:
            writes(path)

    def moves(old: Any, new: Any, *_: Any) -> None:
        removes(old)
        writes(new)

    def database(path: Any, *_: Any) -> None:
        for name in () if is_only_read(path) else database_paths(path):
            writes(name)

    return {
        "open": opens,
        "os.rename": moves,
        "os.link": moves,
        "os.remove": removes,
        "os.mkdir": writes,
        "os.truncate": writes,
        "sqlite3.connect": database,
    }


def _not_own(places: Places, path: Any) -> None:
    if any(os.path.realpath(name) == places.own for name in paths(path)):
        _refuse("write its own dossier")


def _program(event: str) -> Callable[..., None]:
    def refuse(*args: Any) -> None:
        named = args[1:2] if event in ("subprocess.Popen", "os.spawn") else args[:1]
        _refuse(f"start another program ({shown(named)})")

    return refuse


def _refuse(what: str) -> None:
    raise NotForPublicError(
        f"This report is for the public: it is made from its own dossier alone and may not {what}."
    )
