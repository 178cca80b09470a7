"""When two texts are the same words: a decision on a question or a statement is about its words."""

from __future__ import annotations

import re
import unicodedata

# Signs that change what a sentence says, although Unicode calls them punctuation.
_MEANT = frozenset("%‰&@#§*/\\")
_MINUS = re.compile(r"(?<!\S)[-\N{EN DASH}](?=\d)")


def wording(text: str) -> str:
    """Return a text without what leaves its words the same.

    That is: capitals, spaces and line breaks, quotation marks and other punctuation, signs that
    cannot be seen, and two ways to encode one letter. Digits, the minus of a number, ``%`` and the
    like, accents and the order of words all count. A text of nothing else stays as it is.
    """
    whole = " ".join(unicodedata.normalize("NFKC", text).split())
    signs = _MINUS.sub("\N{MINUS SIGN}", whole)
    kept = "".join(_kept(sign) for sign in signs)
    words = unicodedata.normalize("NFKC", " ".join(kept.casefold().split()))
    return words or whole


def same_words(one: str, other: str) -> bool:
    """Return whether two texts are the same words; see ``wording``."""
    return wording(one) == wording(other)


def _kept(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf":  # such as a soft hyphen, or the mark for the direction of writing
        return ""
    return " " if category[0] in "PZC" and sign not in _MEANT else sign
