"""What Python asks about before it opens something: the paths that are meant, as text."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote_to_bytes


def paths(path: Any) -> list[str]:
    """Return a path as text; nothing for a file that is open already."""
    if path is None:
        return [os.curdir]
    if isinstance(path, int):
        return []
    try:
        return [os.fsdecode(path)]
    except (TypeError, ValueError):
        return []


def database_paths(path: Any) -> list[str]:
    """Return what a database's name may mean: a path, or an address of a file."""
    names = [] if path in (":memory:", "", b"") else paths(path)
    for name in [*names]:
        if name[:5].lower() == "file:":
            rest = name[5:].split("#", 1)[0].split("?", 1)[0]
            if rest.startswith("//"):
                rest = rest[2:].partition("/")[1] + rest[2:].partition("/")[2]
            names.append(os.fsdecode(unquote_to_bytes(os.fsencode(rest))))
    return [name for name in names if name and "\0" not in name]


def is_only_read(path: Any) -> bool:
    """Say whether a database is opened so that nothing is written: by its address, not its name."""
    address, _, wishes = next(iter(paths(path)), "").partition("?")
    modes = {"mode=ro", "mode=memory", "immutable=1"}
    return address[:5].lower() == "file:" and not modes.isdisjoint(wishes.split("&"))


def open_folders(path: Any) -> list[str]:
    """Return the folders that are open, from which a path may begin that names no beginning."""
    if isinstance(path, int) or os.path.isabs(os.fsdecode(path)):
        return []
    try:
        links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    except OSError:
        return []
    return [os.path.realpath(link) for link in links if os.path.isdir(link)]


def shown(args: tuple[Any, ...]) -> str:
    """Return what was asked for, short, for people."""
    words = args[0] if args else ""
    if isinstance(words, list | tuple):
        words = " ".join(map(str, words))
    return os.fsdecode(words)[:60] if isinstance(words, str | bytes) else str(words)[:60]
