"""Reads the tables and paragraphs of a Word document from top to bottom, as blocks of lines."""

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
    left_out,
    note_pieces,
    shown_text,
)
from seminarkit.topics.intake.word.untrusted_xml import attribute, child, children, is_on, value


class WordText:
    """Reads one document; ``blocks`` gives it from top to bottom."""

    def __init__(self, parts: WordParts) -> None:
        self._parts, self._styles = parts, Styles(parts.styles)
        self._notes: dict[tuple[str, str], list[Piece]] = {}
        self._story = _Story(parts, self._styles, parts.relations, self._note)

    def blocks(self) -> Iterator[Block]:
        """Yield the rows of tables, and the paragraphs outside of tables."""
        return self._story.blocks(self._parts.body, (), "")

    def margins(self) -> list[str]:
        """Return the words in the heads and feet of pages."""
        story = _Story(self._parts, self._styles, {}, _no_note)
        lines = [line for root in self._parts.margins for line in story.lines(root, "")]
        words = (" ".join(shown_text(line).split()) for line in lines)
        return [each for each in dict.fromkeys(words) if each]

    def _note(self, kind: str, number: str) -> list[Piece]:
        """Return a footnote or endnote as pieces; it may hold links, and no notes of its own."""
        if not self._notes:
            for each, root in self._parts.notes.items():
                story = _Story(
                    self._parts, self._styles, self._parts.relations_of(f"{each}s"), _no_note
                )
                for note in children(root, each):
                    pieces = note_pieces(list(story.lines(note, "")), each)
                    self._notes[each, attribute(note, "id")] = pieces
        return self._notes.get((kind, number), [])


def _no_note(kind: str, number: str) -> list[Piece]:
    return []


class _Story:
    """Reads one part of a document: its body, a note, the head of a page."""

    def __init__(
        self,
        parts: WordParts,
        styles: Styles,
        relations: Mapping[str, Relation],
        note: Callable[[str, str], list[Piece]],
    ) -> None:
        self._parts, self._styles = parts, styles
        self._runs = Runs(styles, relations, note)
        self._bookmarks: list[str] = []  # of no paragraph: they belong to the next one

    @cached_property
    def _numbering(self) -> Numbering:
        return Numbering(self._parts.numbering, self._styles)

    def blocks(self, node: Element, tags: tuple[str, ...], table: str) -> Iterator[Block]:
        """Yield the rows of tables, and the paragraphs outside of tables, within these controls."""
        for each in node:
            name = each.tag
            if name == "p":
                yield self._block(each, tags, [[self._line(each, "")]])
            elif name == "bookmarkStart":
                self._bookmarks.append(attribute(each, "name"))
            elif name == "tr":
                yield self._block(each, tags, self._cells(each, table))
            elif name == "tbl":
                yield from self.blocks(each, tags, value(each, "tblPr", "tblStyle"))
            elif name in OTHER_FILES:
                yield Block([[[Piece("left", tag="document")]]])
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(each), tags, table)
            elif name in PICTURES:
                yield Block([[picture(each)]])
            elif name not in SKIPPED:
                tag = value(each, "sdtPr", "tag") if name == "sdt" else ""
                yield from self.blocks(each, (*tags, tag) if tag else tags, table)

    def _block(self, node: Element, tags: tuple[str, ...], cells: list[list[Line]]) -> Block:
        paragraph = next(node.iter("p"), None)
        bookmarks = (*self._bookmarks, *(b.get("name", "") for b in node.iter("bookmarkStart")))
        self._bookmarks = []
        return Block(
            cells,
            node.tag == "tr",
            [*tags, *(value(each, "sdtPr", "tag") for each in node.iter("sdt"))],
            bookmarks,
            self._styles.name(value(paragraph, "pPr", "pStyle")),
        )

    def _cells(self, row: Element, table: str) -> list[list[Line]]:
        parts = list(_until(row, "tc")) or [row]  # or one that some program took apart
        cells = [list(self.lines(part, table)) for part in parts]
        if (hidden := child(row, "trPr", "hidden")) is not None and is_on(hidden):
            return [[left_out(joined_cells(cells), "hidden")]]
        return cells

    def lines(self, node: Element, table: str) -> Iterator[Line]:
        """Yield the lines of a cell or a note; a table within is a line per row."""
        for each in node:
            name = each.tag
            if name == "p":
                yield self._line(each, table)
            elif name == "tbl":
                style = value(each, "tblPr", "tblStyle")
                for row in _until(each, "tr"):
                    yield joined_cells(self._cells(row, style))
            elif name in OTHER_FILES:
                yield [Piece("left", tag="document")]
            elif name == "AlternateContent":
                yield from self.lines(_chosen(each), table)
            elif name in PICTURES:
                yield picture(each)
            elif name not in SKIPPED and not (name == "sdt" and self._runs.is_placeholder(each)):
                yield from self.lines(each, table)

    def _line(self, paragraph: Element, table: str) -> Line:
        line = self._runs.line(paragraph, table)
        looks = child(paragraph, "pPr")
        listed = child(looks, "numPr") is not None or self._styles.is_listed(value(looks, "pStyle"))
        number = self._numbering.before(paragraph) if listed else ""
        return [Piece("number", number), *line] if number else line


def _until(node: Element, name: str) -> Iterator[Element]:
    """Yield the nearest elements of a name, through controls and tracked changes."""
    for each in node:
        if each.tag == name:
            yield each
        elif each.tag not in SKIPPED and each.tag != "p":
            yield from _until(each, name)


def _chosen(node: Element) -> Element:
    """Return the first way in which something is stored that is stored in several."""
    return next(iter(node), node)
