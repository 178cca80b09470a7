"""Convert a document to slides that people can edit, with sources in the speaker's notes.

A heading begins a slide; the title of a slide under a lower heading has both headings. A chart, a
picture or a table has its own slide. Notes, names and receipts go to the speaker's notes; folds
are left out.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import shorten

from seminarkit.core.documents import canvas
from seminarkit.core.documents.document import Document, head, shortened
from seminarkit.core.documents.pieces import (
    Answer,
    Chart,
    Fold,
    Group,
    Heading,
    Items,
    Line,
    Picture,
    Piece,
    Quote,
    Table,
    Text,
    Title,
)
from seminarkit.core.documents.plain_text import plain_text
from seminarkit.core.documents.pptx_file import Deck, write_slides
from seminarkit.core.documents.slide_fit import Picture as SlidePicture
from seminarkit.core.documents.slide_fit import Point, Slide, SlideTable, fitting_rows
from seminarkit.core.documents.text_lines import column_head, item_mark, line_text, shown_lines

MOST_ROWS = 12  # of a table on a slide
_NOTE_ROLES = ("note", "by", "footnote")  # roles of text for the speaker's notes
_MAX_CELL = 160  # characters of a cell


def pptx(document: Document, most_rows: int = MOST_ROWS) -> bytes:
    """Return a document as a PowerPoint file, with at most ``most_rows`` rows per table."""
    parts = [part for part in document.parts if "pptx" not in part.skipped]
    pieces = [part.piece for part in parts if not part.spoken]
    spoken = [plain_text(part.piece) for part in parts if part.spoken]
    title = head(pieces)
    occasion = " – ".join(filter(None, [title.seminar, title.kicker])) if title else ""
    lead = title.lead if title else ""
    deck = Deck(
        title=document.title,
        subtitle="\n".join(filter(None, [occasion, lead])),
        foot=(title.readers or title.seminar) if title else "",
        lang=document.language,
        notes="\n\n".join(spoken),
    )
    writer = _Writer(most_rows)
    for piece in pieces:
        if piece is not title:
            writer.add(piece)
    return write_slides(deck, writer.end())


class _Writer:
    """Collects slides; the current one has the points since the last heading."""

    def __init__(self, most_rows: int) -> None:
        self._most_rows = most_rows
        self._section = self._title = ""
        self._points: list[Point] = []
        self._slides: list[Slide] = []

    def add(self, piece: Piece) -> None:
        """Add a piece to the current slide, or begin another slide."""
        match piece:
            case Title() | Heading():
                self._begin_slide(piece)
            case Text():
                self._text(piece)
            case Items():
                for number, item in enumerate(piece.lines, start=1):
                    self._add_point(item_mark(piece, number) + line_text(item))
            case Answer():
                self._lines(piece.label, piece.lines, piece.by)
            case Quote():
                self._lines(piece.about, piece.lines, piece.by)
            case Table():
                self._table(piece)
            case Chart():
                picture = SlidePicture(canvas.png(piece.drawing), piece.alt)
                self._add_slide((Point(piece.finding),), picture=picture, notes=piece.alt)
            case Picture():
                self._add_slide((), picture=SlidePicture(_png(piece), piece.alt), notes=piece.alt)
            case Group():
                for part in piece.pieces:
                    self.add(part)
            case Fold():
                pass

    def end(self) -> list[Slide]:
        """End the current slide, and return all slides."""
        self._end_slide()
        return self._slides

    def _begin_slide(self, heading: Heading | Title) -> None:
        self._end_slide()
        if isinstance(heading, Title) or heading.level == 2:
            self._section = self._title = heading.text
        else:
            self._title = ": ".join(filter(None, [self._section, heading.text]))

    def _end_slide(self) -> None:
        if self._points:
            self._slides.append(Slide(self._title, tuple(self._points)))
        self._points = []

    def _add_slide(
        self,
        points: tuple[Point, ...],
        *,
        picture: SlidePicture | None = None,
        table: SlideTable | None = None,
        notes: str = "",
        title: str = "",
    ) -> None:
        """Add a separate slide, after the points so far."""
        self._end_slide()
        self._slides.append(Slide(title or self._title, points, picture, table, notes))

    def _add_point(self, text: str, notes: str = "") -> None:
        if text.strip():
            self._points.append(Point(text, notes))

    def _add_note(self, words: str) -> None:
        """Add to the notes of the last point, or of the last slide if there is no point."""
        if self._points:
            last = self._points.pop()
            self._points.append(replace(last, notes="\n".join(filter(None, [last.notes, words]))))
        elif self._slides and self._slides[-1].title == self._title:
            slide = self._slides.pop()
            notes = "\n".join(filter(None, [slide.notes, words]))
            self._slides.append(replace(slide, notes=notes))

    def _text(self, piece: Text) -> None:
        words = line_text(piece.line)
        if piece.role in _NOTE_ROLES:
            self._add_note(words)
        else:
            self._add_point(words)

    def _lines(self, label: str, lines: Sequence[Line], by: str) -> None:
        texts = [line_text(line) for line in lines]
        if label:
            texts = [f"{label}: {text}" for text in texts[:1]] + texts[1:]
        for text in texts:
            self._add_point(text)
        if by:
            self._add_note(by)

    def _table(self, table: Table) -> None:
        """Add a table, cut to the rows that fit on a slide."""
        if not table.columns:
            return
        heads = tuple(map(column_head, table.columns))
        rows = list(_rows(shortened(table, self._most_rows)))
        slide_table = SlideTable(
            heads=heads,
            rows=tuple(tuple(map(_short, row)) for row in rows),
            ends=frozenset(n for n, column in enumerate(table.columns) if column.align == "end"),
        )
        visible = fitting_rows(slide_table)
        notes = [table.caption, table.note, *_cut_cells(heads, rows[: len(visible.rows)])]
        if len(visible.rows) < len(slide_table.rows):
            notes.append("The slide has no room for more rows: see the document or the table file.")
        self._add_slide((), table=visible, notes="\n".join(filter(None, notes)))


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table as texts."""
    for group in table.groups:
        if group.title:
            yield (group.title, *("" for _ in table.columns[1:]))
        for row in group.rows:
            yield tuple("; ".join(map(line_text, shown_lines(cell))) for cell in row)


def _short(text: str) -> str:
    """Return a text cut to the length of a cell on a slide."""
    return shorten(text, _MAX_CELL, placeholder=" …")


def _cut_cells(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the full text of cells that the slide shows cut, for the speaker's notes."""
    for row in rows:
        name, *_ = row
        for column, text in zip(heads, row, strict=True):
            if _short(text).endswith(" …") and not text.endswith(" …"):
                yield f"{name}, {column}: {text}" if text != name else f"{column}: {text}"


def _png(piece: Picture) -> bytes:
    from seminarkit.core.documents.pdf_file import as_png  # slow to load

    data = base64.b64decode(piece.data)
    return as_png(data) if piece.type == "image/svg+xml" else data
