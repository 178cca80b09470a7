"""What a line of each log says at least: a log from elsewhere that says other things is not taken.

Its chain proves only that nobody changed it since. What no kit writes would stop every later
command, or lead outside of the folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict, TypeGuard

from seminarkit.core.logs.hash_log import Line

_SAYS: Mapping[str, Mapping[str, type]] = {
    "arrivals": {"sha256": str, "name": str, "size": int, "received_at": str},
    "decisions": {"kind": str},
    "forgotten": {"what": str, "sha256": str},
    "issues": {
        **dict.fromkeys(("form", "subject", "made_at", "as_of", "salt"), str),
        **dict.fromkeys(("counted", "limits", "tables"), dict),
    },
    "promises": {"form": str, "version": str, "audiences": dict, "consent": list},
}
_MAY_SAY: Mapping[str, type] = {"redacted_from": str, "forgotten": bool, "by": str}
_HASH = re.compile(r"[0-9a-f]{64}")


class ArrivalLine(TypedDict):
    """What is known of an arrival before it has its number."""

    sha256: str
    name: str
    size: int
    received_at: str
    forgotten: NotRequired[bool]
    redacted_from: NotRequired[str]
    by: NotRequired[str]
    places: NotRequired[str]


def is_hash(value: object) -> TypeGuard[str]:
    """Say whether it is a SHA-256 as the kit writes it, so that it may name a file."""
    return isinstance(value, str) and bool(_HASH.fullmatch(value))


def is_known(log: str, values: Mapping[str, object]) -> bool:
    """Say whether a line says what a log of that name says, each of the right type."""
    must = _SAYS.get(log, {})
    if not all(_is_a(values.get(key), kind) for key, kind in must.items()):
        return False
    if not all(_is_a(values[key], kind) for key, kind in _MAY_SAY.items() if key in values):
        return False
    hashes = [values[key] for key in ("sha256", "redacted_from") if values.get(key)]
    return log != "arrivals" or all(map(is_hash, hashes))


def first_unknown(log: str, lines: Iterable[Line]) -> int:
    """Return the first line, counted from 1, that says what no kit writes; 0 where there is none.

    Of a line out of which somebody was taken, only its place may be left.
    """
    for number, line in enumerate(lines, start=1):
        is_place = line.redacted or (log == "arrivals" and "kind" in line.entry)
        if not (is_place or is_known(log, line.entry)):
            return number
    return 0


def _is_a(value: object, kind: type) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
