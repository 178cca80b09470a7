"""How every chart of the kit looks, and how it becomes a piece of a page or of a document.

Drawn without pyplot, on pages as SVG with the letters as outlines: matplotlib's own font holds
every script of the seminar, and the same data give the same bytes.
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
from matplotlib.axes import Axes as Axes
from matplotlib.figure import Figure as Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from seminarkit.names import shown_name
from seminarkit.report.html import Html, tag, text

DIFFER = "The delegation differs"  # where people of one country gave different answers
INK, SOFT, ACCENT, PALE = "#1a1c20", "#565b66", "#1f4e8c", "#c9d6e8"
PAGE_WIDTH = 5.6  # inches: still readable when a phone shows it at seven tenths
_LABEL = 30  # characters a line of a label
_LOOK = {
    "font.size": 11,
    "svg.hashsalt": "seminarkit",
    "text.parse_math": False,  # an answer with two dollar signs is no formula
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
}


def canvas(height: float) -> tuple[Figure, Axes]:
    """Return a figure of the kit's width and look, ``height`` in inches, with one set of axes."""
    figure, (axes,) = panels(height, 1)
    return figure, axes


def panels(height: float, number: int, width: float = PAGE_WIDTH) -> tuple[Figure, list[Axes]]:
    """Return a figure of the kit's look with some sets of axes side by side."""
    mpl.rcParams.update(_LOOK)
    figure = Figure(figsize=(width, height), layout="constrained")
    all_axes = list(figure.subplots(1, number, squeeze=False)[0])
    for axes in all_axes:
        axes.tick_params(length=0)
        axes.set_axisbelow(True)
    return figure, all_axes


def wrapped(label: str, width: int = _LABEL) -> str:
    """Return a label broken into lines of ``width`` characters, cut where it would be endless."""
    lines = textwrap.wrap(shown_name(label), width, max_lines=3, placeholder=" …")
    return "\n".join(lines)


class Chart(Html):
    """A figure under the sentence that states its ``finding``; ``told`` is it all in words."""

    def __init__(self, figure: Figure, finding: str, told: str) -> None:
        self._figure, self.finding, self.told = figure, finding, told
        drawn = _saved(figure, format="svg", metadata={"Date": None, "Creator": None})
        source = "data:image/svg+xml;base64," + base64.b64encode(drawn).decode("ascii")
        width, height = (round(96 * inches) for inches in figure.get_size_inches())  # CSS pixels
        image = f'<img src="{source}" alt="{escape(told)}" width="{width}" height="{height}">'
        super().__init__(tag("figure", tag("figcaption", text(finding)) + image))

    def png(self) -> bytes:
        """Return it as a picture for a document, sharp enough to be printed."""
        return _saved(self._figure, format="png", dpi=200, metadata={"Software": None})


def _saved(figure: Figure, **how: Any) -> bytes:
    buffer = io.BytesIO()
    with _letters_forgiven():
        figure.savefig(buffer, **how)
    return buffer.getvalue()


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
