"""Read the paragraphs of a Word document as pieces, as they are displayed.

Text not displayed (hidden, struck through) and content that is not text (pictures, charts) become
pieces of kind "left", so that nothing is dropped silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.equations import equation
from seminarkit.topics.intake.word.fields import (
    OpenField,
    box_sign,
    field_value,
    fields_close,
    link_target,
)
from seminarkit.topics.intake.word.raised_figures import to_script
from seminarkit.topics.intake.word.relations import Relation
from seminarkit.topics.intake.word.run_style import RunFormat, Styles
from seminarkit.topics.intake.word.symbol_fonts import UNREADABLE, font_symbol, readable
from seminarkit.topics.intake.word.text_pieces import (
    Line,
    Piece,
    left_out_pieces,
    link_piece,
    merge_left_out,
    text_of,
)
from seminarkit.topics.intake.word.untrusted_xml import attribute, child, is_on, value

_PROPERTIES = (
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "tblPr",
    "tblPrEx",
    "tblGrid",
    "trPr",
    "tcPr",
    "ffData",
)
SKIPPED = {*_PROPERTIES, "del", "moveFrom", "instrText", "delText", "delInstrText", "annotationRef"}
_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
PICTURES = ("drawing", "pict", "object", "contentPart")
OTHER_FILES = ("altChunk", "subDoc")
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_LEAVES = {
    *_CHARACTERS, *PICTURES, *OTHER_FILES, *_NOTES, "t", "sym", "symEx", "oMath", "oMathPara",
}  # fmt: skip


class _Context(NamedTuple):
    """The formatting context of text: paragraph style, table style and run formatting."""

    paragraph: str
    table: str
    look: RunFormat


class Runs:
    """Read paragraphs of a part with these ``relations``; ``note`` returns a foot- or endnote."""

    def __init__(
        self,
        styles: Styles,
        relations: Mapping[str, Relation],
        note: Callable[[str, str], list[Piece]],
    ) -> None:
        self._styles, self._relations, self._note = styles, relations, note
        self._placeholder = styles.placeholder()
        self._fields: list[OpenField] = []
        self._fields_are_balanced = True
        self._drop_cap: Line = []  # a drop cap, which is a paragraph of its own

    def line(self, paragraph: Element, table: str) -> Line:
        """Return the line a paragraph shows, without its list number; ``table`` is a style id."""
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle")
        self._fields, self._fields_are_balanced = [], fields_close(paragraph)
        context = _Context(style, table, self._styles.look(None, style, table))
        line = [*self._drop_cap, *merge_left_out(self._pieces(paragraph, context))]
        if not self._fields_are_balanced:  # a link may continue in the next paragraph
            code = "".join(node.text or "" for node in paragraph.iter("instrText"))
            line += link_piece(link_target(code), text_of(line))
        self._drop_cap = []
        if attribute(child(properties, "framePr"), "dropCap") in ("drop", "margin"):
            line, self._drop_cap = [], line
        return line

    def is_placeholder(self, control: Element) -> bool:
        """Return whether a content control shows only its placeholder."""
        if child(control, "sdtPr", "showingPlcHdr") is None:
            return False
        runs = [run for run in control.iter("r") if "".join(run.itertext())]
        return all(value(run, "rPr", "rStyle") == self._placeholder for run in runs)

    def _pieces(self, node: Element, context: _Context) -> Iterator[Piece]:
        """Yield the pieces of a paragraph in order, without tracked deletions."""
        for element in node:
            name = element.tag
            if name == "instrText" and self._fields:
                self._fields[-1].code += element.text or ""
            elif name == "fldChar" and self._fields_are_balanced:
                yield from self._field(element)
            elif name in _LEAVES:
                yield from self._displayed(self._leaf(element, name, context.look), context.look)
            elif handler := self._containers.get(name):
                yield from handler(element, context)
            elif name not in SKIPPED:
                yield from self._pieces(element, context)

    @cached_property
    def _containers(self) -> dict[str, Callable[[Element, _Context], Iterable[Piece]]]:
        return {
            "r": self._run,
            "hyperlink": self._link,
            "fldSimple": self._link,
            "sdt": self._control,
            "ruby": self._ruby,
            "AlternateContent": self._alternative,
        }

    def _leaf(self, node: Element, name: str, look: RunFormat) -> list[Piece]:
        """Return the pieces of an element without nested content."""
        if name in _NOTES:
            return self._note(_NOTES[name], attribute(node, "id"))
        if name in PICTURES:
            return picture(node)
        if name in OTHER_FILES:
            return [Piece("left", tag="document")]
        if name in ("sym", "symEx"):
            font, code = attribute(node, "font"), attribute(node, "char")
            text = font_symbol(code, font)
            unknown = "" if text else f"{font} {code}"
        elif name in ("oMath", "oMathPara"):
            text, unknown = equation(node), ""
        else:
            text, unknown = readable(_CHARACTERS.get(name, node.text or ""), look.font)
            unknown = look.font if unknown else ""
        text_piece = Piece(
            "text", to_script(text or UNREADABLE, look.raised) if name != "t" or text else ""
        )
        return [text_piece, Piece("left", unknown, "symbol")] if unknown else [text_piece]

    def _displayed(self, pieces: list[Piece], look: RunFormat) -> list[Piece]:
        """Return the pieces, hidden ones marked as left out; within a field, add them to it."""
        if look.hidden or look.struck:
            pieces = left_out_pieces(pieces, "hidden" if look.hidden else "struck")
        if not self._fields:
            return pieces
        if self._fields[-1].result:
            self._fields[-1].pieces += pieces
        return []  # the code of a field is not displayed

    def _run(self, run: Element, context: _Context) -> Iterable[Piece]:
        look = self._styles.look(child(run, "rPr"), context.paragraph, context.table)
        return self._pieces(run, _Context(context.paragraph, context.table, look))

    def _link(self, node: Element, context: _Context) -> Iterable[Piece]:
        pieces = list(self._pieces(node, context))
        relation = self._relations.get(attribute(node, "id"))
        if relation and relation.outside:
            anchor = attribute(node, "anchor")
            address = f"{relation.target}#{anchor}" if anchor else relation.target
        else:
            address = link_target(attribute(node, "instr"))
        return self._with_link(pieces, address)

    def _with_link(self, pieces: list[Piece], address: str) -> list[Piece]:
        words = "".join(piece.text for piece in pieces if piece.kind == "text")
        if not words.strip():
            return pieces
        return [*pieces, *self._displayed(link_piece(address, words), RunFormat())]

    def _field(self, mark: Element) -> list[Piece]:
        """Handle the begin, separator or end of a complex field."""
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(OpenField(entry=field_value(child(mark, "ffData"))))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            pieces = closed.pieces
            if closed.entry and not any(
                piece.kind == "text" and piece.text.strip() for piece in pieces
            ):
                pieces = [Piece("text", closed.entry), *pieces]
            return self._with_link(self._displayed(pieces, RunFormat()), link_target(closed.code))
        return []

    def _control(self, control: Element, context: _Context) -> Iterable[Piece]:
        content, tag = child(control, "sdtContent"), value(control, "sdtPr", "tag")
        pieces = list(self._pieces(content, context)) if content is not None else []
        box = child(control, "sdtPr", "checkbox")
        if box is not None:
            text = "".join(piece.text for piece in pieces if piece.kind in ("text", "left"))
            text = box_sign(box, text.strip()) or text
            checked = child(box, "checked")
            yield Piece("box", text, tag, checked is not None and is_on(checked))
        elif self.is_placeholder(control):
            yield Piece(
                "placeholder", "".join(piece.text for piece in pieces if piece.kind == "text"), tag
            )
        else:
            yield from pieces

    def _ruby(self, node: Element, context: _Context) -> Iterable[Piece]:
        for name in ("rubyBase", "rt"):
            inner = child(node, name)
            pieces = list(self._pieces(inner, context)) if inner is not None else []
            if name == "rt" and any(piece.text.strip() for piece in pieces):
                yield from (Piece("text", "("), *pieces, Piece("text", ")"))
            else:
                yield from pieces

    def _alternative(self, node: Element, context: _Context) -> Iterable[Piece]:
        """Return the pieces of the first alternative that has any; the others are duplicates."""
        for alternative in node:
            if pieces := list(self._pieces(alternative, context)):
                return pieces
        return ()


def picture(node: Element) -> Line:
    """Return the piece for a picture, shape or object: left out, with the reason."""
    names = {element.tag for element in node.iter()}
    if "txbxContent" in names:
        texts = (element for element in node.iter() if element.tag in ("t", "delText"))
        return [
            Piece("left", " ".join("".join(text.text or "" for text in texts).split()), "text box")
        ]
    if any(attribute(element, "hr") in ("t", "true", "1") for element in node.iter()):
        return []  # a horizontal rule
    kinds = {"chart": "chart", "relIds": "diagram", "OLEObject": "object", "control": "object"}
    return [Piece("left", tag=next((kinds[name] for name in kinds if name in names), "picture"))]
