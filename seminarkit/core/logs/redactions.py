"""When a line that somebody was taken out of may stand for the line as it was.

Anybody who writes to a folder can mark a line as redacted, and nothing in it proves what it said.
So it takes the place of a whole line only if somebody was forgotten, the line is named among those
that were changed for it, and it says nothing that the whole line did not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from seminarkit.core.logs.hash_log import Line

BLACK = "[forgotten]"  # stands where a word was
GONE = "forgotten"  # the kind of a line of which only its place is left
FORGOTTEN = "person forgotten"  # the kind of decision that tells of somebody
_RANDOM = "forgotten-"  # how an id begins that took the place of a version's
_NAME = re.compile(r"[0-9a-f]{64}|[A-Z]{2,4}-[0-9A-Z]{4}|")  # a hash or a receipt: of new bytes


def less(one: Line, other: Line, log: str, explained: frozenset[str]) -> Line:
    """Return which of two copies of one line counts: in both orders the same.

    ``explained`` are the hashes of lines and files that were changed as somebody was forgotten.
    """
    if one.redacted != other.redacted:
        black, whole = (one, other) if one.redacted else (other, one)
        good = log != "forgotten" and black.chain in explained
        return black if good and says_less(black.entry, whole.entry, log) else whole
    # of two that were taken out of it one after the other, the bytes of the first are gone
    first, second = sorted(
        (one, other), key=lambda line: (line.entry.get("sha256") in explained, line.text)
    )
    if log == "arrivals":
        return first
    if says_less(second.entry, first.entry, log) and not says_less(first.entry, second.entry, log):
        return second
    return first


def says_less(entry: Mapping[str, object], whole: Mapping[str, object], log: str) -> bool:
    """Say whether an entry is another one out of which somebody was taken."""
    if entry.get("kind") == GONE:
        return True
    if log == "arrivals":
        same = all(entry.get(key) == whole.get(key) for key in ("received_at", "on", "after"))
        of = {whole.get("sha256"), whole.get("redacted_from")}
        gone = bool(entry.get("forgotten")) and entry.get("sha256") in of and not entry.get("name")
        return same and (gone or entry.get("redacted_from") in of - {None})
    return _is_less(dict(entry), dict(whole))


def _is_less(value: Any, whole: Any) -> bool:
    if isinstance(whole, Mapping):
        return isinstance(value, Mapping) and all(
            key.startswith(_RANDOM) or (key in whole and _is_less(value[key], whole[key]))
            for key in value
        )
    if isinstance(whole, list):
        if not isinstance(value, list):
            return False
        left = iter(whole)
        return all(any(_is_less(each, other) for other in left) for each in value)
    if isinstance(whole, str):
        return isinstance(value, str) and _is_blacked(value, whole)
    return bool(value == whole) and type(value) is type(whole)


def _is_blacked(text: str, whole: str) -> bool:
    """Say whether a text is another with words blacked out, or the name of other bytes."""
    if text == whole:
        return True
    if _NAME.fullmatch(text) and _NAME.fullmatch(whole) and len(text) == len(whole):
        return True
    place = 0
    for piece in text.split(BLACK) if BLACK in text else ():
        place = whole.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return BLACK in text
