"""Close ways around Python's audit hooks in modules that are already imported.

Some remain: lxml's ``xinclude()``, entities and style sheets open files in C.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

_READLINE_FILES = (
    *("read_history_file", "write_history_file", "append_history_file", "read_init_file"),
    "parse_and_bind",
)


def close_bypasses(program: Callable[..., None], refuse: Callable[[str], None]) -> None:
    """Refuse ATTACH in SQLite, file access by lxml and readline, and starting programs from C."""
    _disable_attach()
    _restrict_zmq(refuse)
    readline: Any = sys.modules.get("readline")
    for name in _READLINE_FILES if readline else ():
        if hasattr(readline, name):
            setattr(readline, name, lambda *_: refuse("read or write a console's files"))
    etree: Any = sys.modules.get("lxml.etree")
    if etree:
        parse = etree.parse

        def guarded_parse(source: Any, *args: Any, **options: Any) -> Any:
            if hasattr(source, "read"):
                return parse(source, *args, **options)
            with open(source, "rb") as file:  # Python's open, which calls the audit hook
                return parse(file, *args, **options)

        etree.parse = guarded_parse
        etree.XInclude = lambda *_: refuse("let lxml open other files")
    try:
        import _posixsubprocess
    except ImportError:  # not on Windows
        return
    module: Any = _posixsubprocess
    module.fork_exec = program


def _disable_attach() -> None:
    """Disable ATTACH in SQLite, as no audit event is raised for the file that it opens."""
    import _sqlite3
    import sqlite3

    original: Any = sqlite3.connect

    class NoAttach(sqlite3.Connection):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            super().setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)

        def setlimit(self, category: int, limit: int, /) -> int:
            is_attach_limit = category == sqlite3.SQLITE_LIMIT_ATTACHED
            return super().setlimit(category, 0 if is_attach_limit else limit)

    def connect(*args: Any, **options: Any) -> Any:
        factory = args[5] if len(args) > 5 else options.setdefault("factory", NoAttach)
        if not (isinstance(factory, type) and issubclass(factory, NoAttach)):
            args = (*args[:5], NoAttach, *args[6:]) if len(args) > 5 else args
            options |= {} if len(args) > 5 else {"factory": NoAttach}
        connection = original(*args, **options)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        return connection

    for module in (sqlite3, sqlite3.dbapi2, _sqlite3):
        setattr(module, "connect", connect)  # noqa: B010
        setattr(module, "Connection", NoAttach)  # noqa: B010


def _restrict_zmq(refuse: Callable[[str], None]) -> None:
    """Restrict ZeroMQ, which a kernel has imported, to connections within this process."""
    try:
        import zmq
    except ImportError:
        return
    socket: Any = zmq.Socket
    for name in ("connect", "bind"):
        original = getattr(socket, name)

        def inproc_only(self: Any, address: Any, *args: Any, original: Any = original) -> Any:
            text = address if isinstance(address, str) else bytes(address).decode()
            if not text.startswith("inproc:"):
                refuse(f"open a connection ({text[:60]})")
            return original(self, address, *args)

        setattr(socket, name, inproc_only)
