"""Drawings as pictures, and how much room words take in them: the only door to matplotlib.

Words and shapes are drawn by matplotlib's renderers without its figures and axes, which take longer
to load and many times as long to draw; as SVG with the letters as outlines: the kit's own fonts
hold every script, and the same drawing gives the same bytes.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from seminarkit.core import fonts
from seminarkit.core.documents.drawing import Bar, Dot, Drawing, Label, Mark, Stroke
from seminarkit.core.documents.png import png_of
from seminarkit.core.isolation import elsewhere

with elsewhere():  # it reads settings in the current folder, which may be the inbox
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.colors import to_rgba
    from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
    from matplotlib.ft2font import LoadFlags
    from matplotlib.path import Path
    from matplotlib.textpath import text_to_path
    from matplotlib.transforms import Affine2D

INK = "#1a1c20"
SIZE = 11  # points of a letter
LINE = 1.2 * SIZE / 72  # inches from line to line
_MARGIN = 1.04  # some air beside words
_LABEL = 30  # characters a line of a label
_SHARP = 200  # dots an inch, to be printed
# matplotlib would write the day and its own name
_NAMELESS: Mapping[str, None] = {"Date": None, "Creator": None}
_WORDS = 1_000  # whose outlines are remembered: the answers to one question stand in many charts
_LATEST = 16  # pictures that are remembered: a Word file and a PDF show the same ones


def svg(drawing: Drawing) -> bytes:
    """Return a drawing as a picture for a page."""
    buffer = io.StringIO()
    renderer = RendererSVG(72 * drawing.width, 72 * drawing.height, buffer, metadata=_NAMELESS)
    _draw(drawing, renderer, 72)
    renderer.finalize()
    return buffer.getvalue().encode()


@lru_cache(maxsize=_LATEST)
def png(drawing: Drawing) -> bytes:
    """Return a drawing as a picture for a document, sharp enough to be printed."""
    dots = _Dots(_SHARP * drawing.width, _SHARP * drawing.height, _SHARP)
    _draw(drawing, dots, _SHARP)
    return png_of(dots.buffer_rgba(), dots.get_canvas_width_height(), _SHARP)


def _draw(drawing: Drawing, renderer: Any, scale: float) -> None:
    """Draw all marks, later ones above earlier ones, ``scale`` dots an inch."""
    place = Affine2D().scale(1, -1).translate(0, drawing.height).scale(scale)
    _draw_path(renderer, _rectangle(0, 0, drawing.width, drawing.height), place, "white")
    for mark in drawing.marks:
        if isinstance(mark, Label):
            style = renderer.new_gc()
            style.set_foreground(INK)
            font = FontProperties(family=_families(mark.text), size=mark.size)
            left, base = mark.left * scale, mark.base * scale
            renderer.draw_text(style, left, base, mark.text, font, 0)
        else:
            _draw_shape(renderer, mark, place)


def _draw_shape(renderer: Any, mark: Mark, place: Any) -> None:
    if isinstance(mark, Bar):
        top = mark.middle - mark.thick / 2
        path = _rectangle(mark.left, top, mark.length, mark.thick)
        _draw_path(renderer, path, place, mark.fill)
    elif isinstance(mark, Dot):
        path = Path.unit_circle().transformed(
            Affine2D().scale(mark.radius).translate(mark.x, mark.y)
        )
        _draw_path(renderer, path, place, mark.fill, mark.edge, 1)
    elif isinstance(mark, Stroke):
        path = Path([(mark.left, mark.top), (mark.right, mark.bottom)])
        thick = 1 if mark.dotted else 2
        _draw_path(renderer, path, place, None, mark.color, thick, dotted=mark.dotted)


def _rectangle(left: float, top: float, width: float, height: float) -> Path:
    return Path.unit_rectangle().transformed(Affine2D().scale(width, height).translate(left, top))


def _draw_path(
    renderer: Any,
    path: Path,
    place: Any,
    fill: str | None,
    edge: str = INK,
    thick: float = 0,
    *,
    dotted: bool = False,
) -> None:
    """Draw a shape; ``thick`` are the points of its edge, none for 0."""
    style = renderer.new_gc()
    style.set_foreground(edge)
    style.set_linewidth(thick)
    if dotted:
        style.set_dashes(0, (thick, 1.65 * thick))
    renderer.draw_path(style, path, place, None if fill is None else to_rgba(fill))


def wrapped(label: str, width: int = _LABEL) -> str:
    """Return a label broken into lines of ``width`` characters, cut where it would be endless."""
    return "\n".join(_Lines(width, max_lines=3, placeholder=" …").wrap(drawable(label)))


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
        self.draw_path(gc, outlines(s, prop), place, gc.get_rgb())


@lru_cache(maxsize=_WORDS)
def outlines(words: str, font: Any) -> Path:
    """Return the outlines of words. Every sign is itself: ``TextPath`` would read $ as formulas."""
    corners, codes = text_to_path.get_text_path(font, words, ismath=False)
    size = font.get_size_in_points() / text_to_path.FONT_SCALE
    return Path(corners, codes).transformed(Affine2D().scale(size))


def width_of(words: str, size: float = SIZE) -> float:
    """Return the width of a text's longest line in inches, rather too much than too little."""
    lines = drawable(words).split("\n")
    longest = max((line_width(line, size, "normal") for line in lines), default=0.0)
    return _MARGIN * longest / 72


def height_of(words: str, size: float = SIZE) -> float:
    """Return the height of the lines of a text, in inches."""
    return (words.count("\n") + 1) * LINE * size / SIZE if words else 0.0


def lines_of(words: str, size: float, width: float, weight: str = "normal") -> int:
    """Return how many lines a text takes in letters of ``size`` points, ``width`` in inches.

    By the charts' own font, which is wide, and its letters apart, so that it is never too few.
    """
    lines, used = 1, 0.0
    space = line_width(" ", size, weight)
    for word in words.split():
        long = line_width(word, size, weight)
        if used and used + space + long > 72 * width:
            lines, used = lines + 1, 0.0
        used += long + (space if used else 0.0)
        while used > 72 * width:  # a word longer than a line is broken
            lines, used = lines + 1, used - 72 * width
    return lines


@lru_cache(maxsize=10_000)
def line_width(word: str, size: float = SIZE, weight: str = "normal") -> float:
    """Return a word's width in points, as it is drawn."""
    word = drawable(word)
    families = _families(word)
    font = get_font([findfont(FontProperties(family=each, weight=weight)) for each in families])
    font.set_size(size, 72)
    font.set_text(word, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


def drawable(words: str) -> str:
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
