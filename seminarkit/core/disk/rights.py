"""File modes in a seminar's folder: only the organiser can read it.

One folder is for everybody: a web server may serve ``output/public``, and needs search permission
on ``output`` for that. A file has the readers of its folder (``write_whole``). A team that shares
one folder sets its setgid bit (``chmod g+ws``): then the group has access as well.
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
# files beside them that contain nothing private
_PLAIN_FOLDERS = ("notebooks", "readings", "case_studies", "templates")
_PLAIN_FILES = ("seminar.yml", ".gitignore", ".stignore", ".rsync-filter")
_TEAM = stat.S_ISGID | 0o070  # the mode bits of a shared folder
SYSTEM_KNOWS = os.name != "nt"  # Windows has access control lists, which folders inherit


def mask_of(root: Path) -> int:
    """Return the umask for a seminar: owner only, or owner and group in a shared folder."""
    return 0o007 if is_shared(root) else 0o077


def is_shared(root: Path) -> bool:
    """Say whether the folder is shared with a group (setgid and group-writable)."""
    if not SYSTEM_KNOWS:
        return False
    with suppress(OSError):
        mode = root.stat().st_mode
        return bool(mode & stat.S_ISGID and mode & stat.S_IWGRP)
    return False


def close_to_others(root: Path) -> None:
    """Set the umask of this process, and make the existing files of a seminar private.

    A folder that an older version left open is walked through once. Files of other accounts are
    left as they are.
    """
    if not SYSTEM_KNOWS:
        return
    mask = mask_of(root)
    os.umask(mask)
    for folder in private_folders(root):
        if not folder.is_symlink() and folder.is_dir() and _mode(folder) & mask:
            for path in _paths_below(folder):
                _close(path, mask)
            _close(folder, mask)
    for path in private_files(root):
        if path.is_file() and not path.is_symlink():
            _close(path, mask)
    if is_shared(root):
        _share(root)
    output, public = root / _OUTPUT, root / _OUTPUT / _PUBLIC
    if output.is_dir() and not output.is_symlink():
        _set_mode(output, _mode(output) & ~mask | 0o711)
        with suppress(OSError):
            public.mkdir(exist_ok=True)
        if public.is_dir() and not public.is_symlink() and _mode(public) & 0o005 != 0o005:
            for path in (public, *_paths_below(public)):
                _set_mode(path, _mode(path) | (0o755 if path.is_dir() else 0o644))


def _share(root: Path) -> None:
    """Give the group access to the files that this account wrote before the folder was shared."""
    group = root.stat().st_gid
    plain_folders = [root / name for name in (*_PLAIN_FOLDERS, _OUTPUT, f"{_OUTPUT}/{_PUBLIC}")]
    for folder in (*private_folders(root), *plain_folders):
        if is_ours(folder) and folder.is_dir() and _mode(folder) & _TEAM != _TEAM:
            for path in (*_paths_below(folder), folder):
                _open_to_group(path, group)
    plain_files = [*(root / name for name in _PLAIN_FILES), *root.glob(".seminar.*.json")]
    for path in (*private_files(root), *plain_files):
        if is_ours(path) and path.is_file() and _mode(path) & 0o060 != 0o060:
            _open_to_group(path, group)


def _open_to_group(path: Path, group: int) -> None:
    if is_ours(path):
        with suppress(OSError):  # this account is not in the group
            if path.stat().st_gid != group:
                os.chown(path, -1, group)
            _set_mode(path, _mode(path) | (_TEAM if path.is_dir() else 0o060))


def is_ours(path: Path) -> bool:
    """Say whether this account owns a file or folder, and it is not a link."""
    if not SYSTEM_KNOWS:
        return True
    with suppress(OSError):
        return path.lstat().st_uid == os.geteuid() and not path.is_symlink()
    return False


def private_folders(root: Path) -> list[Path]:
    """Return the folders that only the organiser may read."""
    output = root / _OUTPUT
    with suppress(OSError):
        others = [p for p in output.iterdir() if p.is_dir() and p.name != _PUBLIC]
        return [*(root / name for name in PRIVATE), *sorted(others)]
    return [root / name for name in PRIVATE]


def private_files(root: Path) -> list[Path]:
    """Return the files outside those folders that only the organiser may read."""
    output = root / _OUTPUT
    loose = [p for p in output.glob("*") if p.is_file()] if output.is_dir() else []
    names = [f"seminar.db{ending}" for ending in _ENDINGS]
    return [*(root / name for name in (*names, *_LOCKS)), *loose]


def open_to_others(root: Path) -> list[Path]:
    """Return the private files and folders that other accounts can read."""
    if not SYSTEM_KNOWS:
        return []
    mask = mask_of(root)
    existing = [p for p in (*private_folders(root), *private_files(root)) if p.exists()]
    return [path for path in existing if _mode(path) & mask]


def mode_beside(folder: Path) -> int:
    """Return the mode of a new file: readable for the readers of its folder."""
    if not SYSTEM_KNOWS:
        return 0o644
    mode = _mode(folder)
    return 0o600 | (mode & 0o040) | (mode & 0o004) | (mode & 0o020 if mode & stat.S_ISGID else 0)


def mode_of_group(folder: Path) -> int:
    """Return the mode bits of the group for a private file in a folder; 0 if it is not shared."""
    if not SYSTEM_KNOWS:
        return 0
    mode = _mode(folder)
    return 0o060 if mode & stat.S_ISGID and mode & stat.S_IWGRP else 0


def make_folder(folder: Path) -> list[Path]:
    """Make a folder and its parents: private in a seminar, else with the mode of the parent.

    Returns the folders that are new, the innermost first.
    """
    missing = []
    above = folder
    while not above.exists():
        missing.append(above)
        above = above.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        if SYSTEM_KNOWS:
            _set_mode(new, _mode_of_new(new))
    return missing


def _mode_of_new(folder: Path) -> int:
    parent, name = folder.parent, folder.name
    parent_mode = _mode(parent)
    group = parent_mode & (stat.S_ISGID | 0o070) if parent_mode & stat.S_ISGID else 0
    if _is_seminar(parent):
        return (0o711 if name == _OUTPUT else 0o700) | group
    if parent.name == _OUTPUT and _is_seminar(parent.parent):
        return (0o755 if name == _PUBLIC else 0o700) | group
    return (
        0o700
        | group
        | (0o050 if parent_mode & 0o040 else 0)
        | (0o005 if parent_mode & 0o004 else 0)
    )


def _is_seminar(folder: Path) -> bool:
    return (folder / "seminar.yml").is_file()


def _paths_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if not path.is_symlink():
            yield path


def _close(path: Path, mask: int) -> None:
    with suppress(FileNotFoundError):  # another command has just moved it
        _set_mode(path, _mode(path) & ~mask)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _set_mode(path: Path, mode: int) -> None:
    with suppress(OSError):  # of another account, or a disk without modes
        if _mode(path) != mode:
            path.chmod(mode)
