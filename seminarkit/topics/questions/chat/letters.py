"""Normalise letters and digits, so that one pattern matches all their variants."""

from __future__ import annotations

import re
import unicodedata

_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_LOOKALIKES = str.maketrans(
    {"،": ",", "؛": ";", "٬": ",", "꞉": ":", "∶": ":", "˸": ":", "׃": ":", "։": ":"}
)
_ANY_LOOKALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")


def plain_letters(text: str) -> str:
    """Return a text with full-width letters as ordinary ones, and digits as 0 to 9."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    if _ANY_LOOKALIKE.search(text):  # translating is the slowest step by far
        text = text.translate(_LOOKALIKES)
    return _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)
