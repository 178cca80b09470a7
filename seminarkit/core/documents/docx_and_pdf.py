"""Write a document as a Word file or a PDF: one walk over the pieces for both formats.

Headings, lists, header rows, links and text directions are real ones, so that screen readers find
them. The same document gives the same bytes.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from seminarkit.core.documents import canvas
from seminarkit.core.documents.document import Document, head, is_compact, shortened
from seminarkit.core.documents.docx_xml import Box, Grid, Words
from seminarkit.core.documents.pieces import (
    Answer,
    Cell,
    Chart,
    Fold,
    Group,
    Heading,
    Items,
    Line,
    Mark,
    Picture,
    Piece,
    Quote,
    Role,
    Span,
    Table,
    Text,
    Title,
)
from seminarkit.core.documents.text_lines import (
    column_head,
    is_web,
    line_text,
    shown_lines,
    split_lines,
)

if TYPE_CHECKING:
    from seminarkit.core.documents.docx_file import WordFile
    from seminarkit.core.documents.pdf_file import PdfFile

    File = WordFile | PdfFile

_STYLES: dict[Role, str] = {
    "plain": "Normal",
    "lead": "Seminar Lead",
    "note": "Seminar Note Below",
    "by": "Seminar Note Below",
    "about": "Seminar Hint",
    "footnote": "Seminar Note Below",
    "question": "Seminar Question",
}
_LOOKS = {
    "strong": "strong",
    "code": "code",
    "quiet": "quiet",
    "ref": "raised",
    # paper has no colours
    **dict.fromkeys(get_args(Mark), "strong"),
}
_INCH = 2.54  # centimetres
_PAGE_WIDTH = 17.0  # centimetres between the margins
_DPI = 96  # dots per inch of a picture that a notebook's own cell has drawn
_COLUMN_BOUNDS, _TIMES_BOUNDS = (10, 42), (8, 80)  # characters that set a column's width


def docx(document: Document) -> bytes:
    """Return a document as a Word file."""
    from seminarkit.core.documents.docx_file import WordFile  # slow to load

    pieces = document.pieces("docx")
    file = WordFile(document.title, document.language, compact=is_compact(pieces))
    _Writer(file, pieces, vector=False).write()
    return file.save()


def pdf(document: Document) -> bytes:
    """Return a document as a PDF."""
    from seminarkit.core.documents.pdf_file import PdfFile  # slow to load

    pieces = document.pieces("pdf")
    file = PdfFile(document.title, document.language, compact=is_compact(pieces))
    _Writer(file, pieces, vector=True).write()
    return file.save()


class _Writer:
    """Writes pieces into a file; only links to an anchor of the document become links."""

    def __init__(self, file: File, pieces: Sequence[Piece], *, vector: bool) -> None:
        self._file, self._pieces, self._vector = file, pieces, vector
        self._anchors = set(_anchors(pieces))
        self._used_anchors: set[str] = set()

    def write(self) -> None:
        """Write all pieces, the lines of the title first."""
        title = head(self._pieces)
        if title:
            self._title(title)
        for piece in self._pieces:
            if piece is not title:
                self._piece(piece)

    def _title(self, title: Title) -> None:
        self._words(" – ".join(filter(None, [title.seminar, title.kicker])), "Seminar Note")
        self._words(title.lead, "Seminar Lead")
        for note in title.notes:
            self._file.line(self._line(note), "Seminar Note Below")
        self._words(title.readers, "Normal")

    def _piece(self, piece: Piece) -> None:
        match piece:
            case Title():
                self._file.heading([Words(piece.text)], 1)
            case Heading():
                words = Words(piece.text, anchor=self._anchor(piece.anchor))
                self._file.heading([words], piece.level - 1)
            case Text():
                self._file.line(self._line(piece.line, piece.anchor), _STYLES[piece.role])
            case Items():
                anchors = piece.anchors or ("",) * len(piece.lines)
                items = [self._item(*item) for item in zip(piece.lines, anchors, strict=True)]
                self._file.items(items, ordered=piece.ordered, look=piece.look)
            case Answer():
                self._words(piece.label, "Seminar Question")
                self._lines(piece.lines, "Seminar Answer", piece.by)
            case Quote():
                self._words(piece.about, "Seminar Hint")
                self._lines(piece.lines, "Seminar Quote", piece.by)
            case Table():
                self._table(shortened(piece))
            case Chart():
                self._words(piece.finding, "Seminar Question")
                draw = canvas.svg if self._vector else canvas.png
                width = min(piece.drawing.width * _INCH, _PAGE_WIDTH)
                self._file.picture(draw(piece.drawing), piece.alt, width)
            case Picture():
                self._picture(piece)
            case Group() | Fold():
                for part in _inside(piece):
                    self._piece(part)

    def _words(self, words: str, style: str) -> None:
        if words:
            self._file.line([Words(words)], style)

    def _lines(self, lines: Sequence[Line], style: str, by: str) -> None:
        for line in lines:
            self._file.line(self._line(line), style)
        self._words(by, "Seminar Note Below")

    def _table(self, table: Table) -> None:
        self._words(table.caption, "Seminar Question")
        heads = [column_head(column) for column in table.columns]
        groups = [
            (group.title, [[self._cell(cell) for cell in row] for row in group.rows])
            for group in table.groups
        ]
        ends = frozenset(n for n, column in enumerate(table.columns) if column.align == "end")
        if heads:
            self._file.grid(Grid(heads, groups, _widths(table, heads), ends))
        self._words(table.note, "Seminar Note Below")

    def _picture(self, piece: Picture) -> None:
        from seminarkit.core.documents.pdf_file import DOTS, as_png  # slow to load
        from seminarkit.core.documents.png import size_of

        data, dots = base64.b64decode(piece.data), _DPI
        raster = data
        if piece.type == "image/svg+xml":
            raster, dots = as_png(data), DOTS
        width, _ = size_of(raster) or (0, 0)  # broken pictures were refused before
        self._file.picture(data if self._vector else raster, piece.alt, _width(width, dots))

    def _item(self, line: Line, anchor: str) -> Box:
        return [self._line(part, "" if n else anchor) for n, part in enumerate(split_lines(line))]

    def _cell(self, cell: Cell) -> Box:
        lines = shown_lines(cell)
        return [self._line(line, "" if n else cell.anchor) for n, line in enumerate(lines)]

    def _line(self, line: Line, anchor: str = "") -> list[Words]:
        anchor = self._anchor(anchor)
        words: list[Words] = []
        for previous, span in zip((None, *line), line, strict=False):
            if previous and previous.look == span.look == "ref":
                words.append(Words(", ", "raised"))  # else two numbers would read as one
            words.append(self._span(span))
        return [Words("", anchor=anchor), *words] if anchor else words

    def _span(self, span: Span) -> Words:
        look = _LOOKS.get(span.look, "")
        if is_web(span.href):
            return Words(span.text, look, link=span.href)
        if span.href[1:] in self._anchors and span.href.startswith("#"):
            return Words(span.text, look, place=span.href[1:])
        # a document cannot link to pages of the site: the hint is written out instead
        hint = f": {span.hint}" if span.hint and ".html" in span.href else ""
        return Words(span.text + hint, look)

    def _anchor(self, anchor: str) -> str:
        """Return an anchor at its first use, else '': anchors are unique in a file."""
        if anchor in self._used_anchors:
            return ""
        self._used_anchors.add(anchor)
        return anchor


def _inside(piece: Group | Fold) -> Sequence[Piece]:
    """Return the pieces of a group or fold that are printed; none of a fold that is not."""
    if isinstance(piece, Group):
        return piece.pieces
    return (Heading(piece.title, 3), *piece.pieces) if piece.printed else ()


def _anchors(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case Heading() | Text():
                yield piece.anchor
            case Items():
                yield from piece.anchors
            case Table():
                groups = shortened(piece).groups
                yield from (cell.anchor for group in groups for row in group.rows for cell in row)
            case Group() | Fold():
                yield from _anchors(_inside(piece))


def _widths(table: Table, heads: Sequence[str]) -> list[int]:
    """Return the relative width of each column: by its longest text, within bounds."""
    minimum, maximum = _TIMES_BOUNDS if table.look == "times" else _COLUMN_BOUNDS
    rows = [row for group in table.groups for row in group.rows]
    widths = []
    for number, title in enumerate(heads):
        lines = [line_text(line) for row in rows for line in shown_lines(row[number])]
        longest = max(map(len, lines), default=0)
        word = max((len(part) for part in title.split()), default=0)
        widths.append(max(minimum, round(1.6 * word) + 4, min(maximum, longest)))
    return widths


def _width(dots: int, dpi: int) -> float:
    """Return the width of a picture in centimetres: its own, at most the width of the page."""
    return min(dots / dpi * _INCH, _PAGE_WIDTH)
