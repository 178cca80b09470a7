"""Unpacks the logs and files of a seminar from a zip archive, and nothing else of it."""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from seminarkit.core.errors import UsageError
from seminarkit.core.logs.last_seen import NAMES
from seminarkit.core.logs.writers import MARK

_LOG = re.compile(
    rf"received/(logs/[\w+]+/)?({'|'.join(NAMES)})\.jsonl|received/logs/[\w+]+/{MARK}"
)
_SPOILT = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError, struct.error)
_LARGE, _RATIO = 50 << 20, 100  # bytes that may be anything, and how well answers are packed
_FILE = re.compile(r"received/files/[0-9a-f]{2}/[0-9a-f]{64}")


def unpack(archive: Path, into: Path) -> Path:
    """Unpack what may be merged; return the folder that holds received/. Raises UsageError."""
    try:
        with zipfile.ZipFile(archive) as packed:
            root = _root_of(packed)
            chosen = [each for each in packed.infolist() if _is_ours(each, root)]
            size = sum(each.file_size for each in chosen)
            if any(each.file_size > _LARGE + _RATIO * each.compress_size for each in chosen):
                raise UsageError(
                    f"{archive.name} holds a file that is far larger than it could be packed: it "
                    "is no backup of a seminar. Nothing of it was taken."
                )
            if size > shutil.disk_usage(into).free // 2:
                raise UsageError(
                    f"{archive.name} holds {size >> 20} MB: there is no room for that."
                )
            for each in chosen:
                target = into / PurePosixPath(each.filename).relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(each) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)  # at most the size that was declared
    except _SPOILT as error:
        raise UsageError(
            f"{archive.name} is no whole zip archive ({error}). Copy it here again, or take an "
            "earlier backup."
        ) from None
    return into


def _root_of(packed: zipfile.ZipFile) -> str:
    """Return the folder in an archive that holds received/ nearest to its top."""
    names = [f"/{name}" for name in packed.namelist()]
    roots = [name.partition("/received/")[0] for name in names if "/received/" in name]
    if not roots:
        raise UsageError("There is no folder received/ in that archive.")
    return f"{min(roots, key=len)}/".removeprefix("/")


def _is_ours(entry: zipfile.ZipInfo, root: str) -> bool:
    name = entry.filename.removeprefix(root)
    inside = entry.filename.startswith(root) and ".." not in PurePosixPath(name).parts
    known = _LOG.fullmatch(name) or _FILE.fullmatch(name) or name == "seminar.yml"
    return bool(inside and known)
