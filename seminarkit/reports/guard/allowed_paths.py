"""Which places of a seminar's folder a report may open: by where a path leads, not by its name.

A path leads where its links lead, and a file or folder that has another name elsewhere (a hard
link, a mounted folder, other capitals on a disk that knows none) is known by its number on the
disk.
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
from seminarkit.reports.guard.scratch import of_a_run

# What organisers write for everybody, and what the kit's own pages are made with.
OPEN = ("notebooks", "templates", "readings", "case_studies")
_PUBLIC = ("output/public", "output/reports/public", "dossiers/public")
# Code may lie anywhere in the folder but where files of others come and go.
_NEVER_CODE = ("inbox", "received", "packs", "dossiers", "output", "logs")
_CODE = (".py", ".pyc", ".pyd", ".so")
_HOME = (".cache", ".config", ".ipython", ".jupyter", ".local", ".matplotlib")  # of a person
_SETTINGS = (
    *("IPYTHONDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
    *("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"),
    "APPDATA",  # of Windows
)
_MACOS = ("Library/Caches", "Library/Jupyter", "Library/Preferences")
Number = tuple[int, int]


def _code_places() -> tuple[str, ...]:
    """Return the folders of Python, its libraries and the kit."""
    paths = sysconfig.get_paths()
    found = {sys.prefix, sys.base_prefix, str(PACKAGE), paths["stdlib"], paths["purelib"]}
    found.add(site.getusersitepackages())
    return tuple(sorted({each for p in found for each in (p, os.path.realpath(p))}))


def _library_places() -> tuple[str, ...]:
    """Return where libraries keep settings and caches of their own."""
    home = os.path.expanduser("~")
    named = [os.environ[name] for name in _SETTINGS if os.environ.get(name)]
    folders = [*(os.path.join(home, name) for name in (*_HOME, *_MACOS)), *named, "/proc"]
    return tuple(map(os.path.realpath, folders))


@dataclass
class Places:
    """The seminar in ``root``, for a report that was given the dossier ``own``.

    ``mine`` are files that the run itself reads or writes: its notebook, its result.
    """

    root: str
    own: str
    mine: tuple[str, ...] = ()
    _code: tuple[str, ...] = field(default_factory=_code_places)
    _libraries: tuple[str, ...] = field(default_factory=_library_places)
    _numbers: dict[Number, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root, self.own = os.path.realpath(self.root), os.path.realpath(self.own)
        self.mine = tuple(os.path.realpath(each) for each in self.mine)
        spare = os.path.realpath(tempfile.gettempdir())
        # only what lies beside or below the seminar: a folder that holds it would open all of it
        self._code = tuple(p for p in (*self._code, spare) if not _below(self.root, p))
        self._numbers = {n: "." for n in [_number(self.root)] if n}
        for entry in _entries(self.root):
            name = os.path.basename(entry)
            if name not in OPEN and (number := _number(entry)):
                self._numbers[number] = name

    def kept_from(self, path: str) -> str:
        """Return the name of a place of the seminar that is not for this report; '' if it may."""
        real = os.path.realpath(path)
        if real == self.own or self._is_mine(real):
            return ""
        inside = self._inside(real)
        if inside is None:
            return self._other_name(real) or self._of_another(real)
        return "" if self._is_open(inside, real) else inside

    def for_public(self, path: str) -> str:
        """Return the name of a place that public pages are made of or lie in; '' for others."""
        inside = self._inside(os.path.realpath(path)) or ""
        return inside if any(_below(inside, each) for each in _PUBLIC) else ""

    def read_by_public(self, path: str) -> str:
        """Return the name of a place that a report for the public could read; '' for others.

        What libraries keep for themselves (caches, compiled modules) is not asked about.
        """
        real = os.path.realpath(path)
        if self._is_mine(real):
            return ""
        inside = self._inside(real)
        if inside is not None:
            return inside if self.for_public(real) or self._is_open(inside, real) else ""
        known = any(_below(real, place) for place in (*self._code, *self._libraries))
        return "" if known or _is_device(real) else real

    def _is_mine(self, real: str) -> bool:
        """Say whether a file is the run's own, or one on its way to be."""
        for mine in self.mine:
            folder, name = os.path.split(mine)
            stem = name.rpartition(".")[0]
            at, there = os.path.split(real)
            if real == mine or (at == folder and there.startswith((f"{stem}.", f".{stem}."))):
                return True
            if real == folder:
                return True
        return False

    def _inside(self, real: str) -> str | None:
        """Return a path from the seminar's folder, None where it lies elsewhere."""
        if _below(real, self.root):
            return os.path.relpath(real, self.root).replace(os.sep, "/")
        if any(_below(real, place) for place in self._code):
            return None
        rest, here = "", real
        while True:
            known = self._numbers.get(_number(here) or (0, 0))
            if known is not None and os.path.isdir(here):
                return os.path.normpath(os.path.join(known, rest)).replace(os.sep, "/")
            above, name = os.path.split(here)
            if above == here:
                return None
            rest, here = os.path.join(name, rest) if rest else name, above

    def _is_open(self, inside: str, real: str) -> bool:
        top = inside.split("/", 1)[0]
        if top in (".", *OPEN, *_HOME):
            return True
        if top in _NEVER_CODE:
            return False
        return inside.endswith(_CODE) or any(_below(real, place) for place in self._code)

    def _other_name(self, real: str) -> str:
        """Return whose other name a file elsewhere is: only a file with several can be one."""
        try:
            looks = os.stat(real)
        except OSError:
            return ""
        number = (looks.st_dev, looks.st_ino)
        if number in self._numbers:
            return self._numbers[number]
        if looks.st_nlink < 2 or not stat.S_ISREG(looks.st_mode):
            return ""
        if any(_below(real, place) for place in self._code):
            return ""
        own = _number(self.own)
        for file in _files(self.root):
            if _number(file) == number and number != own:
                return os.path.relpath(file, self.root).replace(os.sep, "/")
        return ""

    def _of_another(self, real: str) -> str:
        """Return the place of a file in another seminar, or of another report's, or ''."""
        spare = os.path.realpath(tempfile.gettempdir())  # a copy may well lie there
        if of_a_run(real) and not _below(real, spare):
            return "the temporary files of another report"
        if any(_below(real, place) for place in self._code if place != spare):
            return ""
        rest, here = "", real
        while True:
            above, name = os.path.split(here)
            if above == here:
                return ""
            rest, here = os.path.join(name, rest) if rest else name, above
            private = name in _NEVER_CODE or name.startswith("seminar.db")
            if private and os.path.isfile(os.path.join(here, "seminar.yml")):
                return rest.replace(os.sep, "/")


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_device(path: str) -> bool:
    """Say whether a path is that of a device, such as /dev/null: no file that is read again."""
    try:
        return stat.S_ISCHR(os.stat(path).st_mode)
    except OSError:
        return False


def _number(path: str) -> Number | None:
    try:
        looks = os.stat(path)
    except OSError:
        return None
    return looks.st_dev, looks.st_ino


def _entries(folder: str) -> list[str]:
    try:
        return [entry.path for entry in os.scandir(folder)]
    except OSError:
        return []


def _files(root: str) -> Iterator[str]:
    """Yield every file of the seminar that is not open to all."""
    for top in _entries(root):
        if os.path.basename(top) in OPEN:
            continue
        if not os.path.isdir(top):
            yield top
        for folder, _, names in os.walk(top):
            yield from (os.path.join(folder, name) for name in names)
