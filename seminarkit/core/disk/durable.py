"""Which files cannot be made again, by where they are: only those wait for the disk.

What people sent, wrote or decided is *precious*: it is on the disk, with its name in its folder,
before anybody is told so. What the kit makes of it can be made again at any time, so a power cut
may take its newest state; whole or not at all it appears all the same.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

# The first pattern that fits decides; what fits none is precious. "*" goes through folders, too.
TABLE: tuple[tuple[str, bool], ...] = (
    ("received/logs/*/writer.json", False),  # a name, for people
    ("received/*", True),  # files, logs of decisions, links, drafts and issues, their anchors
    ("packs/links.csv", True),  # the log holds hashes of links only
    ("packs/*/my link.txt", True),
    ("packs/*.ipynb", True),  # somebody may have written in it, here in the pack
    ("packs/*", False),
    ("dossiers/*", False),
    ("output/*", False),
    ("seminar.db*", False),
    (".seminar.*", False),
)


def is_precious(path: Path) -> bool:
    """Say whether a file cannot be made again."""
    inside = _in_seminar(path)
    if inside is None:
        return True
    return next((precious for pattern, precious in TABLE if fnmatchcase(inside, pattern)), True)


def _in_seminar(path: Path) -> str | None:
    """Return where a file is in its seminar's folder; None for one outside of any."""
    for folder in path.parents:
        if (folder / "seminar.yml").is_file():
            return path.relative_to(folder).as_posix()
    return None
