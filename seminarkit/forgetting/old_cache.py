"""Where versions up to 0.6 kept what they had read of seminar.yml and forms, names among it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def old_cache() -> Path | None:
    """Return that folder, in the one for temporary files, if it is there and this user's alone."""
    if os.name == "nt":
        folder = Path(tempfile.gettempdir()) / "seminarkit"
        return folder if folder.is_dir() else None
    folder = Path(tempfile.gettempdir()) / f"seminarkit-{os.getuid()}"
    try:
        facts = folder.lstat()
    except OSError:
        return None
    is_ours = facts.st_uid == os.getuid() and facts.st_mode & 0o170077 == 0o040000
    return folder if is_ours else None
