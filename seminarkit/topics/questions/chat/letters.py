"""Brings the letters and digits of a text into one form, so that one pattern reads all of them."""

from __future__ import annotations

import re
import unicodedata

_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_LIKE = str.maketrans(
    {"،": ",", "؛": ";", "٬": ",", "꞉": ":", "∶": ":", "˸": ":", "׃": ":", "։": ":"}
)
_LOOKS_OTHERWISE = re.compile(f"[{''.join(map(chr, _LIKE))}]")


def plain_letters(text: str) -> str:
    """Return a text with letters of full width as common ones, and every digit as one of 0 to 9."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    if _LOOKS_OTHERWISE.search(text):  # to translate costs as much as all else together
        text = text.translate(_LIKE)
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)
