"""Decides whether a redacted line may replace the original in a merge.

Anybody who can write to a folder can mark a line as redacted, and it does not prove what it said
before. So it replaces the original only if somebody was forgotten, the line is listed among those
redacted for that, and it says nothing that the original did not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from seminarkit.core.logs.hash_log import Line

BLACK = "[forgotten]"  # replaces a redacted word
GONE = "forgotten"  # the kind of a line whose whole content was redacted
FORGOTTEN = "person forgotten"  # the kind of decision that records it
_RANDOM = "forgotten-"  # the start of an id that replaced the id of a version
# a hash or a receipt: it changes with the bytes
_NAME = re.compile(r"[0-9a-f]{64}|[A-Z]{2,4}-[0-9A-Z]{4}|")


def merged_line(one: Line, other: Line, log: str, explained: frozenset[str]) -> Line:
    """Return which of two copies of one line counts; the order of the copies does not matter.

    ``log`` is the name of the log. ``explained`` are the hashes of the lines and files that were
    redacted when somebody was forgotten.
    """
    if one.redacted != other.redacted:
        redacted, original = (one, other) if one.redacted else (other, one)
        justified = log != "forgotten" and redacted.chain in explained
        return (
            redacted
            if justified and is_redaction_of(redacted.entry, original.entry, log)
            else original
        )
    # of two successive redactions of a file, the bytes of the first are gone
    first, second = sorted(
        (one, other), key=lambda line: (line.entry.get("sha256") in explained, line.text)
    )
    if log == "arrivals":
        return first
    if is_redaction_of(second.entry, first.entry, log) and not is_redaction_of(
        first.entry, second.entry, log
    ):
        return second
    return first


def is_redaction_of(entry: Mapping[str, object], original: Mapping[str, object], log: str) -> bool:
    """Say whether an entry is a redaction of another one and adds nothing to it."""
    if entry.get("kind") == GONE:
        return True
    if log == "arrivals":
        same_arrival = all(
            entry.get(key) == original.get(key) for key in ("received_at", "on", "after")
        )
        hashes = {original.get("sha256"), original.get("redacted_from")}
        removed = (
            bool(entry.get("forgotten")) and entry.get("sha256") in hashes and not entry.get("name")
        )
        return same_arrival and (removed or entry.get("redacted_from") in hashes - {None})
    return _is_redacted_value(dict(entry), dict(original))


def _is_redacted_value(value: Any, original: Any) -> bool:
    if isinstance(original, Mapping):
        return isinstance(value, Mapping) and all(
            key.startswith(_RANDOM)
            or (key in original and _is_redacted_value(value[key], original[key]))
            for key in value
        )
    if isinstance(original, list):
        if not isinstance(value, list):
            return False
        originals = iter(original)
        return all(any(_is_redacted_value(item, other) for other in originals) for item in value)
    if isinstance(original, str):
        return isinstance(value, str) and _is_redacted_text(value, original)
    return bool(value == original) and type(value) is type(original)


def _is_redacted_text(text: str, original: str) -> bool:
    """Say whether a text redacts words of another, or both are hashes or receipts."""
    if text == original:
        return True
    if _NAME.fullmatch(text) and _NAME.fullmatch(original) and len(text) == len(original):
        return True
    place = 0
    for piece in text.split(BLACK) if BLACK in text else ():
        place = original.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return BLACK in text
