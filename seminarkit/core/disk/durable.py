"""Decides by path which files are synced to the disk (fsync): those that cannot be made again.

What people sent, wrote or decided is *precious*: the file and its folder entry are on the disk
before the kit reports success. What the kit makes from it can be made again, so a power cut may
lose its newest state; it is still written atomically.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

# The first matching pattern decides; the default is precious. "*" matches "/" too.
TABLE: tuple[tuple[str, bool], ...] = (
    ("received/*", True),  # files, logs of decisions, links, drafts and issues, their anchors
    ("packs/links.csv", True),  # the log contains only hashes of links
    ("packs/*/my link.txt", True),
    ("packs/*.ipynb", True),  # somebody may have filled it in here
    ("packs/*", False),
    ("dossiers/*", False),
    ("output/*", False),
    ("seminar.db*", False),
    (".seminar.*", False),
)


def is_precious(path: Path) -> bool:
    """Say whether a file cannot be made again."""
    path_in_seminar = _path_in_seminar(path)
    if path_in_seminar is None:
        return True
    return next(
        (precious for pattern, precious in TABLE if fnmatchcase(path_in_seminar, pattern)), True
    )


def _path_in_seminar(path: Path) -> str | None:
    """Return the path of a file within its seminar's folder; None if it is in no seminar."""
    for folder in path.parents:
        if (folder / "seminar.yml").is_file():
            return path.relative_to(folder).as_posix()
    return None
