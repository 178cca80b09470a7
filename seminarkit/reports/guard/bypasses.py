"""The ways past Python's questions that are loaded already: they are shut one by one.

Not all of them: ``xinclude()`` of a tree, entities and style sheets of lxml open files in C.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

_FILES = (
    *("read_history_file", "write_history_file", "append_history_file", "read_init_file"),
    "parse_and_bind",
)


def shut(program: Callable[..., None], refuse: Callable[[str], None]) -> None:
    """Refuse what asks nobody: a second database in one, files of lxml, a way to start programs."""
    _attach_nothing()
    _talk_to_nobody(refuse)
    readline: Any = sys.modules.get("readline")
    for name in _FILES if readline else ():
        if hasattr(readline, name):
            setattr(readline, name, lambda *_: refuse("read or write a console's files"))
    etree: Any = sys.modules.get("lxml.etree")
    if etree:
        parse = etree.parse

        def parsed(source: Any, *args: Any, **options: Any) -> Any:
            if hasattr(source, "read"):
                return parse(source, *args, **options)
            with open(source, "rb") as file:  # Python's own, which asks
                return parse(file, *args, **options)

        etree.parse = parsed
        etree.XInclude = lambda *_: refuse("have lxml open other files")
    try:
        import _posixsubprocess
    except ImportError:  # not on Windows
        return
    module: Any = _posixsubprocess
    module.fork_exec = program


def _attach_nothing() -> None:
    """Have a connection to a database hold that one alone: SQL that opens another asks nobody."""
    import _sqlite3
    import sqlite3

    usual: Any = sqlite3.connect

    class Alone(sqlite3.Connection):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            super().setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)

        def setlimit(self, category: int, limit: int, /) -> int:
            attached = category == sqlite3.SQLITE_LIMIT_ATTACHED
            return super().setlimit(category, 0 if attached else limit)

    def connect(*args: Any, **options: Any) -> Any:
        made = args[5] if len(args) > 5 else options.setdefault("factory", Alone)
        if not (isinstance(made, type) and issubclass(made, Alone)):
            args = (*args[:5], Alone, *args[6:]) if len(args) > 5 else args
            options |= {} if len(args) > 5 else {"factory": Alone}
        connection = usual(*args, **options)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        return connection

    for module in (sqlite3, sqlite3.dbapi2, _sqlite3):
        setattr(module, "connect", connect)  # noqa: B010
        setattr(module, "Connection", Alone)  # noqa: B010


def _talk_to_nobody(refuse: Callable[[str], None]) -> None:
    """Have ZeroMQ, which a kernel has loaded, connect within this process alone."""
    try:
        import zmq
    except ImportError:
        return
    socket: Any = zmq.Socket
    for name in ("connect", "bind"):
        usual = getattr(socket, name)

        def within(self: Any, address: Any, *args: Any, usual: Any = usual) -> Any:
            where = address if isinstance(address, str) else bytes(address).decode()
            if not where.startswith("inproc:"):
                refuse(f"open a connection ({where[:60]})")
            return usual(self, address, *args)

        setattr(socket, name, within)
