"""One hash over all files of the package: what was made by other files is made anew."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from seminarkit.core.package_folder import PACKAGE


@cache
def package_hash() -> str:
    """Return the hash of the package as it was when this process first asked."""
    return hash_of(PACKAGE)


def hash_of(package: Path) -> str:
    """Return a SHA-256 over the names and contents of all files that a package works with.

    Left out are hidden files, Python's own, and the materials that an installed kit carries
    (``kit/``): whatever is made of those is made of their contents already.
    """
    digest = hashlib.sha256()
    for name, path in _files(package, ""):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def _files(folder: Path, before: str) -> Iterator[tuple[str, Path]]:
    """Yield all files below a folder in order, each with its name from the package on."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = f"{before}{entry.name}"
        if entry.name.startswith((".", "__pycache__")) or name == "kit":
            continue
        if entry.is_dir():
            yield from _files(folder / entry.name, f"{name}/")
        else:
            yield name, folder / entry.name
