"""A canvas that places words by their measured size, and returns a drawing."""

from __future__ import annotations

from seminarkit.core.documents.canvas import (
    LINE,
    SIZE,
    drawable,
    height_of,
    line_width,
)
from seminarkit.core.documents.drawing import Bar, Dot, Drawing, Label, Mark, Stroke

SOFT, ACCENT, PALE = "#565b66", "#1f4e8c", "#c9d6e8"
PAGE_WIDTH = 5.6  # inches: still readable when a phone scales it to 70 %
_BASE = 0.77  # the baseline as a share of the line height, so that letters are centred in the line
_OFFSETS = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "bottom": 1.0}
_DIGITS = 4  # decimals of an inch: finer than any printer


class DrawingSheet:
    """A sheet to draw on. All positions and lengths are inches from its upper left corner."""

    def __init__(self, height: float, width: float = PAGE_WIDTH) -> None:
        self.width, self.height = width, height
        self._marks: list[Mark] = []

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
        """Write words with their ``side`` at x and their ``level`` (top, center, bottom) at y."""
        words = drawable(words)
        top = y - _OFFSETS[level] * height_of(words, size)
        for number, line in enumerate(words.split("\n")):
            left = x - _OFFSETS[side] * line_width(line, size) / 72
            base = top + (number + _BASE) * LINE * size / SIZE
            if line.strip():
                self._marks.append(Label(_inches(left), _inches(base), line, size))

    def bar(self, left: float, middle: float, length: float, thick: float, color: str) -> None:
        """Draw a horizontal bar, placed by its middle line."""
        shape = _inches(left), _inches(middle), _inches(length), _inches(thick)
        self._marks.append(Bar(*shape, color))

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str | None = None) -> None:
        """Draw a dot."""
        self._marks.append(Dot(_inches(x), _inches(y), _inches(radius), fill, edge or fill))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], color: str, *, dotted: bool
    ) -> None:
        """Draw a line; a dotted one is thinner."""
        (left, top), (right, bottom) = start, end
        ends = _inches(left), _inches(top), _inches(right), _inches(bottom)
        self._marks.append(Stroke(*ends, color, dotted))

    def drawing(self) -> Drawing:
        """Return all marks so far as a drawing."""
        return Drawing(_inches(self.width), _inches(self.height), tuple(self._marks))


def _inches(length: float) -> float:
    return round(length, _DIGITS)
