"""Restrict a report for the public to its own dossier: it can open no other file of the seminar.

Python raises an audit event before it opens a file, a database or a connection, or starts a
program. An audit hook (``sys.addaudithook``) stays for the life of the process; a report and a
notebook's kernel have processes of their own.

Not everything raises an event. C libraries that open files themselves are refused when they are
imported; if lxml is already imported, its ``xinclude()``, entities and style sheets stay open.
Malicious code can take Python apart, for example get the original class of a database connection or
ZeroMQ socket (bypasses.py). So the guard prevents mistakes, and site/leaks.py checks the output as
well.
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
from seminarkit.reports.guard.allowed_paths import AllowedPaths
from seminarkit.reports.guard.bypasses import close_bypasses
from seminarkit.reports.guard.opened_paths import (
    database_paths,
    is_only_read,
    open_folders,
    paths,
    shown_argument,
)

PUBLIC = "public"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_ADVICE = (
    " Put what only some people may read in a cell without the tag 'public'."
    " To look at it in this notebook, restart the kernel."
)
_C_LIBRARIES = (
    *("_cffi_backend", "cffi", "lxml.etree", "typst", "pyarrow.lib", "duckdb", "readline"),
    *("_xxsubinterpreters", "_interpreters", "_testcapi", "_testinternalcapi"),
)


class NotForPublicError(SeminarError, PermissionError):
    """A report for the public tried to do something that it may not do."""


@dataclass(frozen=True)
class Bounds:
    """The bounds of a run: the seminar's folder, its dossier, its audience and its own files."""

    root: str
    own: str
    audience: str
    mine: tuple[str, ...] = ()

    def words(self) -> str:
        """Return the bounds as one URL-safe word, which no shell or program interprets."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()


_active: list[Bounds] = []


def keep_to(bounds: Bounds) -> None:
    """Restrict this process to these bounds for good. Later calls have no effect."""
    if _active:
        return
    _active.append(bounds)
    begin_report(bounds.audience)
    places = AllowedPaths(bounds.root, bounds.own, bounds.mine)
    checks = _public_checks(places) if bounds.audience == PUBLIC else _other_checks(places)
    thread_state = threading.local()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        check = checks.get(event)
        if check is None or getattr(thread_state, "busy", False):
            return
        thread_state.busy = True
        try:
            check(*args)
        finally:
            thread_state.busy = False

    sys.addaudithook(hook)
    if bounds.audience == PUBLIC:
        close_bypasses(_refusal_of_program("fork_exec"), _refuse)


def keep_to_words(words: str) -> None:
    """Restrict this process to bounds encoded by ``Bounds.words``."""
    fields = json.loads(base64.urlsafe_b64decode(words))
    keep_to(Bounds(**fields | {"mine": tuple(fields["mine"])}))


def _public_checks(places: AllowedPaths) -> dict[str, Callable[..., None]]:
    def check_read(path: Any = None, *_: Any) -> None:
        for name in paths(path):
            if place := places.forbidden_place(name):
                raise NotForPublicError(
                    "This report is for the public: it may read only its own dossier, "
                    f"not {place}.{_ADVICE}"
                )

    def check_open(path: Any, mode: Any = None, flags: Any = 0, *_: Any) -> None:
        check_read(path)
        if isinstance(flags, int) and flags & _WRITES:
            _refuse_own_dossier(places, path)
        if mode is None and os.name == "posix":
            for folder in open_folders(path):
                check_read(os.path.join(folder, os.fsdecode(path)))

    def check_move(old: Any, new: Any, *_: Any) -> None:
        check_read(old)
        check_read(new)

    def check_database(path: Any, *_: Any) -> None:
        for name in database_paths(path):
            check_read(name)

    def check_symbol(_library: Any, name: Any, *_: Any) -> None:
        if not str(name).startswith(("Py", "_Py")) or "Audit" in str(name):
            _refuse(f"call {name}, which goes around Python")

    def check_import(module: Any, *_: Any) -> None:
        if module in _C_LIBRARIES:
            _refuse(f"load {module}, which opens files without Python")

    folder_events = dict.fromkeys(
        ("os.listdir", "os.scandir", "os.remove", "os.rmdir", "os.mkdir"), check_read
    )
    change_events = dict.fromkeys(("os.chmod", "os.chown", "os.truncate", "os.utime"), check_read)
    program_events = {
        name: _refusal_of_program(name)
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
    connection_events = {
        name: lambda *args: _refuse(f"open a connection ({shown_argument(args[1:2])})")
        for name in ("socket.connect", "socket.sendto", "socket.sendmsg")
    }
    return {
        "open": check_open,
        **folder_events,
        **change_events,
        "os.rename": check_move,
        "os.link": check_move,
        "sqlite3.connect": check_database,
        "sqlite3.enable_load_extension": lambda *_: _refuse("load a database's extension"),
        "ctypes.dlsym": check_symbol,
        "ctypes.dlsym/handle": check_symbol,
        "import": check_import,
        "cpython.PyInterpreterState_New": lambda *_: _refuse("start another Python interpreter"),
        **program_events,
        **connection_events,
    }


def _other_checks(places: AllowedPaths) -> dict[str, Callable[..., None]]:
    """Return the checks for a report that is not public: it writes nothing that a public one reads.

    Programs that it starts are not checked. Removing files is only refused in public places.
    """

    def check_write(path: Any = None, *_: Any) -> None:
        for name in paths(path):
            if place := places.publicly_readable_place(name):
                raise PermissionError(
                    f"This report is not for the public: it may not write {place}, which a report "
                    "for the public could read. Make the folder output/own and write there, or to "
                    "a temporary file."
                )

    def check_remove(path: Any = None, *_: Any) -> None:
        for name in paths(path):
            if place := places.public_place(name):
                raise PermissionError(
                    f"This report is not for the public: it may not remove {place}."
                )

    def check_open(path: Any, _mode: Any = None, flags: Any = 0, *_: Any) -> None:
        if isinstance(flags, int) and flags & _WRITES:
            check_write(path)

    def check_move(old: Any, new: Any, *_: Any) -> None:
        check_remove(old)
        check_write(new)

    def check_database(path: Any, *_: Any) -> None:
        for name in () if is_only_read(path) else database_paths(path):
            check_write(name)

    return {
        "open": check_open,
        "os.rename": check_move,
        "os.link": check_move,
        "os.remove": check_remove,
        "os.mkdir": check_write,
        "os.truncate": check_write,
        "sqlite3.connect": check_database,
    }


def _refuse_own_dossier(places: AllowedPaths, path: Any) -> None:
    if any(os.path.realpath(name) == places.own for name in paths(path)):
        _refuse("write its own dossier")


def _refusal_of_program(event: str) -> Callable[..., None]:
    def refuse(*args: Any) -> None:
        args_shown = args[1:2] if event in ("subprocess.Popen", "os.spawn") else args[:1]
        _refuse(f"start another program ({shown_argument(args_shown)})")

    return refuse


def _refuse(what: str) -> None:
    raise NotForPublicError(
        f"This report is for the public: it is made only from its own dossier and may not {what}."
    )
