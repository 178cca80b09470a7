"""Finds the seminar that a folder is in."""

from __future__ import annotations

from pathlib import Path

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
