"""The keys that a line of each log must have: a log with other lines is not accepted.

The hash chain proves only that a log was not changed later. A line that the kit would never write
could stop every later command, or name a path outside the folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict, TypeGuard

from seminarkit.core.logs.hash_log import Line

_REQUIRED: Mapping[str, Mapping[str, type]] = {
    "arrivals": {"sha256": str, "name": str, "size": int, "received_at": str},
    "decisions": {"kind": str},
    "forgotten": {"what": str, "sha256": str},
    "issues": {
        **dict.fromkeys(("form", "subject", "made_at", "as_of", "salt"), str),
        **dict.fromkeys(("counted", "limits", "tables"), dict),
    },
    "promises": {"form": str, "version": str, "audiences": dict, "consent": list},
}
_OPTIONAL: Mapping[str, type] = {"redacted_from": str, "forgotten": bool, "by": str}
_HASH = re.compile(r"[0-9a-f]{64}")


class ArrivalLine(TypedDict):
    """The line of an arrival, before it has a number."""

    sha256: str
    name: str
    size: int
    received_at: str
    forgotten: NotRequired[bool]
    redacted_from: NotRequired[str]
    by: NotRequired[str]
    places: NotRequired[str]


def is_hash(value: object) -> TypeGuard[str]:
    """Return whether a value is a SHA-256 in lower-case hex, so that it may name a file."""
    return isinstance(value, str) and bool(_HASH.fullmatch(value))


def is_known(log: str, values: Mapping[str, object]) -> bool:
    """Return whether a line has the keys of its log, with values of the right types."""
    required = _REQUIRED.get(log, {})
    if not all(_is_a(values.get(key), kind) for key, kind in required.items()):
        return False
    if not all(_is_a(values[key], kind) for key, kind in _OPTIONAL.items() if key in values):
        return False
    hashes = [values[key] for key in ("sha256", "redacted_from") if values.get(key)]
    return log != "arrivals" or all(map(is_hash, hashes))


def first_unknown(log: str, lines: Iterable[Line]) -> int:
    """Return the number (from 1) of the first line in a format that no kit writes, or 0.

    A redacted line may be an empty placeholder.
    """
    for number, line in enumerate(lines, start=1):
        is_placeholder = line.redacted or (log == "arrivals" and "kind" in line.entry)
        if not (is_placeholder or is_known(log, line.entry)):
            return number
    return 0


def _is_a(value: object, kind: type) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
