"""Read the tables and paragraphs of a Word document as blocks of lines, in document order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.numbering import Numbering
from seminarkit.topics.intake.word.package import WordParts
from seminarkit.topics.intake.word.relations import Relation
from seminarkit.topics.intake.word.run_style import Styles
from seminarkit.topics.intake.word.runs import OTHER_FILES, PICTURES, SKIPPED, Runs, picture
from seminarkit.topics.intake.word.text_pieces import (
    Block,
    Line,
    Piece,
    joined_cells,
    left_out_pieces,
    note_pieces,
    shown_text,
)
from seminarkit.topics.intake.word.untrusted_xml import attribute, child, children, is_on, value


class WordText:
    """The text of one Word document."""

    def __init__(self, parts: WordParts) -> None:
        self._parts, self._styles = parts, Styles(parts.styles)
        self._notes: dict[tuple[str, str], list[Piece]] = {}
        self._story = _Story(parts, self._styles, parts.relations, self._note)

    def blocks(self) -> Iterator[Block]:
        """Yield table rows, and paragraphs outside tables, in document order."""
        return self._story.blocks(self._parts.body, (), "")

    def margins(self) -> list[str]:
        """Return the distinct lines of the page headers and footers."""
        story = _Story(self._parts, self._styles, {}, _no_note)
        lines = [pieces for root in self._parts.margins for pieces in story.lines(root, "")]
        words = (" ".join(shown_text(pieces).split()) for pieces in lines)
        return [line for line in dict.fromkeys(words) if line]

    def _note(self, kind: str, number: str) -> list[Piece]:
        """Return a footnote or endnote as pieces; it may contain links but no notes."""
        if not self._notes:
            for note_kind, root in self._parts.notes.items():
                story = _Story(
                    self._parts, self._styles, self._parts.relations_of(f"{note_kind}s"), _no_note
                )
                for note in children(root, note_kind):
                    pieces = note_pieces(list(story.lines(note, "")), note_kind)
                    self._notes[note_kind, attribute(note, "id")] = pieces
        return self._notes.get((kind, number), [])


def _no_note(kind: str, number: str) -> list[Piece]:
    return []


class _Story:
    """One part of a document: its body, a note, a page header."""

    def __init__(
        self,
        parts: WordParts,
        styles: Styles,
        relations: Mapping[str, Relation],
        note: Callable[[str, str], list[Piece]],
    ) -> None:
        self._parts, self._styles = parts, styles
        self._runs = Runs(styles, relations, note)
        self._bookmarks: list[str] = []  # bookmarks between paragraphs belong to the next one

    @cached_property
    def _numbering(self) -> Numbering:
        return Numbering(self._parts.numbering, self._styles)

    def blocks(self, node: Element, tags: tuple[str, ...], table: str) -> Iterator[Block]:
        """Yield rows and paragraphs below a node; ``tags`` are the content controls around it."""
        for element in node:
            name = element.tag
            if name == "p":
                yield self._block(element, tags, [[self._line(element, "")]])
            elif name == "bookmarkStart":
                self._bookmarks.append(attribute(element, "name"))
            elif name == "tr":
                yield self._block(element, tags, self._cells(element, table))
            elif name == "tbl":
                yield from self.blocks(element, tags, value(element, "tblPr", "tblStyle"))
            elif name in OTHER_FILES:
                yield Block([[[Piece("left", tag="document")]]])
            elif name == "AlternateContent":
                yield from self.blocks(_first_alternative(element), tags, table)
            elif name in PICTURES:
                yield Block([[picture(element)]])
            elif name not in SKIPPED:
                tag = value(element, "sdtPr", "tag") if name == "sdt" else ""
                yield from self.blocks(element, (*tags, tag) if tag else tags, table)

    def _block(self, node: Element, tags: tuple[str, ...], cells: list[list[Line]]) -> Block:
        paragraph = next(node.iter("p"), None)
        bookmarks = (
            *self._bookmarks,
            *(bookmark.get("name", "") for bookmark in node.iter("bookmarkStart")),
        )
        self._bookmarks = []
        return Block(
            cells,
            node.tag == "tr",
            [*tags, *(value(control, "sdtPr", "tag") for control in node.iter("sdt"))],
            bookmarks,
            self._styles.name(value(paragraph, "pPr", "pStyle")),
        )

    def _cells(self, row: Element, table: str) -> list[list[Line]]:
        parts = list(_nearest(row, "tc")) or [row]  # a row without cells, as some programs write
        cells = [list(self.lines(part, table)) for part in parts]
        if (hidden := child(row, "trPr", "hidden")) is not None and is_on(hidden):
            return [[left_out_pieces(joined_cells(cells), "hidden")]]
        return cells

    def lines(self, node: Element, table: str) -> Iterator[Line]:
        """Yield the lines of a cell or note; a nested table gives one line per row."""
        for element in node:
            name = element.tag
            if name == "p":
                yield self._line(element, table)
            elif name == "tbl":
                style = value(element, "tblPr", "tblStyle")
                for row in _nearest(element, "tr"):
                    yield joined_cells(self._cells(row, style))
            elif name in OTHER_FILES:
                yield [Piece("left", tag="document")]
            elif name == "AlternateContent":
                yield from self.lines(_first_alternative(element), table)
            elif name in PICTURES:
                yield picture(element)
            elif name not in SKIPPED and not (name == "sdt" and self._runs.is_placeholder(element)):
                yield from self.lines(element, table)

    def _line(self, paragraph: Element, table: str) -> Line:
        line = self._runs.line(paragraph, table)
        properties = child(paragraph, "pPr")
        is_list_item = child(properties, "numPr") is not None or self._styles.is_listed(
            value(properties, "pStyle")
        )
        number = self._numbering.before(paragraph) if is_list_item else ""
        return [Piece("number", number), *line] if number else line


def _nearest(node: Element, name: str) -> Iterator[Element]:
    """Yield the nearest descendants of a name, through controls and tracked changes."""
    for element in node:
        if element.tag == name:
            yield element
        elif element.tag not in SKIPPED and element.tag != "p":
            yield from _nearest(element, name)


def _first_alternative(node: Element) -> Element:
    """Return the first alternative of an AlternateContent element."""
    return next(iter(node), node)
