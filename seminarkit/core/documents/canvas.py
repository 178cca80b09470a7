"""Render drawings as SVG and PNG, and measure text: the only module that imports matplotlib.

It uses matplotlib's renderers without figures and axes, which load and draw many times slower.
Text in an SVG is drawn as outlines, since only the kit's own fonts cover every script. The same
drawing gives the same bytes.
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

with elsewhere():  # matplotlib reads settings from the current folder, which may be the inbox
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.colors import to_rgba
    from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
    from matplotlib.ft2font import LoadFlags
    from matplotlib.path import Path
    from matplotlib.textpath import text_to_path
    from matplotlib.transforms import Affine2D

INK = "#1a1c20"
SIZE = 11  # font size in points
LINE = 1.2 * SIZE / 72  # line height in inches
_MARGIN = 1.04  # factor on measured widths, for some space beside the words
_LABEL_WIDTH = 30  # characters per line of a label
_DPI = 200  # dots per inch, for print
# matplotlib would write the date and its own name
_NO_METADATA: Mapping[str, None] = {"Date": None, "Creator": None}
_MAX_OUTLINES = 1_000  # texts whose outlines are cached: the same answers appear in many charts
_MAX_PICTURES = 16  # pictures that are cached: a Word file and a PDF show the same ones


def svg(drawing: Drawing) -> bytes:
    """Return a drawing as SVG, for pages and PDF."""
    buffer = io.StringIO()
    renderer = RendererSVG(72 * drawing.width, 72 * drawing.height, buffer, metadata=_NO_METADATA)
    _draw(drawing, renderer, 72)
    renderer.finalize()
    return buffer.getvalue().encode()


@lru_cache(maxsize=_MAX_PICTURES)
def png(drawing: Drawing) -> bytes:
    """Return a drawing as PNG, for Word files and slides, at a resolution for print."""
    renderer = _OutlineRenderer(_DPI * drawing.width, _DPI * drawing.height, _DPI)
    _draw(drawing, renderer, _DPI)
    return png_of(renderer.buffer_rgba(), renderer.get_canvas_width_height(), _DPI)


def _draw(drawing: Drawing, renderer: Any, scale: float) -> None:
    """Draw all marks in order, at ``scale`` dots per inch."""
    transform = Affine2D().scale(1, -1).translate(0, drawing.height).scale(scale)
    _draw_path(renderer, _rectangle(0, 0, drawing.width, drawing.height), transform, "white")
    for mark in drawing.marks:
        if isinstance(mark, Label):
            style = renderer.new_gc()
            style.set_foreground(INK)
            font = FontProperties(family=_families(mark.text), size=mark.size)
            left, base = mark.left * scale, mark.base * scale
            renderer.draw_text(style, left, base, mark.text, font, 0)
        else:
            _draw_shape(renderer, mark, transform)


def _draw_shape(renderer: Any, mark: Mark, transform: Any) -> None:
    if isinstance(mark, Bar):
        top = mark.middle - mark.thick / 2
        path = _rectangle(mark.left, top, mark.length, mark.thick)
        _draw_path(renderer, path, transform, mark.fill)
    elif isinstance(mark, Dot):
        path = Path.unit_circle().transformed(
            Affine2D().scale(mark.radius).translate(mark.x, mark.y)
        )
        _draw_path(renderer, path, transform, mark.fill, mark.edge, 1)
    elif isinstance(mark, Stroke):
        path = Path([(mark.left, mark.top), (mark.right, mark.bottom)])
        thick = 1 if mark.dotted else 2
        _draw_path(renderer, path, transform, None, mark.color, thick, dotted=mark.dotted)


def _rectangle(left: float, top: float, width: float, height: float) -> Path:
    return Path.unit_rectangle().transformed(Affine2D().scale(width, height).translate(left, top))


def _draw_path(
    renderer: Any,
    path: Path,
    transform: Any,
    fill: str | None,
    edge: str = INK,
    thick: float = 0,
    *,
    dotted: bool = False,
) -> None:
    """Draw a shape; ``thick`` is the width of its edge in points, 0 for no edge."""
    style = renderer.new_gc()
    style.set_foreground(edge)
    style.set_linewidth(thick)
    if dotted:
        style.set_dashes(0, (thick, 1.65 * thick))
    renderer.draw_path(style, path, transform, None if fill is None else to_rgba(fill))


def wrapped(label: str, width: int = _LABEL_WIDTH) -> str:
    """Wrap a label at ``width`` characters, and cut it after three lines."""
    return "\n".join(_ClusterWrapper(width, max_lines=3, placeholder=" …").wrap(drawable(label)))


class _ClusterWrapper(textwrap.TextWrapper):
    def _handle_long_word(
        self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int
    ) -> None:
        """Break a long word between clusters, never between a letter and its marks."""
        word, head = reversed_chunks[-1], ""
        for piece in fonts.clusters(word):
            if head and len(head) + len(piece) > width - cur_len:
                break
            head += piece
        cur_line.append(head)
        reversed_chunks[-1] = word[len(head) :]


class _OutlineRenderer(RendererAgg):  # type: ignore[misc]
    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, *_: Any, **__: Any) -> None:
        """Draw text by its outlines, as in SVG: hinted glyphs would not have the measured width."""
        transform = Affine2D().scale(self.dpi / 72).translate(x, self.height - y)
        gc.set_linewidth(0)
        self.draw_path(gc, outlines(s, prop), transform, gc.get_rgb())


@lru_cache(maxsize=_MAX_OUTLINES)
def outlines(words: str, font: Any) -> Path:
    """Return the outlines of words; $ is drawn as it is (``TextPath`` would begin a formula)."""
    corners, codes = text_to_path.get_text_path(font, words, ismath=False)
    size = font.get_size_in_points() / text_to_path.FONT_SCALE
    return Path(corners, codes).transformed(Affine2D().scale(size))


def width_of(words: str, size: float = SIZE) -> float:
    """Return the width of a text's longest line in inches, with a small margin."""
    lines = drawable(words).split("\n")
    longest = max((line_width(line, size, "normal") for line in lines), default=0.0)
    return _MARGIN * longest / 72


def height_of(words: str, size: float = SIZE) -> float:
    """Return the height of a text in inches."""
    return (words.count("\n") + 1) * LINE * size / SIZE if words else 0.0


def lines_of(words: str, size: float, width: float, weight: str = "normal") -> int:
    """Return how many lines a text takes at ``size`` points in a column ``width`` inches wide.

    It never returns too few: it measures with the charts' own font, which is wide.
    """
    lines, used = 1, 0.0
    space = line_width(" ", size, weight)
    for word in words.split():
        word_width = line_width(word, size, weight)
        if used and used + space + word_width > 72 * width:
            lines, used = lines + 1, 0.0
        used += word_width + (space if used else 0.0)
        while used > 72 * width:  # a word longer than a line is broken
            lines, used = lines + 1, used - 72 * width
    return lines


@lru_cache(maxsize=10_000)
def line_width(word: str, size: float = SIZE, weight: str = "normal") -> float:
    """Return the drawn width of a word in points."""
    word = drawable(word)
    families = _families(word)
    font = get_font([findfont(FontProperties(family=name, weight=weight)) for name in families])
    font.set_size(size, 72)
    font.set_text(word, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


def drawable(words: str) -> str:
    """Return words as they are drawn: characters that no font has are written out."""
    return fonts.drawable(words).text


def _families(words: str) -> list[str]:
    """Load the fonts that words need, and return their families, the main one first."""
    others = fonts.fallback_fonts(words)
    for font in others:
        _load(font.file)
    return [fonts.MAIN, *(font.family for font in others)]


@cache
def _load(file: Any) -> None:
    fontManager.addfont(file)
