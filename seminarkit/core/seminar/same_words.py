"""Compare texts by their words, to recognise a question with the same wording."""

from __future__ import annotations

import re
import unicodedata

# Characters that change the meaning, although Unicode calls them punctuation.
_MEANINGFUL = frozenset("%‰&@#§*/\\")
_MINUS = re.compile(r"(?<!\S)[-\N{EN DASH}](?=\d)")


def wording(text: str) -> str:
    """Return a text reduced to its words, for comparison.

    Capitals, white space, punctuation and invisible characters are removed. A text that is only
    punctuation is returned unchanged.
    """
    normalised = " ".join(unicodedata.normalize("NFKC", text).split())
    chars = _MINUS.sub("\N{MINUS SIGN}", normalised)
    reduced = "".join(_reduced(char) for char in chars)
    words = unicodedata.normalize("NFKC", " ".join(reduced.casefold().split()))
    return words or normalised


def same_words(one: str, other: str) -> bool:
    """True if two texts have the same words, as defined by ``wording``."""
    return wording(one) == wording(other)


def _reduced(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":  # such as a soft hyphen or a direction mark
        return ""
    return " " if category[0] in "PZC" and char not in _MEANINGFUL else char
