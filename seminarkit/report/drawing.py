"""How every chart of the kit looks, and how it becomes a piece of a page or of a document.

Drawn by matplotlib as words and shapes on a sheet, without its axes, which would take five times as
long; on pages as SVG with the letters as outlines: matplotlib's own font holds every script of the
seminar, and the same data give the same bytes.
"""

from __future__ import annotations

import base64
import io
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle
from matplotlib.transforms import Affine2D

from seminarkit.names import shown_name
from seminarkit.report.html import Html, tag, text

DIFFER = "The delegation differs"  # where people of one country gave different answers
INK, SOFT, ACCENT, PALE = "#1a1c20", "#565b66", "#1f4e8c", "#c9d6e8"
PAGE_WIDTH = 5.6  # inches: still readable when a phone shows it at seven tenths
SIZE = 11  # points of a letter
LINE = 1.2 * SIZE / 72  # inches from line to line
_MARGIN = 1.04  # letters on a screen's grid are measured, and drawn without one
_LABEL = 30  # characters a line of a label
_LOOK = {"svg.hashsalt": "seminarkit"}  # the names inside of an SVG are the same each time


class Sheet:
    """A sheet to draw on. All places and lengths are inches, from its upper left corner."""

    def __init__(self, height: float, width: float = PAGE_WIDTH) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height))
        self._place = Affine2D().scale(1, -1).translate(0, height) + self.figure.dpi_scale_trans

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
        made = self.figure.text(x, y, words, ha=side, va=level, size=size, color=INK)
        made.set(transform=self._place, parse_math=False)  # two dollar signs are no formula

    def bar(self, left: float, middle: float, length: float, thick: float, color: str) -> None:
        """Draw a bar that lies on its middle line."""
        corner = (left, middle - thick / 2)
        self._add(Rectangle(corner, length, thick, facecolor=color, edgecolor="none"))

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str | None = None) -> None:
        """Draw a dot."""
        self._add(Circle((x, y), radius, facecolor=fill, edgecolor=edge or fill, linewidth=1))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], color: str, *, dotted: bool
    ) -> None:
        """Draw a line, thin where it is dotted."""
        xs, ys = zip(start, end, strict=True)
        style, width = (":", 1) if dotted else ("-", 2)
        self._add(Line2D(xs, ys, color=color, linestyle=style, linewidth=width))

    def _add(self, shape: Any) -> None:
        shape.set(transform=self._place, zorder=1)  # what is drawn later lies above
        self.figure.add_artist(shape)


def wrapped(label: str, width: int = _LABEL) -> str:
    """Return a label broken into lines of ``width`` characters, cut where it would be endless."""
    lines = textwrap.wrap(shown_name(label), width, max_lines=3, placeholder=" …")
    return "\n".join(lines)


class Chart(Html):
    """A figure under the sentence that states its ``finding``; ``told`` is it all in words."""

    def __init__(self, sheet: Sheet, finding: str, told: str) -> None:
        self._figure, self.finding, self.told = sheet.figure, finding, told
        drawn = _saved(self._figure, format="svg", metadata={"Date": None, "Creator": None})
        source = "data:image/svg+xml;base64," + base64.b64encode(drawn).decode("ascii")
        width, height = round(96 * sheet.width), round(96 * sheet.height)  # CSS pixels
        image = f'<img src="{source}" alt="{escape(told)}" width="{width}" height="{height}">'
        super().__init__(tag("figure", tag("figcaption", text(finding)) + image))

    def png(self) -> bytes:
        """Return it as a picture for a document, sharp enough to be printed."""
        return _saved(self._figure, format="png", dpi=200, metadata={"Software": None})


def _saved(figure: Figure, **how: Any) -> bytes:
    buffer = io.BytesIO()
    with _letters_forgiven(), mpl.rc_context(_LOOK):
        figure.savefig(buffer, **how)
    return buffer.getvalue()


def width_of(words: str, size: float = SIZE) -> float:
    """Return the width of a text's longest line in inches, rather too much than too little."""
    longest = max((_width(line, size, "normal") for line in words.split("\n")), default=0.0)
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
    """Return a word's width in points."""
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(size, 72)
    with _letters_forgiven():
        font.set_text(word, 0.0)
    return float(font.get_width_height()[0]) / 64


@contextmanager
def _letters_forgiven() -> Iterator[None]:
    """Let a letter the font lacks, such as an emoji, be a box: the words stand beside it too."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        yield
