"""Finds the seminar that a folder is in."""

from __future__ import annotations

import os
from pathlib import Path

_NAMED_BY = "SEMINAR_FOLDER"  # the variable that names the folder where none is around
OF_OTHERS = ("inbox", "received", "packs", "dossiers", "output")  # never a seminar of its own


def nearest_seminar(start: Path) -> Path | None:
    """Return the nearest folder with a seminar.yml, from ``start`` upwards; None without any.

    One in the inbox of another seminar, or where that one keeps what it makes, is a file that came
    like others: its notebooks are not run.
    """
    here = start.resolve()
    around = [f for f in (here, *here.parents) if (f / "seminar.yml").is_file()]
    for number, folder in enumerate(around):
        if not any(folder.relative_to(o).parts[0] in OF_OTHERS for o in around[number + 1 :]):
            return folder
    return None


def seminar_from(start: Path) -> Path | None:
    """Return the seminar that ``start`` lies in, else the one that SEMINAR_FOLDER names."""
    if around := nearest_seminar(start):
        return around
    named = os.environ.get(_NAMED_BY, "").strip()
    return nearest_seminar(Path(named)) if named else None


def no_seminar_words(start: Path) -> str:
    """Return in a sentence that a folder lies in no seminar, and how to name one."""
    named = os.environ.get(_NAMED_BY, "").strip()
    also = f", nor in {named} ({_NAMED_BY})" if named else ""
    return (
        f"There is no seminar.yml in {start} or above it{also}. Go to your seminar's folder, or "
        f"name it: seminar --folder PATH …; in a notebook: %env {_NAMED_BY} PATH"
    )
