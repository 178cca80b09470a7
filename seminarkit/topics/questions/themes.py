"""Assign questions to the seminar's themes by the words in seminar.yml."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seminarkit.core.seminar.purpose import Theme


def themes_of(text: str, themes: Sequence[Theme]) -> list[str]:
    """Return the ids of the themes of which a word's beginning is in a text, in their order."""
    lower = text.casefold()
    return [
        theme.id
        for theme in themes
        if any(re.search(rf"(?<!\w){re.escape(word.casefold())}", lower) for word in theme.words)
    ]
