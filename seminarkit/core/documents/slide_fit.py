"""What fits on a slide: points, titles and tables, measured before anything is written.

Text is measured with the charts' own font, which is wider than those that programs for slides use,
so what fits here fits there.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.documents.canvas import lines_of
from seminarkit.core.documents.slide_style import (
    BODY,
    BODY_SIZE,
    CELL_EDGE,
    CELL_SIZE,
    INDENT,
    PICTURE_LEAST,
    TITLE,
    TITLE_SIZES,
)

_LINE = 1.2 / 72  # inches a line takes for each point of its letters
GAP = 0.12  # inches between two points
_TITLE_LINES = 2
_LONGEST_WORD = 200  # letters; an address may be long


@dataclass(frozen=True)
class Picture:
    """A picture as PNG, and what it shows in words."""

    png: bytes
    alt: str


@dataclass(frozen=True)
class Point:
    """A point on a slide, and what the speaker's notes say of it."""

    text: str
    notes: str = ""


@dataclass(frozen=True)
class SlideTable:
    """A table of short texts: its heads and rows; ``ends`` are the numbers of number columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ends: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Slide:
    """One slide: its title, points, a picture or table below them, and the speaker's notes."""

    title: str
    points: tuple[Point, ...] = ()
    picture: Picture | None = None
    table: SlideTable | None = None
    notes: str = ""


def fitting(slide: Slide) -> Iterator[Slide]:
    """Yield a slide in parts that fit, one after the other; only the first has picture and notes.

    A title longer than two lines is cut, and stands whole in the notes.
    """
    points, room = list(_short_enough(slide.points)), BODY.height
    if slide.picture or slide.table:
        room -= PICTURE_LEAST
    parts: list[list[Point]] = []
    while points or not parts:
        here: list[Point] = []
        while points and points_height([*here, points[0]]) <= room:
            here.append(points.pop(0))
        parts.append(here)
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
            notes=_joined([notes if first else "", *(point.notes for point in part)]),
        )


def _joined(notes: Sequence[str]) -> str:
    return "\n\n".join(filter(None, notes))


def _short_enough(points: Sequence[Point]) -> Iterator[Point]:
    """Yield points; one that would fill more than half a slide goes on in another."""
    for point in points:
        words = [part for word in point.text.split() for part in _pieces(word)]
        notes = point.notes
        while words:
            most = range(1, len(words) + 1)
            taken = bisect(most, BODY.height / 2, key=lambda n: _tall(words[:n])) or 1
            yield Point(" ".join(words[:taken]), notes)
            words, notes = words[taken:], ""


def _pieces(word: str) -> Iterator[str]:
    for begin in range(0, len(word), _LONGEST_WORD):
        yield word[begin : begin + _LONGEST_WORD]


def _tall(words: Sequence[str]) -> float:
    return points_height([Point(" ".join(words))])


def points_height(points: Sequence[Point]) -> float:
    """Return how many inches points take on a slide."""
    lines = sum(lines_of(point.text, BODY_SIZE, BODY.width - INDENT) for point in points)
    return lines * BODY_SIZE * _LINE + len(points) * GAP


def cut_title(title: str, more: str = "") -> str:
    """Return a title with what follows it, cut to two lines in the smallest of its sizes."""
    if title_fits(title + more, TITLE_SIZES[-1]):
        return title + more
    words, more = title.removesuffix(" …").split(), f" …{more}"
    while not title_fits(" ".join(words) + more, TITLE_SIZES[-1]):
        words.pop()
    return " ".join(words) + more


def title_fits(title: str, size: int) -> bool:
    """Say whether a title in letters of a size, in points, takes no more lines than it may."""
    return lines_of(title, size, TITLE.width, "bold") <= _TITLE_LINES


def fitting_rows(table: SlideTable) -> SlideTable:
    """Return a table with as many of its rows as a slide holds below its title."""
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
    """Return the width of each column in inches: by its longest text, within bounds."""
    columns = list(zip(table.heads, *table.rows, strict=True))
    long = [max(8, min(60, max(map(len, texts), default=0))) for texts in columns]
    return [BODY.width * each / sum(long) for each in long]
