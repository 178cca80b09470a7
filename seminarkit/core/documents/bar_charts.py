"""Bars with their labels: most charts of the kit are some of them, below or beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seminarkit.core.documents.canvas import SIZE, height_of, width_of, wrapped
from seminarkit.core.documents.drawing_sheet import ACCENT, PAGE_WIDTH, PALE, Sheet

_AIR = 0.16  # inches between rows
_LEAST = 0.36  # inches of a row of one line
_BESIDE = 0.07  # inches between a bar and what stands beside it
_BETWEEN = 0.2  # inches between columns
_TITLE = 9.5  # points
_AT_MOST = 0.45  # of the width, for labels


@dataclass(frozen=True)
class Bar:
    """A bar: dark as far as it is ``sure``, pale as far as it ``may`` be; ``words`` beside it."""

    words: str
    sure: float
    may: float = 0


@dataclass(frozen=True)
class Column:
    """Bars below each other, one for each label, under a title of some lines."""

    bars: Sequence[Bar]
    title: str = ""


def bars(
    labels: Sequence[str],
    columns: Sequence[Column],
    full: float = 0,
    *,
    width: float = PAGE_WIDTH,
    line: int = 30,
    size: float = SIZE,
) -> Sheet:
    """Return bars, their labels at the left in lines of so many characters.

    Lengths are on one scale, on which ``full``, where it is given, still fits a column: parts of
    the same whole can then be compared.
    """
    shown = [_narrow(label, line, size, width * _AT_MOST) for label in labels]
    rows = [max(_LEAST, height_of(label, size) + _AIR) for label in shown]
    head = max((height_of(column.title, _TITLE) for column in columns), default=0)
    top = head + (0.1 if head else 0)
    sheet = Sheet(top + sum(rows), width)
    left = max((width_of(label, size) for label in shown), default=0) + 0.1
    room = _room(width - left, columns)
    scale = _scale([bar for column in columns for bar in column.bars], full, room)
    middles = [top + sum(rows[:number]) + row / 2 for number, row in enumerate(rows)]
    for label, middle in zip(shown, middles, strict=True):
        sheet.text(left - 0.1, middle, label, side="right", size=size)
    for number, column in enumerate(columns):
        x = left + number * (room + _BETWEEN)
        sheet.text(x, top - 0.08, column.title, level="bottom", size=_TITLE)
        for bar, middle in zip(column.bars, middles, strict=True):
            _draw(sheet, bar, x, middle, scale)
    return sheet


def _narrow(label: str, line: int, size: float, width: float) -> str:
    """Return a label in lines of so many characters, or fewer where its letters are wide."""
    shown = wrapped(label, line)
    while width_of(shown, size) > width and line > 1:
        line -= 1
        shown = wrapped(label, line)
    return shown


def _room(width: float, columns: Sequence[Column]) -> float:
    """Return the width of each column; the last one's title may need more."""
    others = len(columns) - 1
    free = width - _BETWEEN * others
    last = width_of(columns[-1].title, _TITLE)
    return min(free / len(columns), (free - last) / others) if others else free


def _draw(sheet: Sheet, bar: Bar, x: float, middle: float, scale: float) -> None:
    if bar.may > bar.sure:
        sheet.bar(x, middle, bar.may * scale, 0.22, PALE)
    if bar.sure:
        sheet.bar(x, middle, bar.sure * scale, 0.22, ACCENT)
    sheet.text(x + max(bar.may, bar.sure) * scale + _BESIDE, middle, bar.words)


def _scale(drawn: Sequence[Bar], full: float, room: float) -> float:
    """Return how many inches one is, so that every bar fits its column with its words."""
    fits = [
        (room - _BESIDE - width_of(bar.words)) / max(bar.sure, bar.may)
        for bar in drawn
        if max(bar.sure, bar.may)
    ]
    return max(0.0, min([*fits, *([room / full] if full else [])], default=0.0))
