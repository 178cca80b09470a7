"""Explains which account lacks access to a file."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def rights_words(path: Path) -> str:
    """Return a sentence on which account lacks access to a path, and the cure; empty on Windows.

    If the path does not exist or is in a closed folder, the sentence is on the nearest folder above
    that can be examined.
    """
    if sys.platform == "win32":
        return ""
    target = path
    while not _can_be_examined(target) and target != target.parent:
        target = target.parent
    account, owner = os.geteuid(), target.stat().st_uid
    place = "" if target == path else f" {target}"
    what = f"The account {_name(account)} cannot open it or write to it"
    if account == owner:
        letters = "rwx" if target.is_dir() else "rw"
        return f"{what}. This account is its owner. Run: chmod u+{letters} '{target}'"
    return (
        f"{what}; the owner of{place or ' it'} is {_name(owner)}. Ask them to do it, or to share "
        "the seminar's folder with a group ('seminar doctor' says how)"
    )


def _can_be_examined(path: Path) -> bool:
    with suppress(OSError):
        path.stat()
        return True
    return False


if sys.platform != "win32":
    import pwd

    def _name(number: int) -> str:
        """Return the name of an account, or its number if it has no name."""
        try:
            return f"'{pwd.getpwuid(number).pw_name}'"
        except KeyError:
            return f"number {number}"
