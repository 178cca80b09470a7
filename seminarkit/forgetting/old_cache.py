"""Locates the cache of versions up to 0.6, which may contain personal data."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def old_cache() -> Path | None:
    """Return the cache folder, or None if it is missing or open to other users."""
    if os.name == "nt":
        folder = Path(tempfile.gettempdir()) / "seminarkit"
        return folder if folder.is_dir() else None
    folder = Path(tempfile.gettempdir()) / f"seminarkit-{os.getuid()}"
    try:
        status = folder.lstat()
    except OSError:
        return None
    is_ours = status.st_uid == os.getuid() and status.st_mode & 0o170077 == 0o040000
    return folder if is_ours else None
