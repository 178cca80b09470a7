"""Unpacks the logs and received files of a seminar from a zip archive, and nothing else."""

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
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError, struct.error)
_LARGE, _RATIO = 50 << 20, 100  # against zip bombs: bytes always allowed, compression ratio
_FILE = re.compile(r"received/files/[0-9a-f]{2}/[0-9a-f]{64}")


def unpack(archive: Path, into: Path) -> Path:
    """Unpack the files for a merge, and return ``into``; raise UsageError for a bad archive."""
    try:
        with zipfile.ZipFile(archive) as packed:
            root = _root_of(packed)
            chosen = [entry for entry in packed.infolist() if _is_part_of_seminar(entry, root)]
            size = sum(entry.file_size for entry in chosen)
            if any(entry.file_size > _LARGE + _RATIO * entry.compress_size for entry in chosen):
                raise UsageError(
                    f"{archive.name} holds a file that is far larger than it could be packed: it "
                    "is no backup of a seminar. Nothing of it was taken."
                )
            if size > shutil.disk_usage(into).free // 2:
                raise UsageError(
                    f"{archive.name} holds {size >> 20} MB: there is no room for that."
                )
            for entry in chosen:
                target = into / PurePosixPath(entry.filename).relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(entry) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)  # reads at most the declared size
    except _DAMAGED as error:
        raise UsageError(
            f"{archive.name} is no whole zip archive ({error}). Copy it here again, or take an "
            "earlier backup."
        ) from None
    return into


def _root_of(packed: zipfile.ZipFile) -> str:
    """Return the topmost folder in an archive that contains received/."""
    names = [f"/{name}" for name in packed.namelist()]
    roots = [name.partition("/received/")[0] for name in names if "/received/" in name]
    if not roots:
        raise UsageError("There is no folder received/ in that archive.")
    return f"{min(roots, key=len)}/".removeprefix("/")


def _is_part_of_seminar(entry: zipfile.ZipInfo, root: str) -> bool:
    name = entry.filename.removeprefix(root)
    is_below_root = entry.filename.startswith(root) and ".." not in PurePosixPath(name).parts
    is_expected = _LOG.fullmatch(name) or _FILE.fullmatch(name) or name == "seminar.yml"
    return bool(is_below_root and is_expected)
