"""How every chart of the kit looks, and how it becomes a piece of a page or of a document.

Words and shapes on a sheet, drawn by matplotlib's renderers without its figures and axes, which
take longer to load and many times as long to draw; on pages as SVG with the letters as outlines:
the kit's own fonts hold every script, and the same data give the same bytes.
"""

from __future__ import annotations

import base64
import io
import textwrap
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

from seminarkit import fonts
from seminarkit.isolation import elsewhere
from seminarkit.report.html import Html, tag, text

with elsewhere():  # it reads settings in the current folder, which may be the inbox
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.colors import to_rgba
    from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
    from matplotlib.ft2font import LoadFlags
    from matplotlib.path import Path
    from matplotlib.textpath import text_to_path
    from matplotlib.transforms import Affine2D

DIFFER = "The delegation differs"  # where people of one country gave different answers
INK, SOFT, ACCENT, PALE = "#1a1c20", "#565b66", "#1f4e8c", "#c9d6e8"
PAGE_WIDTH = 5.6  # inches: still readable when a phone shows it at seven tenths
SIZE = 11  # points of a letter
LINE = 1.2 * SIZE / 72  # inches from line to line
_BASE = 0.77  # of a line, down to where its letters stand: its middle is theirs
_MARGIN = 1.04  # some air beside words
_LABEL = 30  # characters a line of a label
_SHARP = 200  # dots an inch, to be printed
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "bottom": 1.0}
_NAMELESS: dict[str, Any] = {"Date": None, "Creator": None}


@dataclass(frozen=True)
class Words:
    """A line of words of ``size`` points: where it begins, and what it stands on, in inches."""

    left: float
    base: float
    words: str
    size: float


@dataclass(frozen=True)
class Shape:
    """A shape, its places inches from the corner; edges in points, none for 0."""

    path: Path
    fill: str | None
    edge: str = INK
    thick: float = 0
    dotted: bool = False


class Sheet:
    """A sheet to draw on. All places and lengths are inches, from its upper left corner."""

    def __init__(self, height: float, width: float = PAGE_WIDTH) -> None:
        self.width, self.height = width, height
        self.marks: list[Words | Shape] = []

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        side: str = "left",
        level: str = "center",
        size: float = SIZE,
    ) -> None:
        """Write words whose ``side`` is at x, and whose ``level`` (top, center, bottom) is at y."""
        words = _drawn(words)
        top = y - _BEFORE[level] * height_of(words, size)
        for number, line in enumerate(words.split("\n")):
            left = x - _BEFORE[side] * _width(line, size, "normal") / 72
            base = top + (number + _BASE) * LINE * size / SIZE
            if line.strip():
                self.marks.append(Words(left, base, line, size))

    def bar(self, left: float, middle: float, length: float, thick: float, color: str) -> None:
        """Draw a bar that lies on its middle line."""
        place = Affine2D().scale(length, thick).translate(left, middle - thick / 2)
        self.marks.append(Shape(Path.unit_rectangle().transformed(place), color))

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str | None = None) -> None:
        """Draw a dot."""
        place = Affine2D().scale(radius).translate(x, y)
        self.marks.append(Shape(Path.unit_circle().transformed(place), fill, edge or fill, 1))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], color: str, *, dotted: bool
    ) -> None:
        """Draw a line, thin where it is dotted."""
        self.marks.append(Shape(Path([start, end]), None, color, 1 if dotted else 2, dotted))

    def svg(self) -> bytes:
        """Return it as a picture for a page."""
        buffer = io.StringIO()
        svg = RendererSVG(72 * self.width, 72 * self.height, buffer, metadata=_NAMELESS)
        self._draw(svg, 72)
        svg.finalize()
        return buffer.getvalue().encode()

    def png(self) -> bytes:
        """Return it as a picture for a document, sharp enough to be printed."""
        from matplotlib.image import imsave

        dots, buffer = _Dots(_SHARP * self.width, _SHARP * self.height, _SHARP), io.BytesIO()
        self._draw(dots, _SHARP)
        nameless: Any = {"Software": None}
        imsave(buffer, dots.buffer_rgba(), format="png", dpi=_SHARP, metadata=nameless)
        return buffer.getvalue()

    def _draw(self, renderer: Any, scale: float) -> None:
        """Draw all marks, what came later above, ``scale`` dots an inch."""
        place = Affine2D().scale(1, -1).translate(0, self.height).scale(scale)
        paper = Path.unit_rectangle().transformed(Affine2D().scale(self.width, self.height))
        for mark in (Shape(paper, "white"), *self.marks):
            how = renderer.new_gc()
            if isinstance(mark, Words):
                how.set_foreground(INK)
                font = FontProperties(family=_families(mark.words), size=mark.size)
                left, base = mark.left * scale, mark.base * scale
                renderer.draw_text(how, left, base, mark.words, font, 0)
            else:
                how.set_foreground(mark.edge)
                how.set_linewidth(mark.thick)
                if mark.dotted:
                    how.set_dashes(0, (mark.thick, 1.65 * mark.thick))
                fill = None if mark.fill is None else to_rgba(mark.fill)
                renderer.draw_path(how, mark.path, place, fill)


def wrapped(label: str, width: int = _LABEL) -> str:
    """Return a label broken into lines of ``width`` characters, cut where it would be endless."""
    return "\n".join(_Lines(width, max_lines=3, placeholder=" …").wrap(_drawn(label)))


class _Lines(textwrap.TextWrapper):
    def _handle_long_word(
        self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int
    ) -> None:
        """Break a long word between letters, never between a letter and its marks."""
        word, taken = reversed_chunks[-1], ""
        for piece in fonts.clusters(word):
            if taken and len(taken) + len(piece) > width - cur_len:
                break
            taken += piece
        cur_line.append(taken)
        reversed_chunks[-1] = word[len(taken) :]


class _Dots(RendererAgg):  # type: ignore[misc]
    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, *_: Any, **__: Any) -> None:
        """Draw letters by their outlines, as in SVG: on a grid they would not stand as measured."""
        place = Affine2D().scale(self.dpi / 72).translate(x, self.height - y)
        gc.set_linewidth(0)
        self.draw_path(gc, _outlines(s, prop), place, gc.get_rgb())


def _outlines(words: str, font: Any) -> Path:
    """Return the outlines of words. Every sign is itself: ``TextPath`` would read $ as formulas."""
    corners, codes = text_to_path.get_text_path(font, words, ismath=False)
    size = font.get_size_in_points() / text_to_path.FONT_SCALE
    return Path(corners, codes).transformed(Affine2D().scale(size))


class Chart(Html):
    """A sheet under the sentence that states its ``finding``; ``told`` is it all in words."""

    def __init__(self, sheet: Sheet, finding: str, told: str) -> None:
        self._sheet, self.finding, self.told = sheet, finding, told
        source = "data:image/svg+xml;base64," + base64.b64encode(sheet.svg()).decode("ascii")
        width, height = round(96 * sheet.width), round(96 * sheet.height)  # CSS pixels
        image = f'<img src="{source}" alt="{escape(told)}" width="{width}" height="{height}">'
        super().__init__(tag("figure", tag("figcaption", text(finding)) + image))

    def png(self) -> bytes:
        """Return it as a picture for a document."""
        return self._sheet.png()


def width_of(words: str, size: float = SIZE) -> float:
    """Return the width of a text's longest line in inches, rather too much than too little."""
    lines = _drawn(words).split("\n")
    longest = max((_width(line, size, "normal") for line in lines), default=0.0)
    return _MARGIN * longest / 72


def height_of(words: str, size: float = SIZE) -> float:
    """Return the height of the lines of a text, in inches."""
    return (words.count("\n") + 1) * LINE * size / SIZE if words else 0.0


def lines_of(words: str, size: float, width: float, weight: str = "normal") -> int:
    """Return how many lines a text takes in letters of ``size`` points, ``width`` in inches.

    By the charts' own font, which is wide, and its letters apart, so that it is never too few.
    """
    lines, used = 1, 0.0
    space = _width(" ", size, weight)
    for word in words.split():
        long = _width(word, size, weight)
        if used and used + space + long > 72 * width:
            lines, used = lines + 1, 0.0
        used += long + (space if used else 0.0)
        while used > 72 * width:  # a word longer than a line is broken
            lines, used = lines + 1, used - 72 * width
    return lines


@lru_cache(maxsize=10_000)
def _width(word: str, size: float, weight: str) -> float:
    """Return a word's width in points, as it is drawn."""
    word = _drawn(word)
    families = _families(word)
    font = get_font([findfont(FontProperties(family=each, weight=weight)) for each in families])
    font.set_size(size, 72)
    font.set_text(word, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


def _drawn(words: str) -> str:
    """Return words as they are drawn: what no font holds is written out."""
    return fonts.drawable(words).text


def _families(words: str) -> list[str]:
    """Return the fonts that words need, loaded, the main one first."""
    others = fonts.needed(words)
    for font in others:
        _load(font.file)
    return [fonts.MAIN, *(font.family for font in others)]


@cache
def _load(file: Any) -> None:
    fontManager.addfont(file)
