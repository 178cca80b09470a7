"""Write ignore files for git, Syncthing and rsync.

Generated files of different computers must not be mixed. Links and drafts give access to personal
forms, so they must not be copied.
"""

from __future__ import annotations

from pathlib import Path

from seminarkit.core.disk.files import write_whole
from seminarkit.core.seminar.folder import SeminarFolder

_HEAD = "The Seminar Kit wrote this file once; you may change it. Generated files and secrets:"
# the file of each program, its comment sign and the prefix of a pattern
_PROGRAMS = (
    (".gitignore", "#", ""),
    (".stignore", "//", ""),  # Syncthing
    (".rsync-filter", "#", "- "),  # rsync -F
)
IGNORE_FILES = tuple(name for name, _, _ in _PROGRAMS)
# relative to the seminar's folder, in the syntax that all three share
_PATTERNS = (
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
    """Write the missing ignore files and return their paths. Existing files stay unchanged."""
    created = []
    for name, comment, prefix in _PROGRAMS:
        path = folder.root / name
        if not path.exists() and not path.is_symlink():
            lines = [f"{comment} {_HEAD}", *(f"{prefix}{pattern}" for pattern in _PATTERNS)]
            write_whole(path, "\n".join(lines) + "\n", 0o600)
            created.append(path)
    return created
