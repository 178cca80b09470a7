"""Similarity of texts by meaning, with the optional package WordLlama (extra ``alike``).

WordLlama has a vector per word piece, made from a large language model. The vectors come with the
package, so it needs no network. They know little but English, so texts in other scripts are
compared by words. The results are suggestions for a person.
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
from seminarkit.topics.questions.similar import PLACES, Likeness, without_theme_words

EXTRA = "wordllama"


def is_installed() -> bool:
    """Return whether the extra is installed."""
    return find_spec(EXTRA) is not None


def installed_version() -> str:
    """Return the version of the extra, "" if it is not installed."""
    return version(EXTRA) if is_installed() else ""


def meaning_similarity(
    texts: Sequence[str],
    theme_words: Iterable[str],
    by_words: Callable[[Sequence[str]], Likeness],
) -> Likeness:
    """Return the similarity of all pairs of texts: by meaning where both are in Latin script.

    Other pairs, or all if the extra is not installed, are compared ``by_words``. The words of the
    theme are left out, as they make all texts alike. Raises SeminarError if the package does not
    work.
    """
    latin = [i for i, text in enumerate(texts) if _is_latin(text)]
    if not is_installed() or not latin:
        return by_words(texts)
    theme = list(theme_words)
    vectors = _model().embed(
        [without_theme_words(texts[i], theme) or texts[i] for i in latin], norm=True
    )
    # in double precision, which rounds like Python's floats
    product = (vectors @ vectors.T).astype("float64").round(PLACES)
    if len(latin) == len(texts):
        likeness: Likeness = product.tolist()
        return likeness
    similarity = [list(row) for row in by_words(texts)]
    for i, row in zip(latin, product.tolist(), strict=True):
        for j, value in zip(latin, row, strict=True):
            similarity[i][j] = value
    return similarity


@cache
def _model() -> Any:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    import wordllama

    # importing it turns on the log output of every library
    root.handlers[:] = handlers
    root.setLevel(level)
    try:
        return wordllama.WordLlama.load(
            cache_dir=Path(wordllama.__file__).parent, disable_download=True
        )
    except Exception as error:
        raise SeminarError(
            f"WordLlama is installed, but does not work: {error}. It is not needed. Remove it: "
            "pip uninstall wordllama"
        ) from error


def _is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return 2 * latin > len(letters)
