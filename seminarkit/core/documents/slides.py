"""A document as slides that a team can edit: on them what is said, in the notes where it is from.

A heading begins a slide. A chart, a picture or a table has a slide of its own. A heading of a lower
level begins one under both headings. Notes, names and receipts go to the speaker's notes, and what
a page folds away is left out.
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
_ASIDE = ("note", "by", "footnote")  # roles of what goes to the notes
_CELL = 160  # letters of a cell; more is for a document


def pptx(document: Document, most_rows: int = MOST_ROWS) -> bytes:
    """Return a document as a PowerPoint file; a table shows ``most_rows`` on its slide."""
    parts = [part for part in document.parts if "pptx" not in part.skipped]
    pieces = [part.piece for part in parts if not part.spoken]
    spoken = [plain_text(part.piece) for part in parts if part.spoken]
    title = head(pieces)
    place = " – ".join(filter(None, [title.seminar, title.kicker])) if title else ""
    lead = title.lead if title else ""
    deck = Deck(
        title=document.title,
        subtitle="\n".join(filter(None, [place, lead])),
        foot=(title.readers or title.seminar) if title else "",
        lang=document.language,
        notes="\n\n".join(spoken),
    )
    writer = _Writer(most_rows)
    for piece in pieces:
        if piece is not title:
            writer.add(piece)
    return write_slides(deck, writer.finished())


class _Writer:
    """Collects slides; the one under way holds the points since the last heading."""

    def __init__(self, most_rows: int) -> None:
        self._most_rows = most_rows
        self._section = self._title = ""
        self._points: list[Point] = []
        self._slides: list[Slide] = []

    def add(self, piece: Piece) -> None:
        """Add a piece to the slide under way, or begin another."""
        match piece:
            case Title() | Heading():
                self._begin(piece)
            case Text():
                self._text(piece)
            case Items():
                for number, item in enumerate(piece.lines, start=1):
                    self._point(item_mark(piece, number) + line_text(item))
            case Answer():
                self._lines(piece.label, piece.lines, piece.by)
            case Quote():
                self._lines(piece.about, piece.lines, piece.by)
            case Table():
                self._table(piece)
            case Chart():
                shown = SlidePicture(canvas.png(piece.drawing), piece.alt)
                self._whole((Point(piece.finding),), picture=shown, notes=piece.alt)
            case Picture():
                self._whole((), picture=SlidePicture(_png(piece), piece.alt), notes=piece.alt)
            case Group():
                for part in piece.pieces:
                    self.add(part)
            case Fold():
                pass

    def finished(self) -> list[Slide]:
        """Return all slides."""
        self._end()
        return self._slides

    def _begin(self, heading: Heading | Title) -> None:
        self._end()
        if isinstance(heading, Title) or heading.level == 2:
            self._section = self._title = heading.text
        else:
            self._title = ": ".join(filter(None, [self._section, heading.text]))

    def _end(self) -> None:
        if self._points:
            self._slides.append(Slide(self._title, tuple(self._points)))
        self._points = []

    def _whole(
        self,
        points: tuple[Point, ...],
        *,
        picture: SlidePicture | None = None,
        table: SlideTable | None = None,
        notes: str = "",
        title: str = "",
    ) -> None:
        """Add a slide of its own, after the points so far."""
        self._end()
        self._slides.append(Slide(title or self._title, points, picture, table, notes))

    def _point(self, text: str, notes: str = "") -> None:
        if text.strip():
            self._points.append(Point(text, notes))

    def _aside(self, words: str) -> None:
        """Add to the notes of the last point, or of the last slide where there is none."""
        if self._points:
            last = self._points.pop()
            self._points.append(replace(last, notes="\n".join(filter(None, [last.notes, words]))))
        elif self._slides and self._slides[-1].title == self._title:
            slide = self._slides.pop()
            notes = "\n".join(filter(None, [slide.notes, words]))
            self._slides.append(replace(slide, notes=notes))

    def _text(self, piece: Text) -> None:
        words = line_text(piece.line)
        if piece.role in _ASIDE:
            self._aside(words)
        else:
            self._point(words)

    def _lines(self, label: str, lines: Sequence[Line], by: str) -> None:
        texts = [line_text(line) for line in lines]
        if label:
            texts = [f"{label}: {text}" for text in texts[:1]] + texts[1:]
        for text in texts:
            self._point(text)
        if by:
            self._aside(by)

    def _table(self, table: Table) -> None:
        """Add a table, cut to the rows that a slide holds."""
        if not table.columns:
            return
        heads = tuple(map(column_head, table.columns))
        whole = list(_rows(shortened(table, self._most_rows)))
        made = SlideTable(
            heads=heads,
            rows=tuple(tuple(map(_short, row)) for row in whole),
            ends=frozenset(n for n, column in enumerate(table.columns) if column.align == "end"),
        )
        shown = fitting_rows(made)
        notes = [table.caption, table.note, *_cut_cells(heads, whole[: len(shown.rows)])]
        if len(shown.rows) < len(made.rows):
            notes.append("The slide has no room for more rows: see the document or the table file.")
        self._whole((), table=shown, notes="\n".join(filter(None, notes)))


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table as texts."""
    for group in table.groups:
        if group.title:
            yield (group.title, *("" for _ in table.columns[1:]))
        for row in group.rows:
            yield tuple("; ".join(map(line_text, shown_lines(cell))) for cell in row)


def _short(text: str) -> str:
    """Return a text short enough for a cell of a slide."""
    return shorten(text, _CELL, placeholder=" …")


def _cut_cells(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each text that a slide shows cut, whole, for the speaker's notes."""
    for row in rows:
        name, *_ = row  # of a table with columns
        for column, text in zip(heads, row, strict=True):
            if _short(text).endswith(" …") and not text.endswith(" …"):
                yield f"{name}, {column}: {text}" if text != name else f"{column}: {text}"


def _png(piece: Picture) -> bytes:
    from seminarkit.core.documents.pdf_file import as_png  # slow to load

    data = base64.b64decode(piece.data)
    return as_png(data) if piece.type == "image/svg+xml" else data
