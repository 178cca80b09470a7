"""What was worked out of a text once, kept for the next run: in the folder for temporary files.

Nothing is lost when it goes. It is read back only from a folder that is this user's alone, by the
hash of the text and of the kit's version; what is neither plain nor a day is not kept at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from seminarkit import __version__
from seminarkit.files import write_whole

_PLAIN = (str, int, float, bool, type(None), date)
_DAY = "a day\0"  # a key that no YAML file can hold


def recall(text: str) -> Any | None:
    """Return what was kept for a text, or None."""
    try:
        return json.loads((_folder() / _name(text)).read_bytes(), object_hook=_day)
    except (OSError, ValueError):
        return None


def keep(text: str, found: Any) -> None:
    """Keep what was worked out of a text, where it is plain and the place can be written to."""
    if is_plain(found):
        with suppress(OSError):
            write_whole(_folder() / _name(text), json.dumps(found, default=_told), mode=0o600)


def is_plain(value: Any) -> bool:
    """Say whether a value comes back as it was."""
    if isinstance(value, dict):
        return all(type(key) is str and is_plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(map(is_plain, value))
    return type(value) in _PLAIN


def _told(day: date) -> dict[str, str]:
    return {_DAY: day.isoformat()}


def _day(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found[_DAY]) if found.keys() == {_DAY} else found


def place() -> Path | None:
    """Return the folder where it is all kept, if there is one that is ours."""
    try:
        return _folder()
    except OSError:
        return None


def _name(text: str) -> str:
    return hashlib.sha256(f"{__version__} cleaned {text}".encode()).hexdigest() + ".json"


def _folder() -> Path:
    """Return the folder; raises OSError where somebody else could have written to it."""
    if os.name == "nt":  # there each user has a folder of temporary files of their own
        return Path(tempfile.gettempdir()) / "seminarkit"
    folder = Path(tempfile.gettempdir()) / f"seminarkit-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    facts = folder.lstat()
    if facts.st_uid != os.getuid() or facts.st_mode & 0o170077 != 0o040000:
        raise PermissionError(folder)
    return folder
