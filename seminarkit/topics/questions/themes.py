"""Which of the seminar's themes a question touches, by the words that seminar.yml gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seminarkit.core.seminar.purpose import Theme


def themes_of(text: str, themes: Sequence[Theme]) -> list[str]:
    """Return the ids of the themes of which a word begins in a text, in their order."""
    lower = text.casefold()
    return [
        theme.id
        for theme in themes
        if any(re.search(rf"(?<!\w){re.escape(word.casefold())}", lower) for word in theme.words)
    ]
