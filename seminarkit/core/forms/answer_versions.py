"""Versions of a form's answers: their ids, receipts and ancestry.

A payload records its origin: ``ancestors``, the ids of earlier versions, the latest first;
``window``, the browser window it was written in; and ``salt``, random characters, without which
answers could be guessed from an id or a receipt. form.js writes the same
(tests/browser/test_vectors.py). Files made before version 0.3.0 have none of them.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from functools import reduce
from typing import TypeGuard, TypeVar, cast

from seminarkit.core.forms.shapes import Payload, Version, is_object, is_texts

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MOST_ANCESTORS = 20
AnyVersion = TypeVar("AnyVersion", bound=Version)


def version_id(filled: Version) -> str:
    """Return the id of a version: the SHA-256 of its parent, instance, time, salt and answers."""
    ancestors = filled.get("ancestors") or [""]
    parts = [
        ancestors[0],
        filled["instance"],
        filled.get("saved_at", ""),
        filled.get("salt", ""),
        filled["answers"],
    ]
    return hashlib.sha256(_canonical(parts)).hexdigest()


def receipt(filled: Version) -> str:
    """Return the receipt of a version, such as ``GE-7K3F``: a short name for people.

    It is the first twenty bits of the version's id in Crockford's base 32, so that two people can
    see whether they mean the same version; it proves nothing. Presenters of case studies have no
    country: ``CASE-7K3F``. Without a salt, as before version 0.3.0, it is made from the CRC-32 of
    the answers.
    """
    if filled.get("salt"):
        bits = int(version_id(filled)[:5], 16)
    else:
        bits = zlib.crc32(_canonical([filled["instance"], filled["answers"]])) >> 12
    code = "".join(_ALPHABET[bits >> shift & 31] for shift in (15, 10, 5, 0))
    return f"{filled['country'] or 'CASE'}-{code}"


def lineage(filled: Version) -> list[str]:
    """Return the ancestors of a new version made from ``filled``: its id, then its ancestors."""
    if not filled["answers"]:
        return []
    return [version_id(filled), *filled.get("ancestors", ())][:MOST_ANCESTORS]


def descends(new: Version, old: Version) -> bool:
    """Return whether ``new`` was made from ``old``: opened from it, or edited in its window."""
    if version_id(old) in new.get("ancestors", ()):
        return True
    window = new.get("window", "")
    return bool(window) and window == old.get("window") and new["rev"] > old["rev"]


def is_newer(new: Version, old: Version) -> bool:
    """Return whether a form with both versions continues with ``new``: by ancestry, then by time.

    The number of changes (``rev``) is comparable within one window only; between windows it
    decides only if the times are equal or missing. If all are equal, ``old`` stays.
    """
    if descends(new, old):
        return True
    if descends(old, new):
        return False
    times = new.get("saved_at", ""), old.get("saved_at", "")
    return bool(times[0] > times[1] or (times[0] == times[1] and new["rev"] > old["rev"]))


def is_contained(old: Version, new: Version) -> bool:
    """Return whether ``new`` can replace ``old`` without loss.

    It can if it descends from ``old`` or has the same answers. If neither has a window, as before
    version 0.3.0, it can if it has more changes and was not saved earlier.
    """
    if new["answers"] == old["answers"] or descends(new, old):
        return True
    if new.get("window") or old.get("window"):
        return False
    return bool(new["rev"] > old["rev"] and new.get("saved_at", "") >= old.get("saved_at", ""))


def newest(versions: Iterable[AnyVersion]) -> AnyVersion:
    """Return the version that a form continues with, the first of equals; there must be one."""
    return reduce(lambda best, other: other if is_newer(other, best) else best, versions)


def is_whole(filled: object) -> TypeGuard[Payload]:
    """Return whether a JSON value has all fields that identify a version, with the right types."""
    return (
        is_object(filled)
        and isinstance(filled.get("instance"), str)
        and type(filled.get("rev")) is int
        and isinstance(filled.get("answers"), dict)
        and all(isinstance(filled.get(key, ""), str) for key in ("saved_at", "salt", "window"))
        and is_texts(filled.get("ancestors", []))
        and _has_id(filled)
    )


def _has_id(filled: dict[str, object]) -> bool:
    try:
        version_id(cast(Version, filled))
    except (ValueError, RecursionError):  # a lone surrogate, or lists that are nested too deeply
        return False
    return True


def _canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")
