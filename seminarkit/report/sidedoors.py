"""The ways past Python's questions that are loaded already: they are shut one by one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def shut(refuse: Callable[..., None]) -> None:
    """Refuse what asks nobody: a second database in one, files of lxml, a way to start programs."""
    _attach_nothing()
    etree: Any = sys.modules.get("lxml.etree")
    if etree:
        parse = etree.parse

        def parsed(source: Any, *args: Any, **options: Any) -> Any:
            if hasattr(source, "read"):
                return parse(source, *args, **options)
            with open(source, "rb") as file:  # Python's own, which asks
                return parse(file, *args, **options)

        etree.parse = parsed
    try:
        import _posixsubprocess
    except ImportError:  # not on Windows
        return
    module: Any = _posixsubprocess
    module.fork_exec = refuse


def _attach_nothing() -> None:
    """Have a connection to a database hold that one alone: SQL that opens another asks nobody."""
    import _sqlite3
    import sqlite3

    usual: Any = sqlite3.connect

    class Alone(sqlite3.Connection):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)

    def connect(*args: Any, **options: Any) -> Any:
        if len(args) < 6:  # the sixth is the class of the connection
            options.setdefault("factory", Alone)
        connection = usual(*args, **options)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        return connection

    for module in (sqlite3, sqlite3.dbapi2, _sqlite3):
        setattr(module, "connect", connect)  # noqa: B010
        setattr(module, "Connection", Alone)  # noqa: B010
