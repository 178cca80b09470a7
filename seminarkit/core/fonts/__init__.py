"""The kit's fonts: which of them a text needs, and how characters without a glyph are written.

The first is ``DejaVu Sans``, which comes with matplotlib. The fonts beside this file are opened
only for a text that needs them. ``coverage.json`` lists the characters of every font.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from seminarkit.core.clean_text import Text, character_name, clean_text, code_point

MAIN = "DejaVu Sans"
_EMOJI = "Seminar Emoji"
_HERE = Path(__file__).parent
# Characters that renderers leave out if a font has no glyph for them.
_INVISIBLE = re.compile(
    "[\t\n\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_JOINER = "\u200d"
_SKIN = "\U0001f3fb-\U0001f3ff"
_FLAG = "\U0001f1e6-\U0001f1ff"
_EXTENDS_CLUSTER = re.compile(f"[{_SKIN}\ufe00-\ufe0f\U000e0020-\U000e007f\u200c\u200d]")
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")
_IS_FLAG = re.compile(f"[{_FLAG}]")
_PICTURED = re.compile("[\ufe0f\u20e3]")  # asks for an emoji, such as a digit on a keycap
_MAX_CLUSTER = 32  # characters of a cluster: no readable text stacks more marks
_HEAP = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u1ab0-\u1aff"
    f"\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{2 * _MAX_CLUSTER}}}"
)
_MAX_NAMED = 60  # characters of a text that are written with their names; others without
# Currency symbols are better known by their code than by their Unicode name.
_CURRENCY_CODES = {
    "\u20c0": "KGS",
    "\u20c1": "SAR",
    "\u20c2": "OMR",
    "\u20bf": "BTC",
    "\ufdfc": "rial",
}


class Font(NamedTuple):
    """A font: its family and its file."""

    family: str
    file: Path


@dataclass(frozen=True)
class Drawable:
    """A text that the fonts can draw, and the distinct characters that are written out in it."""

    text: Text
    missing: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def drawable(text: str) -> Drawable:
    """Return a text with characters that no font has written out: code point and name.

    >>> drawable("A \\U0001f9ff, a \\U0001f9ee").missing
    ()
    >>> drawable("\\u0378 credits").text
    '[U+0378] credits'
    """
    result: str = clean_text(text)
    missing: dict[str, None] = {}
    # repeated, as a mark may now be on a bracket, and no font may have both
    while lacking := _lacking_clusters(result):
        result = _write_out(result, lacking, missing)
    return Drawable(clean_text(result), tuple(missing))


def needs_others(text: str) -> bool:
    """Return whether a text has characters that the main font lacks; a quick check."""
    return _lacks_glyphs(0, text)


def fallback_fonts(text: str) -> list[Font]:
    """Return the fonts that a text needs besides the main one, in order of preference."""
    return [_fonts()[number] for number in sorted({number for number, _ in _runs(text)} - {0})]


def runs(text: str) -> list[tuple[str, str]]:
    """Split a text into runs of one font; return (family, run) pairs."""
    return [(_fonts()[number].family, run) for number, run in _runs(text)]


def _runs(text: str) -> list[tuple[int, str]]:
    if not _lacks_glyphs(0, text) and not _PICTURED.search(text):
        return [(0, text)]
    runs: list[tuple[int, str]] = []
    for cluster in clusters(text):
        last = runs[-1][0] if runs else 0
        number = _font_of(cluster) if _INVISIBLE.sub("", cluster) else last
        if runs and number == last:
            runs[-1] = last, runs[-1][1] + cluster
        else:
            runs.append((number or 0, cluster))
    return runs


def folders() -> list[Path]:
    """Return the folders of the fonts; matplotlib's is found without importing it."""
    matplotlib = find_spec("matplotlib")
    assert matplotlib and matplotlib.origin
    return [Path(matplotlib.origin).parent / "mpl-data" / "fonts" / "ttf", _HERE]


def clusters(text: str) -> Iterator[str]:
    """Split a text into clusters that are drawn as one: a letter with its marks, a flag."""
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _continues(text, begin, place):
            yield text[begin:place]
            begin = place


def _continues(text: str, begin: int, place: int) -> bool:
    """Return whether the character at a place belongs to the cluster before it."""
    sign, before = text[place], text[place - 1]
    if before in "\t\n" or sign in "\t\n" or place - begin == _MAX_CLUSTER:
        return False
    if unicodedata.category(sign)[0] == "M" or _EXTENDS_CLUSTER.match(sign):
        return True
    if _IS_FLAG.match(sign) and _IS_FLAG.match(before):
        return (place - begin) % 2 == 1
    if _JAMO.match(sign) and _JAMO.match(before):
        return True
    # a joiner ties emoji; between letters it ends the cluster before
    return before == _JOINER and unicodedata.category(sign) == "So"


def _lacking_clusters(text: str) -> set[str]:
    """Return the clusters of a text that no single font can draw."""
    if not _lacks_glyphs(0, text) and not _HEAP.search(text):
        return set()
    return {cluster for cluster in set(clusters(text)) if _font_of(cluster) is None}


def _write_out(text: str, lacking: Collection[str], missing: dict[str, None]) -> str:
    """Return a text with the lacking clusters written out; add their characters to ``missing``."""
    parts = []
    for cluster, same in groupby(clusters(text)):
        times = sum(1 for _ in same)
        drawn, undrawn = _split(cluster) if cluster in lacking else (cluster, "")
        if not undrawn:
            parts.append(drawn * times)
            continue
        name = character_name if len(missing) < _MAX_NAMED else code_point
        count = f" × {times}" if times > 1 and not drawn else ""
        words = "".join(f"[{_CURRENCY_CODES.get(sign) or name(sign)}{count}]" for sign in undrawn)
        parts.append((drawn + words) * (1 if count else times))
        missing.update(dict.fromkeys(undrawn))
    return "".join(parts)


def _split(cluster: str) -> tuple[str, str]:
    """Split a cluster into the characters that can be drawn together, and the others."""
    if _is_heap(cluster):
        return "", cluster
    composed = unicodedata.normalize("NFC", cluster)
    if _font_of(composed) is not None:
        return composed, ""
    drawn = undrawn = ""
    for sign in cluster:
        if (drawn or not undrawn) and _font_of(drawn + sign) is not None:
            drawn += sign
        else:
            undrawn += _INVISIBLE.sub("", sign)
    return drawn, undrawn


def _is_heap(cluster: str) -> bool:
    """Return whether a cluster is an endless stack of marks, which would take minutes to draw."""
    return len(cluster) == _MAX_CLUSTER and unicodedata.category(cluster[0])[0] == "M"


@lru_cache(maxsize=50_000)
def _font_of(cluster: str) -> int | None:
    """Return the number of the first font that can draw a cluster, or None."""
    if _is_heap(cluster):
        return None
    numbers: Iterable[int] = range(len(_fonts()))
    if _PICTURED.search(cluster):
        numbers = sorted(numbers, key=lambda number: _fonts()[number].family != _EMOJI)
    for number in numbers:
        if not _lacks_glyphs(number, cluster):
            return number
    return None


def _lacks_glyphs(number: int, text: str) -> bool:
    """Return whether a text has a character that a font lacks."""
    starts, ends = _spans(number)
    for sign in set(_INVISIBLE.sub("", text)):
        place = bisect_right(starts, ord(sign)) - 1
        if place < 0 or ord(sign) > ends[place]:
            return True
    return False


@cache
def _coverage() -> dict[str, str]:
    coverage: dict[str, str] = json.loads((_HERE / "coverage.json").read_text(encoding="utf-8"))
    return coverage


@cache
def _fonts() -> list[Font]:
    """Return all fonts, the main one first."""
    main, *others = _coverage()
    own_fonts = [Font(_family(name), _HERE / name) for name in others]
    return [Font(MAIN, folders()[0] / main), *own_fonts]


def _family(file: str) -> str:
    return file.removesuffix(".ttf").replace("Seminar", "Seminar ", 1)


@cache
def _spans(number: int) -> tuple[list[int], list[int]]:
    pairs = [span.split("-") for span in list(_coverage().values())[number].split()]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]
