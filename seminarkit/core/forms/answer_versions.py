"""The version of a form's answers: its id, its receipt, and whether it descends from another.

A payload carries where it comes from: ``ancestors``, the ids of the versions before it (the last
first), ``window``, the window of the browser it was written in, and ``salt``, random letters that
keep anybody from guessing answers from an id or a receipt. form.js writes the same
(tests/browser/test_vectors.py). A file made before version 0.3.0 carries none of them.
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
    """Return the id of a version: the SHA-256 of its parent, its answers, its time and its salt."""
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
    """Return the receipt code, such as ``GE-7K3F``: the short name of a version, for people.

    The first twenty bits of the version's id in Crockford's base 32. It helps two people to see
    that they speak of the same version; it proves nothing. Who presents a case study belongs to no
    country: ``CASE-7K3F``. A version without a salt has the receipt it always had, from the CRC-32
    of its answers.
    """
    if filled.get("salt"):
        bits = int(version_id(filled)[:5], 16)
    else:
        bits = zlib.crc32(_canonical([filled["instance"], filled["answers"]])) >> 12
    code = "".join(_ALPHABET[bits >> shift & 31] for shift in (15, 10, 5, 0))
    return f"{filled['country'] or 'CASE'}-{code}"


def lineage(filled: Version) -> list[str]:
    """Return the ancestors of a version that is made from ``filled``: its own id and theirs."""
    if not filled["answers"]:
        return []
    return [version_id(filled), *filled.get("ancestors", ())][:MOST_ANCESTORS]


def descends(new: Version, old: Version) -> bool:
    """Say whether a version was made from another: opened from it, or written on in its window."""
    if version_id(old) in new.get("ancestors", ()):
        return True
    window = new.get("window", "")
    return bool(window) and window == old.get("window") and new["rev"] > old["rev"]


def is_newer(new: Version, old: Version) -> bool:
    """Say whether a form that holds both goes on with ``new``: by descent, then the time saved.

    The number of changes counts within one window; elsewhere it decides only where no time is
    known that tells them apart. Of equals ``old`` stays.
    """
    if descends(new, old):
        return True
    if descends(old, new):
        return False
    times = new.get("saved_at", ""), old.get("saved_at", "")
    return bool(times[0] > times[1] or (times[0] == times[1] and new["rev"] > old["rev"]))


def is_contained(old: Version, new: Version) -> bool:
    """Say whether nothing is lost when ``new`` takes the place of ``old``.

    So it is where ``new`` was made from it, or has the same answers. Of files without a window, as
    before version 0.3.0, the one with more changes that was saved no earlier contains the other.
    """
    if new["answers"] == old["answers"] or descends(new, old):
        return True
    if new.get("window") or old.get("window"):
        return False
    return bool(new["rev"] > old["rev"] and new.get("saved_at", "") >= old.get("saved_at", ""))


def newest(versions: Iterable[AnyVersion]) -> AnyVersion:
    """Return the version that a form goes on with; the first of equals. There must be one."""
    return reduce(lambda best, other: other if is_newer(other, best) else best, versions)


def is_whole(filled: object) -> TypeGuard[Payload]:
    """Say whether something has all that a version is told by, each in its shape."""
    return (
        is_object(filled)
        and isinstance(filled.get("instance"), str)
        and type(filled.get("rev")) is int
        and isinstance(filled.get("answers"), dict)
        and all(isinstance(filled.get(key, ""), str) for key in ("saved_at", "salt", "window"))
        and is_texts(filled.get("ancestors", []))
        and _can_be_named(filled)
    )


def _can_be_named(filled: dict[str, object]) -> bool:
    try:
        version_id(cast(Version, filled))
    except (ValueError, RecursionError):  # half a letter, or a list in a list without end
        return False
    return True


def _canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")
