"""Tells git and programs that copy folders what to leave out: what is made again, and secrets.

Each computer has an index, locks and outputs of its own; two of them in one place would be mixed.
Links and drafts open somebody's forms, so they stay where they were made.
"""

from __future__ import annotations

from pathlib import Path

from seminarkit.core.disk.files import write_whole
from seminarkit.core.seminar.folder import SeminarFolder

_HEAD = "Written once by the Seminar Kit, and yours to change: what it makes again, and secrets."
# how each program calls its file, and begins a remark and a pattern
_PROGRAMS = (
    (".gitignore", "#", ""),
    (".stignore", "//", ""),  # Syncthing
    (".rsync-filter", "#", "- "),  # rsync -F
)
IGNORE_FILES = tuple(name for name, _, _ in _PROGRAMS)
# from the seminar's folder on, in words that all three read alike
_LEFT_OUT = (
    "/seminar.db*",
    "/.seminar.*",
    "/output",
    "/dossiers",
    "/received/links*",
    "/received/drafts*",
    "/packs/links.csv",
    "/packs/**/my link.txt",
    ".*.half.tmp",
)


def write_ignore_files(folder: SeminarFolder) -> list[Path]:
    """Write those of the files that are not there; return them. One's own are never changed."""
    made = []
    for name, remark, sign in _PROGRAMS:
        path = folder.root / name
        if not path.exists() and not path.is_symlink():
            lines = [f"{remark} {_HEAD}", *(f"{sign}{each}" for each in _LEFT_OUT)]
            write_whole(path, "\n".join(lines) + "\n", 0o600)
            made.append(path)
    return made
