"""The letters that the kit brings: which fonts a text needs, and what stands for a sign of none.

``DejaVu Sans``, which matplotlib brings, comes first; the fonts beside this file are opened only
for a text that needs them. ``coverage.json``, made with them, says which signs each holds.
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

from seminarkit.core.clean_text import Text, letters, sign_name, sign_number

MAIN = "DejaVu Sans"
_EMOJI = "Seminar Emoji"
_HERE = Path(__file__).parent
# Signs that take no place where a font lacks them, as all that draw text know.
_UNSEEN = re.compile(
    "[\t\n\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_JOINER = "\u200d"
_SKIN = "\U0001f3fb-\U0001f3ff"
_FLAG = "\U0001f1e6-\U0001f1ff"
_TIED = re.compile(f"[{_SKIN}\ufe00-\ufe0f\U000e0020-\U000e007f\u200c\u200d]")
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")
_IS_FLAG = re.compile(f"[{_FLAG}]")
_PICTURED = re.compile("[\ufe0f\u20e3]")  # asks for a picture, such as a figure on a key
_LONGEST = 32  # signs of one piece: nobody stacks more marks to be read
_HEAP = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u1ab0-\u1aff"
    f"\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{2 * _LONGEST}}}"
)
_MOST_NAMED = 60  # signs of one text; of more the number alone is written
# Signs of money are read by their code, where there is one, sooner than by their name.
_MONEY = {"\u20c0": "KGS", "\u20c1": "SAR", "\u20c2": "OMR", "\u20bf": "BTC", "\ufdfc": "rial"}


class Font(NamedTuple):
    """One font: the family that it is asked for by, and its file."""

    family: str
    file: Path


@dataclass(frozen=True)
class Drawable:
    """A text that the fonts can draw, and the signs that are written out in it, each once."""

    text: Text
    missing: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def drawable(text: str) -> Drawable:
    """Return a text in which what no font holds is written out: its number and its name.

    >>> drawable("A \\U0001f9ff, a \\U0001f9ee").missing
    ()
    >>> drawable("\\u0378 credits").text
    '[U+0378] credits'
    """
    shown: str = letters(text)
    missing: dict[str, None] = {}
    # once more where a mark now stands on a bracket: it may be in no font with that
    while lacking := _lacking(shown):
        shown = _without(shown, lacking, missing)
    return Drawable(letters(shown), tuple(missing))


def needs_others(text: str) -> bool:
    """Say whether a text holds signs that the main font lacks: a quick look at each of them."""
    return _beyond(0, text)


def needed(text: str) -> list[Font]:
    """Return the fonts that a text needs beside the main one, in the order to try them in."""
    return [_fonts()[number] for number in sorted({number for number, _ in _runs(text)} - {0})]


def runs(text: str) -> list[tuple[str, str]]:
    """Return a text in runs of one font, each with the family it is to be drawn in."""
    return [(_fonts()[number].family, run) for number, run in _runs(text)]


def _runs(text: str) -> list[tuple[int, str]]:
    if not _beyond(0, text) and not _PICTURED.search(text):
        return [(0, text)]
    found: list[tuple[int, str]] = []
    for cluster in clusters(text):
        last = found[-1][0] if found else 0
        number = _font_of(cluster) if _UNSEEN.sub("", cluster) else last
        if found and number == last:
            found[-1] = last, found[-1][1] + cluster
        else:
            found.append((number or 0, cluster))
    return found


def folders() -> list[Path]:
    """Return the folders of the fonts: that of the main one, without loading who brings it."""
    matplotlib = find_spec("matplotlib")
    assert matplotlib and matplotlib.origin
    return [Path(matplotlib.origin).parent / "mpl-data" / "fonts" / "ttf", _HERE]


def clusters(text: str) -> Iterator[str]:
    """Yield a text in pieces of which each is drawn as one: a letter with its marks, a flag."""
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _goes_on(text, begin, place):
            yield text[begin:place]
            begin = place


def _goes_on(text: str, begin: int, place: int) -> bool:
    """Say whether the sign at a place belongs to the piece before it."""
    sign, before = text[place], text[place - 1]
    if before in "\t\n" or sign in "\t\n" or place - begin == _LONGEST:
        return False
    if unicodedata.category(sign)[0] == "M" or _TIED.match(sign):
        return True
    if _IS_FLAG.match(sign) and _IS_FLAG.match(before):
        return (place - begin) % 2 == 1
    if _JAMO.match(sign) and _JAMO.match(before):
        return True
    # a joiner ties pictures; between letters it stands at the end of the one before
    return before == _JOINER and unicodedata.category(sign) == "So"


def _lacking(text: str) -> set[str]:
    """Return the pieces of a text that no font holds whole."""
    if not _beyond(0, text) and not _HEAP.search(text):
        return set()
    return {piece for piece in set(clusters(text)) if _font_of(piece) is None}


def _without(text: str, lacking: Collection[str], missing: dict[str, None]) -> str:
    """Return a text with such pieces written out, and note their signs."""
    made = []
    for piece, same in groupby(clusters(text)):
        times = sum(1 for _ in same)
        kept, gone = _parted(piece) if piece in lacking else (piece, "")
        if not gone:
            made.append(kept * times)
            continue
        named = sign_name if len(missing) < _MOST_NAMED else sign_number
        often = f" × {times}" if times > 1 and not kept else ""
        out = "".join(f"[{_MONEY.get(sign) or named(sign)}{often}]" for sign in gone)
        made.append((kept + out) * (1 if often else times))
        missing.update(dict.fromkeys(gone))
    return "".join(made)


def _parted(piece: str) -> tuple[str, str]:
    """Return what of a piece can be drawn, from its first sign on, and its signs that cannot."""
    if _is_heap(piece):
        return "", piece
    composed = unicodedata.normalize("NFC", piece)
    if _font_of(composed) is not None:
        return composed, ""
    kept = gone = ""
    for sign in piece:
        if (kept or not gone) and _font_of(kept + sign) is not None:
            kept += sign
        else:
            gone += _UNSEEN.sub("", sign)
    return kept, gone


def _is_heap(piece: str) -> bool:
    """Say whether a piece is marks alone, more than one letter bears: it would take minutes."""
    return len(piece) == _LONGEST and unicodedata.category(piece[0])[0] == "M"


@lru_cache(maxsize=50_000)
def _font_of(cluster: str) -> int | None:
    """Return the number of the first font that holds a piece whole, or None."""
    if _is_heap(cluster):
        return None
    numbers: Iterable[int] = range(len(_fonts()))
    if _PICTURED.search(cluster):
        numbers = sorted(numbers, key=lambda number: _fonts()[number].family != _EMOJI)
    for number in numbers:
        if not _beyond(number, cluster):
            return number
    return None


def _beyond(number: int, text: str) -> bool:
    """Say whether a text holds a sign that a font lacks."""
    starts, ends = _spans(number)
    for sign in set(_UNSEEN.sub("", text)):
        place = bisect_right(starts, ord(sign)) - 1
        if place < 0 or ord(sign) > ends[place]:
            return True
    return False


@cache
def _coverage() -> dict[str, str]:
    found: dict[str, str] = json.loads((_HERE / "coverage.json").read_text(encoding="utf-8"))
    return found


@cache
def _fonts() -> list[Font]:
    """Return all fonts, the main one first."""
    main, *others = _coverage()
    named = [Font(_family(name), _HERE / name) for name in others]
    return [Font(MAIN, folders()[0] / main), *named]


def _family(file: str) -> str:
    return file.removesuffix(".ttf").replace("Seminar", "Seminar ", 1)


@cache
def _spans(number: int) -> tuple[list[int], list[int]]:
    pairs = [span.split("-") for span in list(_coverage().values())[number].split()]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]
