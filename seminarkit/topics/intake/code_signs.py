"""Restore the plain hyphens and letters of codes.

Word, PDF and phones replace the hyphen in d2-group-1 or KZ-1-q2 with a dash or a non-breaking
hyphen, and some write full-width letters. A word is changed only if the result is a code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from seminarkit.topics.intake.payload import Expected

_HYPHENS = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d-"
_WORD = re.compile(rf"\w+(?:[{_HYPHENS}]\w+)+")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_QUESTION = re.compile(r"(?P<person>.+)-q\d{1,2}", re.I)
_RECEIPT = re.compile(r"(?:[A-Z]{2}|CASE)-[0-9A-Z]{4}")


def with_plain_codes(lines: Sequence[str], expected: Expected) -> list[str]:
    """Return the lines with each known code spelled as the kit spells it."""
    codes = {code.casefold() for code in (*expected.codes, *expected.groups, *expected.people)}
    return [plain_codes(line, codes) for line in lines]


def plain_codes(text: str, codes: Collection[str] = ()) -> str:
    """Return a text with plain hyphens in all receipts and in these codes.

    ``codes`` are in lower case.
    """
    if text.isascii():
        return text

    def plain(match: re.Match[str]) -> str:
        word = _HYPHEN.sub("-", unicodedata.normalize("NFKC", match[0]))
        return word if _is_code(word, codes) else match[0]

    return _WORD.sub(plain, text)


def _is_code(word: str, codes: Collection[str]) -> bool:
    question = _QUESTION.fullmatch(word)
    name = question["person"] if question else word
    return name.casefold() in codes or _RECEIPT.fullmatch(word) is not None
