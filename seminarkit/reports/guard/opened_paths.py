"""Read the paths in the arguments of Python's audit events."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote_to_bytes


def paths(path: Any) -> list[str]:
    """Return a path as text in a list; empty for a file descriptor."""
    if path is None:
        return [os.curdir]
    if isinstance(path, int):
        return []
    try:
        return [os.fsdecode(path)]
    except (TypeError, ValueError):
        return []


def database_paths(path: Any) -> list[str]:
    """Return the paths that a database name may stand for: a plain path, or that of a file: URI."""
    names = [] if path in (":memory:", "", b"") else paths(path)
    for name in [*names]:
        if name[:5].lower() == "file:":
            rest = name[5:].split("#", 1)[0].split("?", 1)[0]
            if rest.startswith("//"):
                rest = rest[2:].partition("/")[1] + rest[2:].partition("/")[2]
            names.append(os.fsdecode(unquote_to_bytes(os.fsencode(rest))))
    return [name for name in names if name and "\0" not in name]


def is_only_read(path: Any) -> bool:
    """Say whether a database is opened read-only or in memory, according to its URI."""
    address, _, query = next(iter(paths(path)), "").partition("?")
    modes = {"mode=ro", "mode=memory", "immutable=1"}
    return address[:5].lower() == "file:" and not modes.isdisjoint(query.split("&"))


def open_folders(path: Any) -> list[str]:
    """Return the open folders, as a relative path may be relative to the descriptor of one."""
    if isinstance(path, int) or os.path.isabs(os.fsdecode(path)):
        return []
    try:
        links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    except OSError:
        return []
    return [os.path.realpath(link) for link in links if os.path.isdir(link)]


def shown_argument(args: tuple[Any, ...]) -> str:
    """Return a short text of the first argument, for messages."""
    words = args[0] if args else ""
    if isinstance(words, list | tuple):
        words = " ".join(map(str, words))
    return os.fsdecode(words)[:60] if isinstance(words, str | bytes) else str(words)[:60]
