"""Says whether a report must be run: a hash of everything its outcome depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from seminarkit import __version__

# What a report is made with; each by its installed version.
LIBRARIES = ("papermill", "nbclient", "ipykernel", "ipython", "matplotlib", "pandas", "numpy")
_CODE = Path(__file__).resolve().parent


@cache
def versions() -> dict[str, str]:
    """Return the versions of the kit and of the libraries that a report is made with."""
    found = {"seminarkit": __version__}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


@cache
def code_hash() -> str:
    """Return a hash of the code that reports call, so that a change of it is a change of them."""
    digest = hashlib.sha256()
    for path in sorted(_CODE.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(notebook: Path, dossier: Path, parameters: Mapping[str, Any]) -> str:
    """Return the hash that stays the same as long as the report would come out the same."""
    parts = [file_hash(notebook), file_hash(dossier), dict(parameters), versions(), code_hash()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()
