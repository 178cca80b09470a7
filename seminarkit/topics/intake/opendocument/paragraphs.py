"""Reads the tables and paragraphs of an OpenDocument text as blocks, as blocks.py does Word's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.opendocument.fields_and_sections import (
    blanks,
    box_sign,
    is_hidden_section,
    is_placeholder,
    old_field,
    rows_of,
)
from seminarkit.topics.intake.opendocument.lists import Lists
from seminarkit.topics.intake.opendocument.shapes_and_charts import SHAPES, shape
from seminarkit.topics.intake.opendocument.styles import Styles
from seminarkit.topics.intake.word.package import Archive
from seminarkit.topics.intake.word.raised_figures import raised
from seminarkit.topics.intake.word.run_style import Look
from seminarkit.topics.intake.word.symbol_fonts import readable
from seminarkit.topics.intake.word.text_pieces import (
    Block,
    Line,
    Piece,
    joined_cells,
    joined_left,
    left_out,
    link_piece,
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
    """Reads one document; ``read`` gives it from top to bottom."""

    def __init__(self, styles: Styles, archive: Archive | None) -> None:
        self._styles, self._archive = styles, archive
        self._lists = Lists(styles)
        self._after_blank = True
        self._deletions: frozenset[str] = frozenset()
        self._deleting: set[str] = set()  # flat files hold deleted words where they were
        self.comments = False

    def read(self, body: Element) -> list[Block]:
        """Return the rows of tables, and the paragraphs outside of tables."""
        regions = (r for changes in body.iter("tracked-changes") for r in changes)
        self._deletions = frozenset(
            attribute(r, "id") for r in regions if r.find("deletion") is not None
        )
        return list(self._blocks(body))

    def _blocks(self, node: Element) -> Iterator[Block]:
        for each in node:
            name = each.tag
            if name in ("p", "h"):
                yield self._block(each, [[self._line(each)]])
            elif name == "table-row":
                yield self._block(each, self._row(each))
            elif name in ("list", "list-item", "list-header"):
                with self._lists.within(each):
                    yield from self._blocks(each)
            elif name == "section" and is_hidden_section(each):
                yield Block([[_hidden(list(self._lines(each)))]])
            elif name in SHAPES:
                yield Block([[shape(each, self._archive)]])
            elif name == "annotation":
                self.comments = True
            elif name not in _SKIPPED:
                yield from self._blocks(each)

    def words_of(self, nodes: Iterable[Element]) -> list[str]:
        """Return what is written in the heads and feet of pages, a text per line."""
        lines = (line for node in nodes for line in self._lines(node))
        words = (" ".join(shown_text(line).split()) for line in lines)
        return [each for each in dict.fromkeys(words) if each]

    def _block(self, node: Element, cells: list[list[Line]]) -> Block:
        within = list(node.iter())
        paragraph = next((each for each in within if each.tag in ("p", "h")), None)
        marks = ("bookmark", "bookmark-start")
        controls = (attribute(each, "tag") for each in within if each.tag == "content-control")
        return Block(
            cells,
            node.tag == "table-row",
            [tag for tag in controls if tag],
            [attribute(each, "name") for each in within if each.tag in marks],
            self._styles.name(attribute(paragraph, "style-name")),
        )

    def _row(self, row: Element) -> list[list[Line]]:
        cells = []
        for cell in row:
            if cell.tag == "table-cell":
                cells.append(list(self._lines(cell)))
            elif cell.tag == "covered-table-cell":  # a part of one that was joined with it
                cells.append([hidden] if (hidden := _hidden(list(self._lines(cell)))) else [])
        if attribute(row, "visibility") in ("collapse", "filter"):
            return [[_hidden([joined_cells(cells)])]]
        return cells

    def _lines(self, node: Element) -> Iterator[Line]:
        """Yield the lines of a cell or a note; a table within is a line per row."""
        for each in node:
            name = each.tag
            if name in ("p", "h"):
                yield self._line(each)
            elif name == "table":
                yield from (joined_cells(self._row(row)) for row in rows_of(each))
            elif name in ("list", "list-item", "list-header"):
                with self._lists.within(each):
                    yield from self._lines(each)
            elif name == "section" and is_hidden_section(each):
                yield _hidden(list(self._lines(each)))
            elif name in SHAPES:
                yield shape(each, self._archive)
            elif name == "annotation":
                self.comments = True
            elif name not in _SKIPPED:
                yield from self._lines(each)

    def _line(self, paragraph: Element) -> Line:
        self._after_blank = True
        number = self._lists.before()
        look = self._styles.look(attribute(paragraph, "style-name"), "paragraph")
        line = joined_left(self._pieces(paragraph, look))
        if self._after_blank and line and line[-1].kind == "text":  # a blank at the end is none
            line[-1] = line[-1]._replace(text=line[-1].text.removesuffix(" "))
        hidden = (n for n in paragraph.iter() if n.tag == "hidden-paragraph")
        if any(attribute(node, "is-hidden") == "true" for node in hidden):
            line = left_out(line, "hidden")
        return [Piece("number", number), *line] if number else line

    def _pieces(self, node: Element, look: Look) -> Iterator[Piece]:
        """Yield what a paragraph or a span holds, in its order."""
        yield from self._words(node.text, look)
        for each in node:
            name = each.tag
            if how := self._inner.get(name):
                yield from how(each, look)
            elif name in ("change-start", "change-end"):
                self._change(name, attribute(each, "change-id"))
            elif name == "hidden-text" and attribute(each, "is-hidden") == "true":
                yield Piece("left", attribute(each, "string-value"), "hidden")
            elif name in SHAPES:
                yield from shape(each, self._archive)
            elif name == "annotation":
                self.comments = True
            elif name not in _SKIPPED:
                yield from self._pieces(each, look)
            yield from self._words(each.tail, look)

    def _change(self, name: str, change: str) -> None:
        if name == "change-start" and change in self._deletions:
            self._deleting.add(change)
        elif name == "change-end":
            self._deleting.discard(change)

    @cached_property
    def _inner(self) -> dict[str, Callable[[Element, Look], Iterable[Piece]]]:
        return {
            "span": lambda each, look: self._pieces(
                each, self._styles.look(attribute(each, "style-name"), "text", look)
            ),
            "s": lambda each, look: self._sign(" " * blanks(each), look),
            "tab": lambda _, look: self._sign("\t", look),
            "line-break": lambda _, look: self._sign("\n", look),
            "a": self._link,
            "note": self._note,
            "content-control": self._control,
            "fieldmark": lambda f, look: self._sign(old_field(f), look) or self._pieces(f, look),
            "ruby": self._ruby,
        }

    def _words(self, text: str | None, look: Look) -> list[Piece]:
        """Return the words as they are shown: white space is one blank, and none where one was."""
        words = _BLANKS.sub(" ", text or "")
        if self._after_blank:
            words = words.removeprefix(" ")
        if not words or self._deleting:
            return []
        self._after_blank = words.endswith(" ")
        shown, unknown = readable(words, look.font)
        pieces = [Piece("text", raised(shown, look.raised))]
        pieces += [Piece("left", look.font, "symbol")] if unknown else []
        return self._seen(pieces, look)

    def _sign(self, sign: str, look: Look) -> list[Piece]:
        self._after_blank = False
        return self._seen([Piece("text", sign)], look) if sign else []

    def _seen(self, pieces: list[Piece], look: Look) -> list[Piece]:
        if self._deleting:
            return []
        if look.hidden or look.struck:
            return left_out(pieces, "hidden" if look.hidden else "struck")
        return pieces

    def _link(self, node: Element, look: Look) -> Iterator[Piece]:
        inside = list(self._pieces(node, look))
        yield from inside
        words = "".join(piece.text for piece in inside if piece.kind == "text")
        if words.strip():
            yield from link_piece(attribute(node, "href"), words)

    def _note(self, node: Element, look: Look) -> list[Piece]:
        kept = self._after_blank
        with self._lists.apart():
            lines = list(self._lines(node))
        self._after_blank = kept
        return self._seen(note_pieces(lines, attribute(node, "note-class") or "footnote"), look)

    def _control(self, node: Element, look: Look) -> Iterator[Piece]:
        inside = list(self._pieces(node, look))
        words = "".join(piece.text for piece in inside if piece.kind == "text")
        if attribute(node, "checkbox") == "true":
            ticked = attribute(node, "checked") == "true"
            yield Piece("box", box_sign(node, words), attribute(node, "tag"), ticked)
        elif is_placeholder(node, words, self._styles):
            yield Piece("placeholder", words, attribute(node, "tag"))
        else:
            yield from inside

    def _ruby(self, node: Element, look: Look) -> Iterator[Piece]:
        base, above = child(node, "ruby-base"), child(node, "ruby-text")
        yield from self._pieces(base, look) if base is not None else ()
        inside = list(self._pieces(above, look)) if above is not None else []
        if any(piece.text.strip() for piece in inside):
            yield from (Piece("text", "("), *inside, Piece("text", ")"))


def _hidden(lines: list[Line]) -> Line:
    return left_out((piece for line in lines for piece in [*line, Piece("text", " ")]), "hidden")
