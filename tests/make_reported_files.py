"""Writes the files with traits of public bug reports into a folder, to look at or to try by hand.

    python tests/make_reported_files.py FOLDER

They are made anew for each test, from the sample seminar's own forms, and so are not committed;
tests/cases/reported/README.md is the log of what each is, where it was reported, and what is
expected.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from reported_archives import archives
from reported_mails import mails
from reported_notebooks import notebooks
from reported_texts import seminars, texts
from reported_word import words


def received() -> dict[str, bytes]:
    """Return what may lie in an inbox: each file by its name, which begins with its number."""
    return dict([*mails(), *archives(), *notebooks(), *words(), *texts()])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say into which folder: python tests/make_reported_files.py FOLDER")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in [*received().items(), *seminars()]:
        (folder / name).write_bytes(data)
