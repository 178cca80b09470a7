"""Which public files were looked through before: what has not changed is not searched again.

A seal says: this very file held nothing, for everything that must not be public now. It is a hash
whose key are all these secrets, what is known to be public, and the code of the kit. Whoever has
not read all secrets cannot make a seal, and whoever has read them need not forge one to tell them.
So a seal may lie in the record of what was published, though others could write there. One more
answer, another word in a dossier or a changed rule break all seals, and all is searched again.
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
from seminarkit.site.published_file import PublishedFile, Sealed

SEAL: Final = "looked_through"  # its name in the record


class Seals:
    """Makes the seals of files, and knows those that it made or found good."""

    def __init__(self, guarded: Iterable[object], before: Mapping[str, PublishedFile]) -> None:
        """``guarded`` are the parts of all that a search goes by.

        ``before`` is the record of published files.
        """
        digest = hashlib.sha256()
        for part in chain(_rules(), guarded):
            digest.update(json.dumps(part).encode() + b"\n")  # JSON on one line has no line end
        self._key = digest.digest()
        self._before = before
        self._given: dict[str, str] = {}

    def holds(self, path: str, file: str | bytes) -> bool:
        """Return whether a file was looked through as it is, and give it its seal anew."""
        entry = self._before.get(path)
        seal = entry.get(SEAL) if isinstance(entry, Mapping) else None
        good = isinstance(seal, str) and hmac.compare_digest(
            seal.encode("utf-8", "replace"), self._of(path, file).encode()
        )
        if good:
            self.give(path, file)
        return good

    def give(self, path: str, file: str | bytes) -> None:
        """Seal a file that was looked through just now and held nothing."""
        self._given[path] = self._of(path, file)

    def entry(self, path: str) -> Sealed:
        """Return what goes into the record of a file: nothing if it was not looked through."""
        return {SEAL: self._given[path]} if path in self._given else {}

    def _of(self, path: str, file: str | bytes) -> str:
        data = file if isinstance(file, bytes) else file.encode("utf-8", "surrogatepass")
        kind = "text" if isinstance(file, str) else "bytes"
        return hmac.new(self._key, f"{kind} {path}\0".encode() + data, "sha256").hexdigest()


def _rules() -> list[str]:
    """Return what decides how a search comes out, besides what it looks for."""
    return [sys.version, unicodedata.unidata_version, package_hash()]
