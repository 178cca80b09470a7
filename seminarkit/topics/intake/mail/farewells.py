"""Recognise the closing formula of a letter and the contact details below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seminarkit.topics.intake.contact_details import contact_in
from seminarkit.topics.intake.mail.letter_words import CLOSINGS, THANKS
from seminarkit.topics.intake.mail.quote_marks import normalised

LONGEST_SIGNED = 8  # words; a longer line is a sentence and may be an answer
_LONGEST = 300
_LONGEST_NAME = 5
_LONGEST_CARD = 8
_URL = re.compile(r"\bwww\.|https?://")
_BULLET = re.compile(r"\s*(?:[-–—•·▪●○◦‣*]|\d{1,2}[.)])\s")
_END = " ,.;:!?–—-…*_\u060c\u055d"
_AND = re.compile(r"\s+(?:and|und|et|и|та|y|e|i|și|ve|და|և)\s+|\s*/\s*")
_AT_ENDS = re.compile(r"^[^\w(]+|[^\w)]+$")
_CLOSING_WORDS = frozenset(normalised(phrase).strip(_END) for phrase in (*CLOSINGS, *THANKS))
_LONGER_FIRST = sorted({re.escape(normalised(phrase).strip(_END)) for phrase in CLOSINGS}, key=len)[
    ::-1
]
_BEFORE_NAME = re.compile(
    rf"(?:{'|'.join(_LONGER_FIRST)})"
    r"(?:(?P<comma>\s*[,.!;،–—-]\s*)|\s+)(?P<name>\S.*)"
)


def is_closing(line: str) -> bool:
    """Return whether a line is a closing formula, with or without a name after it."""
    words = normalised(line[:_LONGEST])
    parts = _AND.split(_AT_ENDS.sub("", words))
    if all(part.strip(_END) in _CLOSING_WORDS for part in parts):
        return True
    match = _BEFORE_NAME.fullmatch(words)
    if not match:
        return False
    name = line.split()[-len(match["name"].split()) :]
    has_comma = match["comma"] is not None
    if not has_comma and " " not in words[: match.start("name")].strip():
        return False  # "Best Practices"
    capitals = all(word[0].isupper() or (has_comma and not word[0].islower()) for word in name)
    return len(name) <= (_LONGEST_NAME if has_comma else 3) and capitals


def is_card(texts: Sequence[str]) -> bool:
    """Return whether lines are a business card: a name, then short lines with contact details."""
    if not 1 < len(texts) <= _LONGEST_CARD or any(_BULLET.match(text) for text in texts):
        return False
    if any(len(text.split()) > LONGEST_SIGNED for text in texts):
        return False
    name = texts[0].split()
    if len(name) > _LONGEST_NAME or not all(w[0].isalpha() and not w[0].islower() for w in name):
        return False
    return any(contact_in(text) or _URL.search(text) for text in texts[1:])
