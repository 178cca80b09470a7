"""Horizontal bar charts with labels, in one or several columns: most charts of the kit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seminarkit.core.documents.canvas import SIZE, height_of, width_of, wrapped
from seminarkit.core.documents.drawing_sheet import ACCENT, PAGE_WIDTH, PALE, DrawingSheet

_ROW_GAP = 0.16  # inches between rows
_ROW_HEIGHT = 0.36  # inches: the minimum height of a row
_WORDS_GAP = 0.07  # inches between a bar and the words beside it
_COLUMN_GAP = 0.2  # inches between columns
_TITLE_SIZE = 9.5  # points
_LABEL_SHARE = 0.45  # the labels' largest share of the width


@dataclass(frozen=True)
class Bar:
    """A bar, dark up to its ``lower`` bound and pale up to its ``upper`` one; words beside it."""

    words: str
    lower: float
    upper: float = 0


@dataclass(frozen=True)
class Column:
    """One bar per label, under a title that may have several lines."""

    bars: Sequence[Bar]
    title: str = ""


def bars(
    labels: Sequence[str],
    columns: Sequence[Column],
    max_length: float = 0,
    *,
    width: float = PAGE_WIDTH,
    line: int = 30,
    size: float = SIZE,
) -> DrawingSheet:
    """Return a bar chart with its labels at the left, wrapped at ``line`` characters.

    All columns share one scale. A bar of length ``max_length`` would still fit its column, so that
    charts of parts of the same total can be compared.
    """
    wrapped_labels = [_wrap_label(label, line, size, width * _LABEL_SHARE) for label in labels]
    rows = [max(_ROW_HEIGHT, height_of(label, size) + _ROW_GAP) for label in wrapped_labels]
    head = max((height_of(column.title, _TITLE_SIZE) for column in columns), default=0)
    top = head + (0.1 if head else 0)
    sheet = DrawingSheet(top + sum(rows), width)
    left = max((width_of(label, size) for label in wrapped_labels), default=0) + 0.1
    room = _room(width - left, columns)
    scale = _scale([bar for column in columns for bar in column.bars], max_length, room)
    middles = [top + sum(rows[:number]) + row / 2 for number, row in enumerate(rows)]
    for label, middle in zip(wrapped_labels, middles, strict=True):
        sheet.text(left - 0.1, middle, label, side="right", size=size)
    for number, column in enumerate(columns):
        x = left + number * (room + _COLUMN_GAP)
        sheet.text(x, top - 0.08, column.title, level="bottom", size=_TITLE_SIZE)
        for bar, middle in zip(column.bars, middles, strict=True):
            _draw(sheet, bar, x, middle, scale)
    return sheet


def _wrap_label(label: str, line: int, size: float, width: float) -> str:
    """Wrap a label at ``line`` characters, or at fewer until it fits ``width`` inches."""
    wrapped_labels = wrapped(label, line)
    while width_of(wrapped_labels, size) > width and line > 1:
        line -= 1
        wrapped_labels = wrapped(label, line)
    return wrapped_labels


def _room(width: float, columns: Sequence[Column]) -> float:
    """Return the width of the columns in inches, less if the last one's title needs the space."""
    others = len(columns) - 1
    free = width - _COLUMN_GAP * others
    last = width_of(columns[-1].title, _TITLE_SIZE)
    return min(free / len(columns), (free - last) / others) if others else free


def _draw(sheet: DrawingSheet, bar: Bar, x: float, middle: float, scale: float) -> None:
    if bar.upper > bar.lower:
        sheet.bar(x, middle, bar.upper * scale, 0.22, PALE)
    if bar.lower:
        sheet.bar(x, middle, bar.lower * scale, 0.22, ACCENT)
    sheet.text(x + max(bar.upper, bar.lower) * scale + _WORDS_GAP, middle, bar.words)


def _scale(all_bars: Sequence[Bar], max_length: float, room: float) -> float:
    """Return the inches per unit at which every bar and the words beside it fit the column."""
    fits = [
        (room - _WORDS_GAP - width_of(bar.words)) / max(bar.lower, bar.upper)
        for bar in all_bars
        if max(bar.lower, bar.upper)
    ]
    return max(0.0, min([*fits, *([room / max_length] if max_length else [])], default=0.0))
