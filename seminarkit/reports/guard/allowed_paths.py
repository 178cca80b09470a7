"""Decide which paths of a seminar's folder a report may open, whatever name it uses for them.

Symbolic links are resolved. Files and folders that have another name elsewhere (hard links, mounted
folders, other capitals on a case-insensitive disk) are recognised by device and inode.
"""

from __future__ import annotations

import os
import site
import stat
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from seminarkit.core.package_folder import PACKAGE
from seminarkit.reports.guard.scratch import is_scratch

# Folders that every report may read: what organisers write for everybody, and page templates.
OPEN = ("notebooks", "templates", "readings", "case_studies")
_PUBLIC = ("output/public", "output/reports/public", "dossiers/public")
# Code may be anywhere in the seminar's folder except where files from other people are stored.
_NEVER_CODE = ("inbox", "received", "packs", "dossiers", "output", "logs")
_CODE = (".py", ".pyc", ".pyd", ".so")
_HOME = (".cache", ".config", ".ipython", ".jupyter", ".local", ".matplotlib")  # in a home folder
_SETTINGS = (
    *("IPYTHONDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
    *("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"),
    "APPDATA",  # on Windows
)
_MACOS = ("Library/Caches", "Library/Jupyter", "Library/Preferences")
Inode = tuple[int, int]


def _code_places() -> tuple[str, ...]:
    """Return the folders of Python, its libraries and the kit."""
    paths = sysconfig.get_paths()
    folders = {sys.prefix, sys.base_prefix, str(PACKAGE), paths["stdlib"], paths["purelib"]}
    folders.add(site.getusersitepackages())
    return tuple(sorted({p for path in folders for p in (path, os.path.realpath(path))}))


def _library_places() -> tuple[str, ...]:
    """Return the folders where libraries store settings and caches."""
    home = os.path.expanduser("~")
    configured = [os.environ[name] for name in _SETTINGS if os.environ.get(name)]
    folders = [*(os.path.join(home, name) for name in (*_HOME, *_MACOS)), *configured, "/proc"]
    return tuple(map(os.path.realpath, folders))


@dataclass
class AllowedPaths:
    """The places in the seminar at ``root`` that a report with the dossier ``own`` may open.

    ``mine`` are files that the run itself reads or writes, such as its notebook and output.
    """

    root: str
    own: str
    mine: tuple[str, ...] = ()
    _code: tuple[str, ...] = field(default_factory=_code_places)
    _libraries: tuple[str, ...] = field(default_factory=_library_places)
    _places_by_inode: dict[Inode, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root, self.own = os.path.realpath(self.root), os.path.realpath(self.own)
        self.mine = tuple(os.path.realpath(path) for path in self.mine)
        temporary = os.path.realpath(tempfile.gettempdir())
        # a folder that contains the seminar is left out, as it would open all of it
        self._code = tuple(p for p in (*self._code, temporary) if not _is_below(self.root, p))
        self._places_by_inode = {inode: "." for inode in [_inode(self.root)] if inode}
        for entry in _entries(self.root):
            name = os.path.basename(entry)
            if name not in OPEN and (inode := _inode(entry)):
                self._places_by_inode[inode] = name

    def forbidden_place(self, path: str) -> str:
        """Return the place of a path in the seminar, if this report may not open it; else ''."""
        real = os.path.realpath(path)
        if real == self.own or self._is_mine(real):
            return ""
        relative = self._relative_path(real)
        if relative is None:
            return self._place_of_hard_link(real) or self._foreign_place(real)
        return "" if self._is_open(relative, real) else relative

    def public_place(self, path: str) -> str:
        """Return the place of a path in the folders of public files, or ''."""
        relative = self._relative_path(os.path.realpath(path)) or ""
        return relative if any(_is_below(relative, place) for place in _PUBLIC) else ""

    def publicly_readable_place(self, path: str) -> str:
        """Return the place of a path that a report for the public could read, or ''.

        Caches and compiled modules of libraries do not count.
        """
        real = os.path.realpath(path)
        if self._is_mine(real):
            return ""
        relative = self._relative_path(real)
        if relative is not None:
            return relative if self.public_place(real) or self._is_open(relative, real) else ""
        is_libraries = any(_is_below(real, place) for place in (*self._code, *self._libraries))
        return "" if is_libraries or _is_device(real) else real

    def _is_mine(self, real: str) -> bool:
        """Say whether a path is one of the run's own files, or a temporary version of one."""
        for mine in self.mine:
            folder, name = os.path.split(mine)
            stem = name.rpartition(".")[0]
            parent, base = os.path.split(real)
            if real == mine or (parent == folder and base.startswith((f"{stem}.", f".{stem}."))):
                return True
            if real == folder:
                return True
        return False

    def _relative_path(self, real: str) -> str | None:
        """Return a path relative to the seminar's folder, or None if it is elsewhere."""
        if _is_below(real, self.root):
            return os.path.relpath(real, self.root).replace(os.sep, "/")
        if any(_is_below(real, place) for place in self._code):
            return None
        rest, ancestor = "", real
        while True:
            place_name = self._places_by_inode.get(_inode(ancestor) or (0, 0))
            if place_name is not None and os.path.isdir(ancestor):
                return os.path.normpath(os.path.join(place_name, rest)).replace(os.sep, "/")
            parent, name = os.path.split(ancestor)
            if parent == ancestor:
                return None
            rest, ancestor = os.path.join(name, rest) if rest else name, parent

    def _is_open(self, relative: str, real: str) -> bool:
        top = relative.split("/", 1)[0]
        if top in (".", *OPEN, *_HOME):
            return True
        if top in _NEVER_CODE:
            return False
        return relative.endswith(_CODE) or any(_is_below(real, place) for place in self._code)

    def _place_of_hard_link(self, real: str) -> str:
        """Return the place of the seminar's file that this path is a hard link to, or ''."""
        try:
            status = os.stat(real)
        except OSError:
            return ""
        inode = (status.st_dev, status.st_ino)
        if inode in self._places_by_inode:
            return self._places_by_inode[inode]
        if status.st_nlink < 2 or not stat.S_ISREG(status.st_mode):
            return ""
        if any(_is_below(real, place) for place in self._code):
            return ""
        own = _inode(self.own)
        for file in _files(self.root):
            if _inode(file) == inode and inode != own:
                return os.path.relpath(file, self.root).replace(os.sep, "/")
        return ""

    def _foreign_place(self, real: str) -> str:
        """Return the place of a file of another seminar or another report, or ''."""
        temporary = os.path.realpath(tempfile.gettempdir())  # copies of seminars there are allowed
        if is_scratch(real) and not _is_below(real, temporary):
            return "the temporary files of another report"
        if any(_is_below(real, place) for place in self._code if place != temporary):
            return ""
        rest, ancestor = "", real
        while True:
            parent, name = os.path.split(ancestor)
            if parent == ancestor:
                return ""
            rest, ancestor = os.path.join(name, rest) if rest else name, parent
            private = name in _NEVER_CODE or name.startswith("seminar.db")
            if private and os.path.isfile(os.path.join(ancestor, "seminar.yml")):
                return rest.replace(os.sep, "/")


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_device(path: str) -> bool:
    """Say whether a path is a character device, such as /dev/null, which stores nothing."""
    try:
        return stat.S_ISCHR(os.stat(path).st_mode)
    except OSError:
        return False


def _inode(path: str) -> Inode | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _entries(folder: str) -> list[str]:
    try:
        return [entry.path for entry in os.scandir(folder)]
    except OSError:
        return []


def _files(root: str) -> Iterator[str]:
    """Yield every file of the seminar that is not in an open folder."""
    for top in _entries(root):
        if os.path.basename(top) in OPEN:
            continue
        if not os.path.isdir(top):
            yield top
        for folder, _, names in os.walk(top):
            yield from (os.path.join(folder, name) for name in names)
