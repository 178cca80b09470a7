"""Read the tables and paragraphs of an OpenDocument text as blocks, as word/blocks.py does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.opendocument.fields_and_sections import (
    blanks,
    box_sign,
    field_value,
    is_hidden_section,
    is_placeholder,
    rows_of,
)
from seminarkit.topics.intake.opendocument.lists import Lists
from seminarkit.topics.intake.opendocument.shapes_and_charts import SHAPES, shape
from seminarkit.topics.intake.opendocument.styles import Styles
from seminarkit.topics.intake.word.package import Archive
from seminarkit.topics.intake.word.raised_figures import to_script
from seminarkit.topics.intake.word.run_style import RunFormat
from seminarkit.topics.intake.word.symbol_fonts import readable
from seminarkit.topics.intake.word.text_pieces import (
    Block,
    Line,
    Piece,
    joined_cells,
    left_out_pieces,
    link_piece,
    merge_left_out,
    note_pieces,
    shown_text,
)
from seminarkit.topics.intake.word.untrusted_xml import attribute, child

_SKIPPED = {
    "tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls",
    "dde-connection-decls", "note-citation", "annotation-end", "script", "meta",
    "event-listeners", "table-source", "table-columns", "table-column",
    "alphabetical-index-auto-mark-file", "table-of-content-source",
    "illustration-index-source", "table-index-source", "user-index-source",
    "object-index-source", "bibliography-source", "alphabetical-index-source", "title",
    "desc", "label",
}  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n]+")


class OpenText:
    """The text of one OpenDocument document."""

    def __init__(self, styles: Styles, archive: Archive | None) -> None:
        self._styles, self._archive = styles, archive
        self._lists = Lists(styles)
        self._after_blank = True
        self._deletions: frozenset[str] = frozenset()
        self._deleting: set[str] = set()  # flat files keep deleted text in place
        self.comments = False

    def read(self, body: Element) -> list[Block]:
        """Return table rows, and paragraphs outside tables, in document order."""
        regions = (region for changes in body.iter("tracked-changes") for region in changes)
        self._deletions = frozenset(
            attribute(region, "id") for region in regions if region.find("deletion") is not None
        )
        return list(self._blocks(body))

    def _blocks(self, node: Element) -> Iterator[Block]:
        for element in node:
            name = element.tag
            if name in ("p", "h"):
                yield self._block(element, [[self._line(element)]])
            elif name == "table-row":
                yield self._block(element, self._row(element))
            elif name in ("list", "list-item", "list-header"):
                with self._lists.within(element):
                    yield from self._blocks(element)
            elif name == "section" and is_hidden_section(element):
                yield Block([[_hidden(list(self._lines(element)))]])
            elif name in SHAPES:
                yield Block([[shape(element, self._archive)]])
            elif name == "annotation":
                self.comments = True
            elif name not in _SKIPPED:
                yield from self._blocks(element)

    def words_of(self, nodes: Iterable[Element]) -> list[str]:
        """Return the distinct lines of page headers and footers."""
        lines = (pieces for node in nodes for pieces in self._lines(node))
        words = (" ".join(shown_text(pieces).split()) for pieces in lines)
        return [line for line in dict.fromkeys(words) if line]

    def _block(self, node: Element, cells: list[list[Line]]) -> Block:
        inner = list(node.iter())
        paragraph = next((part for part in inner if part.tag in ("p", "h")), None)
        marks = ("bookmark", "bookmark-start")
        controls = (attribute(part, "tag") for part in inner if part.tag == "content-control")
        return Block(
            cells,
            node.tag == "table-row",
            [tag for tag in controls if tag],
            [attribute(part, "name") for part in inner if part.tag in marks],
            self._styles.name(attribute(paragraph, "style-name")),
        )

    def _row(self, row: Element) -> list[list[Line]]:
        cells = []
        for cell in row:
            if cell.tag == "table-cell":
                cells.append(list(self._lines(cell)))
            elif cell.tag == "covered-table-cell":  # a cell covered by a merged one
                cells.append([hidden] if (hidden := _hidden(list(self._lines(cell)))) else [])
        if attribute(row, "visibility") in ("collapse", "filter"):
            return [[_hidden([joined_cells(cells)])]]
        return cells

    def _lines(self, node: Element) -> Iterator[Line]:
        """Yield the lines of a cell or note; a nested table gives one line per row."""
        for element in node:
            name = element.tag
            if name in ("p", "h"):
                yield self._line(element)
            elif name == "table":
                yield from (joined_cells(self._row(row)) for row in rows_of(element))
            elif name in ("list", "list-item", "list-header"):
                with self._lists.within(element):
                    yield from self._lines(element)
            elif name == "section" and is_hidden_section(element):
                yield _hidden(list(self._lines(element)))
            elif name in SHAPES:
                yield shape(element, self._archive)
            elif name == "annotation":
                self.comments = True
            elif name not in _SKIPPED:
                yield from self._lines(element)

    def _line(self, paragraph: Element) -> Line:
        self._after_blank = True
        number = self._lists.before()
        look = self._styles.look(attribute(paragraph, "style-name"), "paragraph")
        line = merge_left_out(self._pieces(paragraph, look))
        if self._after_blank and line and line[-1].kind == "text":  # a final space is not displayed
            line[-1] = line[-1]._replace(text=line[-1].text.removesuffix(" "))
        hidden = (node for node in paragraph.iter() if node.tag == "hidden-paragraph")
        if any(attribute(node, "is-hidden") == "true" for node in hidden):
            line = left_out_pieces(line, "hidden")
        return [Piece("number", number), *line] if number else line

    def _pieces(self, node: Element, look: RunFormat) -> Iterator[Piece]:
        """Yield the pieces of a paragraph or span, in order."""
        yield from self._words(node.text, look)
        for element in node:
            name = element.tag
            if handler := self._readers.get(name):
                yield from handler(element, look)
            elif name in ("change-start", "change-end"):
                self._change(name, attribute(element, "change-id"))
            elif name == "hidden-text" and attribute(element, "is-hidden") == "true":
                yield Piece("left", attribute(element, "string-value"), "hidden")
            elif name in SHAPES:
                yield from shape(element, self._archive)
            elif name == "annotation":
                self.comments = True
            elif name not in _SKIPPED:
                yield from self._pieces(element, look)
            yield from self._words(element.tail, look)

    def _change(self, name: str, change: str) -> None:
        if name == "change-start" and change in self._deletions:
            self._deleting.add(change)
        elif name == "change-end":
            self._deleting.discard(change)

    @cached_property
    def _readers(self) -> dict[str, Callable[[Element, RunFormat], Iterable[Piece]]]:
        return {
            "span": lambda span, look: self._pieces(
                span, self._styles.look(attribute(span, "style-name"), "text", look)
            ),
            "s": lambda span, look: self._text(" " * blanks(span), look),
            "tab": lambda _, look: self._text("\t", look),
            "line-break": lambda _, look: self._text("\n", look),
            "a": self._link,
            "note": self._note,
            "content-control": self._control,
            "fieldmark": lambda f, look: self._text(field_value(f), look) or self._pieces(f, look),
            "ruby": self._ruby,
        }

    def _words(self, text: str | None, look: RunFormat) -> list[Piece]:
        """Return the displayed text: white space is collapsed across elements."""
        words = _BLANKS.sub(" ", text or "")
        if self._after_blank:
            words = words.removeprefix(" ")
        if not words or self._deleting:
            return []
        self._after_blank = words.endswith(" ")
        text_shown, unknown = readable(words, look.font)
        pieces = [Piece("text", to_script(text_shown, look.raised))]
        pieces += [Piece("left", look.font, "symbol")] if unknown else []
        return self._visible(pieces, look)

    def _text(self, text: str, look: RunFormat) -> list[Piece]:
        self._after_blank = False
        return self._visible([Piece("text", text)], look) if text else []

    def _visible(self, pieces: list[Piece], look: RunFormat) -> list[Piece]:
        if self._deleting:
            return []
        if look.hidden or look.struck:
            return left_out_pieces(pieces, "hidden" if look.hidden else "struck")
        return pieces

    def _link(self, node: Element, look: RunFormat) -> Iterator[Piece]:
        pieces = list(self._pieces(node, look))
        yield from pieces
        words = "".join(piece.text for piece in pieces if piece.kind == "text")
        if words.strip():
            yield from link_piece(attribute(node, "href"), words)

    def _note(self, node: Element, look: RunFormat) -> list[Piece]:
        after_blank = self._after_blank
        with self._lists.apart():
            lines = list(self._lines(node))
        self._after_blank = after_blank
        return self._visible(note_pieces(lines, attribute(node, "note-class") or "footnote"), look)

    def _control(self, node: Element, look: RunFormat) -> Iterator[Piece]:
        pieces = list(self._pieces(node, look))
        words = "".join(piece.text for piece in pieces if piece.kind == "text")
        if attribute(node, "checkbox") == "true":
            ticked = attribute(node, "checked") == "true"
            yield Piece("box", box_sign(node, words), attribute(node, "tag"), ticked)
        elif is_placeholder(node, words, self._styles):
            yield Piece("placeholder", words, attribute(node, "tag"))
        else:
            yield from pieces

    def _ruby(self, node: Element, look: RunFormat) -> Iterator[Piece]:
        base, annotation = child(node, "ruby-base"), child(node, "ruby-text")
        yield from self._pieces(base, look) if base is not None else ()
        pieces = list(self._pieces(annotation, look)) if annotation is not None else []
        if any(piece.text.strip() for piece in pieces):
            yield from (Piece("text", "("), *pieces, Piece("text", ")"))


def _hidden(lines: list[Line]) -> Line:
    pieces = (piece for line in lines for piece in [*line, Piece("text", " ")])
    return left_out_pieces(pieces, "hidden")
