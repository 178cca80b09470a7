"""Who on this computer may read what lies in a seminar's folder: the organiser alone.

Two folders are for others to read: a web server may serve ``output/public``, and passes through
``output`` to get there. A file may be read by those who may read its folder (``write_whole``). A
team that shares one folder sets the group's sign on it (``chmod g+ws``): then its group may too.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PRIVATE = ("inbox", "received", "packs", "dossiers", ".seminar.kernels")
_OUTPUT, _PUBLIC = "output", "public"
_ENDINGS = ("", "-wal", "-shm", ".new", ".new-wal", ".new-shm")
_LOCKS = (".seminar.lock", ".seminar.serve.lock", ".seminar.lock.who", ".seminar.serve.lock.who")
# what the kit, or a person with its help, writes beside all that: nothing private is in it
_PLAIN_FOLDERS = ("notebooks", "readings", "case_studies", "templates")
_PLAIN_FILES = ("seminar.yml", ".gitignore", ".stignore", ".rsync-filter")
_TEAM = stat.S_ISGID | 0o070  # of a folder that a group shares
SYSTEM_KNOWS = os.name != "nt"  # Windows has lists of rights of its own, which folders inherit


def mask_of(root: Path) -> int:
    """Return the umask for a seminar: the owner alone, or with the group that shares the folder."""
    return 0o007 if is_shared(root) else 0o077


def is_shared(root: Path) -> bool:
    """Say whether somebody has opened this folder to a group on purpose."""
    if not SYSTEM_KNOWS:
        return False
    with suppress(OSError):
        mode = root.stat().st_mode
        return bool(mode & stat.S_ISGID and mode & stat.S_IWGRP)
    return False


def close_to_others(root: Path) -> None:
    """Make what this process writes private, and what lies in a seminar's folder already.

    A folder that an older version left open is walked through once. What belongs to somebody else
    is left as it is.
    """
    if not SYSTEM_KNOWS:
        return
    mask = mask_of(root)
    os.umask(mask)
    for folder in private_folders(root):
        if not folder.is_symlink() and folder.is_dir() and _mode(folder) & mask:
            for path in _below(folder):
                _close(path, mask)
            _close(folder, mask)
    for path in private_files(root):
        if path.is_file() and not path.is_symlink():
            _close(path, mask)
    if is_shared(root):
        _share(root)
    output, public = root / _OUTPUT, root / _OUTPUT / _PUBLIC
    if output.is_dir() and not output.is_symlink():
        _change(output, _mode(output) & ~mask | 0o711)
        with suppress(OSError):
            public.mkdir(exist_ok=True)
        if public.is_dir() and not public.is_symlink() and _mode(public) & 0o005 != 0o005:
            for path in (public, *_below(public)):
                _change(path, _mode(path) | (0o755 if path.is_dir() else 0o644))


def _share(root: Path) -> None:
    """Open to the group of the folder what this account wrote before it was shared, once."""
    group = root.stat().st_gid
    plain = [root / name for name in (*_PLAIN_FOLDERS, _OUTPUT, f"{_OUTPUT}/{_PUBLIC}")]
    for folder in (*private_folders(root), *plain):
        if is_ours(folder) and folder.is_dir() and _mode(folder) & _TEAM != _TEAM:
            for path in (*_below(folder), folder):
                _open_to(path, group)
    beside = [*(root / name for name in _PLAIN_FILES), *root.glob(".seminar.*.json")]
    for path in (*private_files(root), *beside):
        if is_ours(path) and path.is_file() and _mode(path) & 0o060 != 0o060:
            _open_to(path, group)


def _open_to(path: Path, group: int) -> None:
    if is_ours(path):
        with suppress(OSError):  # the group is none of this account's
            if path.stat().st_gid != group:
                os.chown(path, -1, group)
            _change(path, _mode(path) | (_TEAM if path.is_dir() else 0o060))


def is_ours(path: Path) -> bool:
    """Say whether a file or folder is this account's own, and no link."""
    if not SYSTEM_KNOWS:
        return True
    with suppress(OSError):
        return path.lstat().st_uid == os.geteuid() and not path.is_symlink()
    return False


def private_folders(root: Path) -> list[Path]:
    """Return the folders that only the organiser may look into."""
    output = root / _OUTPUT
    with suppress(OSError):
        beside = [p for p in output.iterdir() if p.is_dir() and p.name != _PUBLIC]
        return [*(root / name for name in PRIVATE), *sorted(beside)]
    return [root / name for name in PRIVATE]


def private_files(root: Path) -> list[Path]:
    """Return the files beside those folders that only the organiser may read."""
    output = root / _OUTPUT
    loose = [p for p in output.glob("*") if p.is_file()] if output.is_dir() else []
    names = [f"seminar.db{ending}" for ending in _ENDINGS]
    return [*(root / name for name in (*names, *_LOCKS)), *loose]


def open_to_others(root: Path) -> list[Path]:
    """Return what others on this computer may read or look into, though it is private."""
    if not SYSTEM_KNOWS:
        return []
    mask = mask_of(root)
    there = [p for p in (*private_folders(root), *private_files(root)) if p.exists()]
    return [path for path in there if _mode(path) & mask]


def mode_beside(folder: Path) -> int:
    """Return the rights of a new file: who may read its folder may read it."""
    if not SYSTEM_KNOWS:
        return 0o644
    mode = _mode(folder)
    return 0o600 | (mode & 0o040) | (mode & 0o004) | (mode & 0o020 if mode & stat.S_ISGID else 0)


def mode_of_group(folder: Path) -> int:
    """Return the rights that the group which shares a folder has to a private file in it."""
    if not SYSTEM_KNOWS:
        return 0
    mode = _mode(folder)
    return 0o060 if mode & stat.S_ISGID and mode & stat.S_IWGRP else 0


def make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it: private in a seminar, elsewhere as the one it lies in.

    Returns those that were not there before.
    """
    missing = []
    above = folder
    while not above.exists():
        missing.append(above)
        above = above.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        if SYSTEM_KNOWS:
            _change(each, _mode_of_new(each))
    return missing


def _mode_of_new(folder: Path) -> int:
    parent, name = folder.parent, folder.name
    above = _mode(parent)
    group = above & (stat.S_ISGID | 0o070) if above & stat.S_ISGID else 0
    if _is_seminar(parent):
        return (0o711 if name == _OUTPUT else 0o700) | group
    if parent.name == _OUTPUT and _is_seminar(parent.parent):
        return (0o755 if name == _PUBLIC else 0o700) | group
    return 0o700 | group | (0o050 if above & 0o040 else 0) | (0o005 if above & 0o004 else 0)


def _is_seminar(folder: Path) -> bool:
    return (folder / "seminar.yml").is_file()


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if not path.is_symlink():
            yield path


def _close(path: Path, mask: int) -> None:
    with suppress(FileNotFoundError):  # another command has just put it away
        _change(path, _mode(path) & ~mask)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _change(path: Path, mode: int) -> None:
    with suppress(OSError):  # of somebody else, or on a disk that knows no rights
        if _mode(path) != mode:
            path.chmod(mode)
