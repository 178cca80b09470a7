"""Write a piece as plain text, for terminals, mail and screen readers without HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import indent, wrap
from typing import assert_never

from seminarkit.core.documents.pieces import (
    Answer,
    Cell,
    Chart,
    Fold,
    Group,
    Heading,
    Items,
    Line,
    Picture,
    Piece,
    Quote,
    Span,
    Table,
    Text,
    Title,
)
from seminarkit.core.documents.text_lines import (
    column_head,
    is_web,
    item_mark,
    line_text,
    shown_lines,
)

_WIDTH = 100  # characters of a table's row
_RULES = {2: "=", 3: "-", 4: "."}


def plain_text(piece: Piece) -> str:
    """Return a piece as plain text; '' for an empty one."""
    match piece:
        case Title():
            return _title(piece)
        case Heading():
            return _heading(piece)
        case Text():
            return _text(piece)
        case Items():
            return _items(piece)
        case Answer():
            return _answer(piece)
        case Quote():
            return _quote(piece)
        case Table():
            return _table(piece)
        case Chart():
            return _chart(piece)
        case Picture():
            return _picture(piece)
        case Group():
            return _group(piece)
        case Fold():
            return _fold(piece)
        case _:
            assert_never(piece)


def _title(piece: Title) -> str:
    notes = [line_text(note) for note in piece.notes]
    return _lines([piece.kicker, piece.text.upper(), piece.lead, *notes, piece.readers])


def _heading(piece: Heading) -> str:
    return f"{piece.text}\n{_RULES[piece.level] * len(piece.text)}"


def _text(piece: Text) -> str:
    return _words(piece.line)


def _items(piece: Items) -> str:
    return "\n".join(
        (item_mark(piece, number) or "- ") + _words(line)
        for number, line in enumerate(piece.lines, start=1)
    )


def _answer(piece: Answer) -> str:
    return _lines([piece.label, *(f"  {_words(line)}" for line in piece.lines), _byline(piece.by)])


def _quote(piece: Quote) -> str:
    return _lines([piece.about, *(f"> {_words(line)}" for line in piece.lines), _byline(piece.by)])


def _table(piece: Table) -> str:
    heads = [column_head(column) for column in piece.columns]
    rows = [[_cell(cell) for cell in row] for group in piece.groups for row in group.rows]
    widths = _widths([heads, *rows])
    lines = [piece.caption, *_row(heads, widths), "  ".join("-" * width for width in widths)]
    for group in piece.groups:
        lines += [f"[{group.title}]"] if group.title else []
        for row in group.rows:
            lines += _row([_cell(cell) for cell in row], widths)
    return _lines([*lines, piece.note])


def _chart(piece: Chart) -> str:
    return _lines([piece.finding, piece.alt])


def _picture(piece: Picture) -> str:
    return f"[{piece.alt or 'a picture'}]"


def _group(piece: Group) -> str:
    return "\n\n".join(filter(None, map(plain_text, piece.pieces)))


def _fold(piece: Fold) -> str:
    return f"{piece.title}\n{indent(_group(Group(piece.pieces)), '  ')}"


def _words(line: Line) -> str:
    """Return the text of a line, with web addresses after the words that link to them."""
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    if span.look == "ref":
        return f"[{span.text}]"
    if is_web(span.href) and span.href != span.text:
        return f"{span.text} <{span.href}>"
    return span.text


def _byline(name: str) -> str:
    return f"— {name}" if name else ""


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(filter(None, lines))


def _cell(cell: Cell) -> str:
    return "; ".join(_words(line) for line in shown_lines(cell))


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of each column in characters, the widest reduced until a row fits."""
    widths = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    limit = max(widths, default=0)
    while sum(widths) > _WIDTH and limit > 8:
        limit -= 1
        widths = [min(width, limit) for width in widths]
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    parts = [wrap(cell, max(width, 1)) for cell, width in zip(cells, widths, strict=True)]
    for line in zip_longest(*parts, fillvalue=""):
        padded = (part.ljust(width) for part, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip()
