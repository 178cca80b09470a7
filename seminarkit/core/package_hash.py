"""Compute a hash of all files of the package. After an update, all outputs are generated again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from seminarkit.core.package_folder import PACKAGE


@cache
def package_hash() -> str:
    """Return the hash of the package at the first call in this process."""
    return hash_of(PACKAGE)


def hash_of(package: Path) -> str:
    """Return the SHA-256 of a package's files, without hidden files, caches and ``kit/``."""
    digest = hashlib.sha256()
    for name, path in _files(package, ""):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = f"{prefix}{entry.name}"
        if entry.name.startswith((".", "__pycache__")) or name == "kit":
            continue
        if entry.is_dir():
            yield from _files(folder / entry.name, f"{name}/")
        else:
            yield name, folder / entry.name
