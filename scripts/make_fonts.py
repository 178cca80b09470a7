"""Makes the fonts of seminarkit/core/fonts from those of Noto, Noto Emoji, Droid and Nanum.

Each is made smaller (no hints for old screens, no names in fifty languages), keeps its tables of
shaping, and gets a family name of ours, as its licence asks of what was changed. ``coverage.json``
says which signs each holds, so that only the fonts a text needs are opened. Run again with the same
sources it writes the same bytes:

    python scripts/make_fonts.py NOTO_FOLDER NotoEmoji_400Regular.ttf DroidSansFallbackFull.ttf \
        NanumGothic.ttf
"""

from __future__ import annotations

import json
import re
import sys
from itertools import groupby
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import get_data_path

FONTS = Path(__file__).resolve().parent.parent / "seminarkit" / "core" / "fonts"
MAIN = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
# In this order: of two fonts that hold a sign, the first is taken.
FIRST = ["Sans", "SansArabic", "SansSymbols", "SansSymbols2", "SansMath"]
# Scripts that nobody has written for centuries in fonts of half a megabyte, other styles of a
# script that is here, and sign writing, which takes five megabytes.
LEFT_OUT = re.compile(
    r"SansDisplay|SansMono|Unjoined|SansTifinagh.+|SansSignWriting|SansCuneiform|SansAnatolian.*|"
    r"SansEgyptian.*|SansBhaiksuki|SansDuployan|Sans.*UI|SansLinear[AB]|SansGrantha|SansMarchen|"
    r"SansSiddham|SansTamilSupplement|SansIndicSiyaqNumbers|SansNushu"
)
SERIF = ["SerifTibetan"]  # Noto Sans has none
ALSO = ["Music"]
HANGUL = [
    *range(0x1100, 0x1200),
    *range(0x3130, 0x3190),
    *range(0xA960, 0xA980),
    *range(0xAC00, 0xD7FC),
    *range(0xFFA0, 0xFFDD),
]


def main(noto: Path, emoji: Path, droid: Path, nanum: Path) -> None:
    """Write all fonts and what they cover."""
    for old in FONTS.glob("*.ttf"):
        old.unlink()
    sources = [(name, noto / f"Noto{name}-Regular.ttf") for name in _names(noto)]
    sources.insert(2, ("Emoji", emoji))  # before the signs, of which it holds some as pictures
    sources += [("CJK", droid), ("Hangul", nanum)]
    covered = {"DejaVuSans.ttf": _signs(MAIN)}
    for name, source in sources:
        plain = name.removeprefix("Sans").removeprefix("Serif") or "Latin"
        made = FONTS / f"Seminar{plain}.ttf"
        _make(source, made, f"Seminar {plain}")
        covered[made.name] = _signs(made)
    lines = {name: _span(signs) for name, signs in covered.items()}
    (FONTS / "coverage.json").write_text(json.dumps(lines, indent=0) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in FONTS.glob("*.ttf"))
    print(
        f"{len(sources)} fonts, {size / 2**20:.1f} MB, {len(set().union(*covered.values()))} signs"
    )


def _names(noto: Path) -> list[str]:
    found = {p.name[4:].removesuffix("-Regular.ttf") for p in noto.glob("NotoSans*-Regular.ttf")}
    others = sorted(name for name in found - {*FIRST} if not LEFT_OUT.fullmatch(name))
    return [*FIRST, *others, *SERIF, *ALSO]


def _make(source: Path, made: Path, family: str) -> None:
    options = subset.Options()
    options.hinting = options.glyph_names = options.recalc_timestamp = False
    options.layout_features = ["*"]
    options.name_IDs = [0, 13, 14]  # copyright, licence, and where that stands
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "meta", "STAT"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    signs = font.getBestCmap()
    subsetter.populate(unicodes=set(signs) & set(HANGUL) if family == "Seminar Hangul" else signs)
    subsetter.subset(font)
    plain = family.replace(" ", "")
    for number, words in ((1, family), (2, "Regular"), (3, plain), (4, family), (6, plain)):
        font["name"].setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    subset.save_font(font, str(made), options)


def _signs(path: Path) -> set[int]:
    with TTFont(path) as font:
        return set(font.getBestCmap())


def _span(signs: set[int]) -> str:
    """Return numbers as spans in hexadecimal, such as ``20-7e a0``."""
    runs = groupby(enumerate(sorted(signs)), key=lambda pair: pair[1] - pair[0])
    ends = [[number for _, number in run] for _, run in runs]
    return " ".join(f"{run[0]:x}" if len(run) == 1 else f"{run[0]:x}-{run[-1]:x}" for run in ends)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
