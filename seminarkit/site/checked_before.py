"""Seals: a public file that passed the search for leaks and has not changed is not searched again.

A seal states that this very file contains none of the present secrets. It is an HMAC keyed with all
secrets, all public words, and the kit's code. Only someone who has read all secrets could forge a
seal, and they could reveal the secrets without it. So seals may be stored in the list of published
files, even if others can write there. A new answer, another word in a dossier or a changed rule
invalidates all seals, and everything is searched again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

from seminarkit.core.package_hash import package_hash
from seminarkit.site.published_file import FileSeal, PublishedFile

SEAL: Final = "looked_through"  # its key in the record


class Seals:
    """Makes seals of files, and checks those in the record."""

    def __init__(self, guarded: Iterable[object], before: Mapping[str, PublishedFile]) -> None:
        """``guarded`` are the parts of everything that the search depends on.

        ``before`` is the record of published files.
        """
        digest = hashlib.sha256()
        for part in chain(_rules(), guarded):
            digest.update(json.dumps(part).encode() + b"\n")  # this JSON contains no line breaks
        self._key = digest.digest()
        self._before = before
        self._seals: dict[str, str] = {}

    def holds(self, path: str, file: str | bytes) -> bool:
        """Say whether a file has a valid seal, and seal it again if so."""
        entry = self._before.get(path)
        seal = entry.get(SEAL) if isinstance(entry, Mapping) else None
        is_valid = isinstance(seal, str) and hmac.compare_digest(
            seal.encode("utf-8", "replace"), self._seal(path, file).encode()
        )
        if is_valid:
            self.give(path, file)
        return is_valid

    def give(self, path: str, file: str | bytes) -> None:
        """Seal a file that has just passed the search."""
        self._seals[path] = self._seal(path, file)

    def entry(self, path: str) -> FileSeal:
        """Return the seal of a file for the record; empty if it was not searched."""
        return {SEAL: self._seals[path]} if path in self._seals else {}

    def _seal(self, path: str, file: str | bytes) -> str:
        data = file if isinstance(file, bytes) else file.encode("utf-8", "surrogatepass")
        kind = "text" if isinstance(file, str) else "bytes"
        return hmac.new(self._key, f"{kind} {path}\0".encode() + data, "sha256").hexdigest()


def _rules() -> list[str]:
    """Return everything else that the result of a search depends on."""
    return [sys.version, unicodedata.unidata_version, package_hash()]
