"""Find the seminar to which a folder belongs."""

from __future__ import annotations

import os
from pathlib import Path

_VARIABLE = "SEMINAR_FOLDER"  # the environment variable with the default folder
# a seminar.yml below these folders is a received file
RESERVED = ("inbox", "received", "packs", "dossiers", "output")


def nearest_seminar(start: Path) -> Path | None:
    """Return the nearest folder with a seminar.yml, from ``start`` upwards, or None.

    A seminar in the inbox or the outputs of another seminar is ignored.
    """
    here = start.resolve()
    candidates = [f for f in (here, *here.parents) if (f / "seminar.yml").is_file()]
    for number, folder in enumerate(candidates):
        if not any(
            folder.relative_to(outer).parts[0] in RESERVED for outer in candidates[number + 1 :]
        ):
            return folder
    return None


def seminar_from(start: Path) -> Path | None:
    """Return the seminar around ``start``, else the seminar in the variable SEMINAR_FOLDER."""
    if folder := nearest_seminar(start):
        return folder
    default = os.environ.get(_VARIABLE, "").strip()
    return nearest_seminar(Path(default)) if default else None


def not_in_seminar_message(start: Path) -> str:
    """Return an error message for a folder outside a seminar, with the remedy."""
    default = os.environ.get(_VARIABLE, "").strip()
    also = f", nor in {default} ({_VARIABLE})" if default else ""
    return (
        f"There is no seminar.yml in {start} or above it{also}. Go to your seminar's folder, or "
        f"name it: seminar --folder PATH …; in a notebook: %env {_VARIABLE} PATH"
    )
