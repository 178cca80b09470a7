"""Fit points, titles and tables to slides, by measuring them before they are written.

Text is measured with the charts' own font. It is wider than the fonts of slide programs, so that
what fits here fits there.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.documents.canvas import lines_of
from seminarkit.core.documents.slide_style import (
    BODY,
    BODY_SIZE,
    CELL_EDGE,
    CELL_SIZE,
    INDENT,
    MIN_PICTURE_HEIGHT,
    TITLE,
    TITLE_SIZES,
)

_LINE = 1.2 / 72  # line height in inches per point of font size
GAP = 0.12  # inches between two points
_TITLE_LINES = 2
_LONGEST_WORD = 200  # characters; a URL may be long


@dataclass(frozen=True)
class Picture:
    """A PNG picture and its alternative text."""

    png: bytes
    alt: str


@dataclass(frozen=True)
class Point:
    """A bullet point of a slide, and its speaker's notes."""

    text: str
    notes: str = ""


@dataclass(frozen=True)
class SlideTable:
    """A table of short texts: heads and rows; ``ends`` are the indexes of numeric columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ends: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Slide:
    """A slide: its title, points, a picture or table below them, and the speaker's notes."""

    title: str
    points: tuple[Point, ...] = ()
    picture: Picture | None = None
    table: SlideTable | None = None
    notes: str = ""


def split_slide(slide: Slide) -> Iterator[Slide]:
    """Split a slide into slides that fit; only the first has the picture or table and the notes.

    A title longer than two lines is cut, and is complete in the notes.
    """
    points, room = list(_split_points(slide.points)), BODY.height
    if slide.picture or slide.table:
        room -= MIN_PICTURE_HEIGHT
    parts: list[list[Point]] = []
    while points or not parts:
        # signs that no font has count as their names, so one point may seem taller than a slide
        fitting = [points.pop(0)] if points and room == BODY.height else []
        while points and points_height([*fitting, points[0]]) <= room:
            fitting.append(points.pop(0))
        parts.append(fitting)
        room = BODY.height
    title, notes = cut_title(slide.title), slide.notes
    if title != slide.title:
        notes = f"{slide.title}\n{notes}".strip()
    for number, part in enumerate(parts):
        first = number == 0
        yield replace(
            slide,
            title=title if first else cut_title(title, f" ({number + 1})"),
            points=tuple(part),
            picture=slide.picture if first else None,
            table=slide.table if first else None,
            notes=_join_notes([notes if first else "", *(point.notes for point in part)]),
        )


def _join_notes(notes: Sequence[str]) -> str:
    return "\n\n".join(filter(None, notes))


def _split_points(points: Sequence[Point]) -> Iterator[Point]:
    """Yield points, with those that would fill more than half a slide split."""
    for point in points:
        words = [piece for word in point.text.split() for piece in _split_word(word)]
        notes = point.notes
        while words:
            count = _most(words, lambda part: _height(part) <= BODY.height / 2) or 1
            yield Point(" ".join(words[:count]), notes)
            words, notes = words[count:], ""


def _split_word(word: str) -> Iterator[str]:
    for start in range(0, len(word), _LONGEST_WORD):
        yield word[start : start + _LONGEST_WORD]


def _most(words: Sequence[str], fits: Callable[[Sequence[str]], bool]) -> int:
    """Return how many of the first words fit; texts that are much longer are not measured."""
    bound = 1
    while bound < len(words) and fits(words[:bound]):
        bound *= 2
    counts = range(1, min(bound, len(words)) + 1)
    return bisect(counts, False, key=lambda count: not fits(words[:count]))


def _height(words: Sequence[str]) -> float:
    return points_height([Point(" ".join(words))])


def points_height(points: Sequence[Point]) -> float:
    """Return the height of points on a slide in inches."""
    lines = sum(lines_of(point.text, BODY_SIZE, BODY.width - INDENT) for point in points)
    return lines * BODY_SIZE * _LINE + len(points) * GAP


def cut_title(title: str, more: str = "") -> str:
    """Return a title and ``more`` after it, cut to two lines at the smallest title size."""
    if title_fits(title + more, TITLE_SIZES[-1]):
        return title + more
    words, more = title.removesuffix(" …").split(), f" …{more}"
    count = _most(words, lambda part: title_fits(" ".join(part) + more, TITLE_SIZES[-1]))
    return " ".join(words[:count]) + more


def title_fits(title: str, size: int) -> bool:
    """Return whether a title of ``size`` points fits in two lines."""
    return lines_of(title, size, TITLE.width, "bold") <= _TITLE_LINES


def fitting_rows(table: SlideTable) -> SlideTable:
    """Return a table with the first rows that fit on a slide."""
    widths = column_widths(table)
    rows: list[tuple[str, ...]] = []
    height = _row_height(table.heads, widths)
    for row in table.rows:
        height += _row_height(row, widths)
        if height > BODY.height and rows:
            break
        rows.append(row)
    return replace(table, rows=tuple(rows))


def _row_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    lines = [
        lines_of(text, CELL_SIZE, width - 2 * CELL_EDGE)
        for text, width in zip(texts, widths, strict=True)
    ]
    return max(lines, default=1) * CELL_SIZE * _LINE + CELL_EDGE


def column_widths(table: SlideTable) -> list[float]:
    """Return the width of each column in inches, by its longest text, within bounds."""
    columns = list(zip(table.heads, *table.rows, strict=True))
    lengths = [max(8, min(60, max(map(len, texts), default=0))) for texts in columns]
    return [BODY.width * length / sum(lengths) for length in lengths]
