"""Which texts mean the same, with the extra ``alike``: the only door to WordLlama.

It holds a vector for each piece of a word, made from a large language model, and needs no network:
they come with the package. They know English and little else, so texts in other scripts are held
against each other by their words alone. What it gives are suggestions for a person.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from seminarkit.core.errors import SeminarError
from seminarkit.topics.questions.similar import PLACES, Likeness, without

EXTRA = "wordllama"


def is_there() -> bool:
    """Say whether the extra is installed."""
    return find_spec(EXTRA) is not None


def installed() -> str:
    """Return the version of the extra, '' where it is not installed."""
    return version(EXTRA) if is_there() else ""


def by_meaning(
    texts: Sequence[str],
    theme_words: Iterable[str],
    by_words: Callable[[Sequence[str]], Likeness],
) -> Likeness:
    """Return how like each text is to each: by meaning where both are in Latin letters.

    Else, and where the extra is not installed, ``by_words``. The words of the theme are left out,
    as they make all texts alike. Raises SeminarError where the package does not work.
    """
    latin = [i for i, text in enumerate(texts) if _is_latin(text)]
    if not is_there() or not latin:
        return by_words(texts)
    theme = list(theme_words)
    vectors = _model().embed([without(texts[i], theme) or texts[i] for i in latin], norm=True)
    # as numbers of double length, which are rounded as Python's own
    product = (vectors @ vectors.T).astype("float64").round(PLACES)
    if len(latin) == len(texts):
        likeness: Likeness = product.tolist()
        return likeness
    meant = [list(row) for row in by_words(texts)]
    for i, row in zip(latin, product.tolist(), strict=True):
        for j, each in zip(latin, row, strict=True):
            meant[i][j] = each
    return meant


@cache
def _model() -> Any:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    import wordllama

    # it makes every library's remarks be printed
    root.handlers[:] = handlers
    root.setLevel(level)
    try:
        return wordllama.WordLlama.load(
            cache_dir=Path(wordllama.__file__).parent, disable_download=True
        )
    except Exception as error:
        raise SeminarError(
            f"WordLlama is installed, but does not work: {error}. It is not needed; take it away: "
            "pip uninstall wordllama"
        ) from error


def _is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return 2 * latin > len(letters)
