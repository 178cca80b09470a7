"""Brings the letters and digits of a text into one form, so that one pattern reads all of them."""

from __future__ import annotations

import unicodedata

_LIKE = str.maketrans(
    {"،": ",", "؛": ";", "٬": ",", "꞉": ":", "∶": ":", "˸": ":", "׃": ":", "։": ":"}
)


def plain_letters(text: str) -> str:
    """Return a text with letters of full width as common ones, and every digit as one of 0 to 9."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text).translate(_LIKE)
    return "".join(_digit(sign) if sign.isdecimal() else sign for sign in text)


def _digit(sign: str) -> str:
    return sign if sign.isascii() else str(unicodedata.decimal(sign))
