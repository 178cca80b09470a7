"""Which account of a computer may not do something with a file, in words."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def rights_words(path: Path) -> str:
    """Say which account may not open or write to a path, and the cure; nothing on Windows.

    Of what is not there, or is in a closed folder, the folder above is meant.
    """
    if sys.platform == "win32":
        return ""
    meant = path
    while not _is_known(meant) and meant != meant.parent:
        meant = meant.parent
    us, owner = os.geteuid(), meant.stat().st_uid
    place = "" if meant == path else f" {meant}"
    what = f"The account {_name(us)} cannot open it or write to it"
    if us == owner:
        letters = "rwx" if meant.is_dir() else "rw"
        return f"{what}. This account is its owner. Run: chmod u+{letters} '{meant}'"
    return (
        f"{what}; the owner of{place or ' it'} is {_name(owner)}. Ask them to do it, or to share "
        "the seminar's folder with a group ('seminar doctor' says how)"
    )


def _is_known(path: Path) -> bool:
    with suppress(OSError):
        path.stat()
        return True
    return False


if sys.platform != "win32":
    import pwd

    def _name(number: int) -> str:
        """Return the name of an account, or its number where it has none."""
        try:
            return f"'{pwd.getpwuid(number).pw_name}'"
        except KeyError:
            return f"number {number}"
