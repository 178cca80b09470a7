"""Reads the paragraphs of a Word document as pieces: what a reader of it sees.

What is not seen (hidden, struck through) or is no words (a picture, a chart) is a piece that says
so: nothing disappears without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.equations import equation
from seminarkit.topics.intake.word.fields import (
    OpenField,
    address_of,
    as_box,
    entry_of,
    fields_close,
)
from seminarkit.topics.intake.word.raised_figures import raised
from seminarkit.topics.intake.word.relations import Relation
from seminarkit.topics.intake.word.run_style import Look, Styles
from seminarkit.topics.intake.word.symbol_fonts import UNREADABLE, readable, sign
from seminarkit.topics.intake.word.text_pieces import (
    Line,
    Piece,
    joined_left,
    left_out,
    link_piece,
    text_of,
)
from seminarkit.topics.intake.word.untrusted_xml import attribute, child, is_on, value

_LOOKS = (
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
SKIPPED = {*_LOOKS, "del", "moveFrom", "instrText", "delText", "delInstrText", "annotationRef"}
_SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
PICTURES = ("drawing", "pict", "object", "contentPart")
OTHER_FILES = ("altChunk", "subDoc")
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_LEAVES = {
    *_SIGNS, *PICTURES, *OTHER_FILES, *_NOTES, "t", "sym", "symEx", "oMath", "oMathPara",
}  # fmt: skip


class _Around(NamedTuple):
    """Where words are: the styles of their paragraph and table, and their own look."""

    paragraph: str
    table: str
    look: Look


class Runs:
    """Reads paragraphs. ``relations`` are what their part refers to; ``note`` gives a footnote."""

    def __init__(
        self,
        styles: Styles,
        relations: Mapping[str, Relation],
        note: Callable[[str, str], list[Piece]],
    ) -> None:
        self._styles, self._relations, self._note = styles, relations, note
        self._placeholder = styles.placeholder()
        self._fields: list[OpenField] = []
        self._fields_count = True
        self._capital: Line = []  # a first letter in a frame of its own

    def line(self, paragraph: Element, table: str) -> Line:
        """Return what a paragraph in a table of this style shows, without its number."""
        looks = child(paragraph, "pPr")
        style = value(looks, "pStyle")
        self._fields, self._fields_count = [], fields_close(paragraph)
        around = _Around(style, table, self._styles.look(None, style, table))
        line = [*self._capital, *joined_left(self._pieces(paragraph, around))]
        if not self._fields_count:  # a link may go on in the next paragraph
            code = "".join(each.text or "" for each in paragraph.iter("instrText"))
            line += link_piece(address_of(code), text_of(line))
        self._capital = []
        if attribute(child(looks, "framePr"), "dropCap") in ("drop", "margin"):
            line, self._capital = [], line
        return line

    def is_placeholder(self, control: Element) -> bool:
        """Say whether a control still shows its placeholder, and nothing that was typed."""
        if child(control, "sdtPr", "showingPlcHdr") is None:
            return False
        runs = [each for each in control.iter("r") if "".join(each.itertext())]
        return all(value(each, "rPr", "rStyle") == self._placeholder for each in runs)

    def _pieces(self, node: Element, around: _Around) -> Iterator[Piece]:
        """Yield what a paragraph holds, in its order, without what was deleted with tracking."""
        for each in node:
            name = each.tag
            if name == "instrText" and self._fields:
                self._fields[-1].code += each.text or ""
            elif name == "fldChar" and self._fields_count:
                yield from self._field(each)
            elif name in _LEAVES:
                yield from self._kept(self._leaf(each, name, around.look), around.look)
            elif how := self._containers.get(name):
                yield from how(each, around)
            elif name not in SKIPPED:
                yield from self._pieces(each, around)

    @cached_property
    def _containers(self) -> dict[str, Callable[[Element, _Around], Iterable[Piece]]]:
        return {
            "r": self._run,
            "hyperlink": self._link,
            "fldSimple": self._link,
            "sdt": self._control,
            "ruby": self._ruby,
            "AlternateContent": self._alternative,
        }

    def _leaf(self, node: Element, name: str, look: Look) -> list[Piece]:
        """Return the pieces of an element that nothing else is inside of."""
        if name in _NOTES:
            return self._note(_NOTES[name], attribute(node, "id"))
        if name in PICTURES:
            return picture(node)
        if name in OTHER_FILES:
            return [Piece("left", tag="document")]
        if name in ("sym", "symEx"):
            font, code = attribute(node, "font"), attribute(node, "char")
            shown = sign(code, font)
            unknown = "" if shown else f"{font} {code}"
        elif name in ("oMath", "oMathPara"):
            shown, unknown = equation(node), ""
        else:
            shown, unknown = readable(_SIGNS.get(name, node.text or ""), look.font)
            unknown = look.font if unknown else ""
        words = Piece(
            "text", raised(shown or UNREADABLE, look.raised) if name != "t" or shown else ""
        )
        return [words, Piece("left", unknown, "symbol")] if unknown else [words]

    def _kept(self, pieces: list[Piece], look: Look) -> list[Piece]:
        """Return the pieces as far as they are seen, or give them to the field that is open."""
        if look.hidden or look.struck:
            pieces = left_out(pieces, "hidden" if look.hidden else "struck")
        if not self._fields:
            return pieces
        if self._fields[-1].result:
            self._fields[-1].pieces += pieces
        return []  # the code of a field, which nobody sees

    def _run(self, run: Element, around: _Around) -> Iterable[Piece]:
        look = self._styles.look(child(run, "rPr"), around.paragraph, around.table)
        return self._pieces(run, _Around(around.paragraph, around.table, look))

    def _link(self, node: Element, around: _Around) -> Iterable[Piece]:
        inside = list(self._pieces(node, around))
        relation = self._relations.get(attribute(node, "id"))
        if relation and relation.outside:
            anchor = attribute(node, "anchor")
            address = f"{relation.target}#{anchor}" if anchor else relation.target
        else:
            address = address_of(attribute(node, "instr"))
        return self._linked(inside, address)

    def _linked(self, inside: list[Piece], address: str) -> list[Piece]:
        words = "".join(piece.text for piece in inside if piece.kind == "text")
        if not words.strip():
            return inside
        return [*inside, *self._kept(link_piece(address, words), Look())]

    def _field(self, mark: Element) -> list[Piece]:
        """Follow a field through its begin, its separator and its end."""
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(OpenField(entry=entry_of(child(mark, "ffData"))))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            pieces = closed.pieces
            if closed.entry and not any(p.kind == "text" and p.text.strip() for p in pieces):
                pieces = [Piece("text", closed.entry), *pieces]
            return self._linked(self._kept(pieces, Look()), address_of(closed.code))
        return []

    def _control(self, control: Element, around: _Around) -> Iterable[Piece]:
        content, tag = child(control, "sdtContent"), value(control, "sdtPr", "tag")
        inside = list(self._pieces(content, around)) if content is not None else []
        box = child(control, "sdtPr", "checkbox")
        if box is not None:
            shown = "".join(piece.text for piece in inside if piece.kind in ("text", "left"))
            shown = as_box(box, shown.strip()) or shown
            checked = child(box, "checked")
            yield Piece("box", shown, tag, checked is not None and is_on(checked))
        elif self.is_placeholder(control):
            yield Piece("placeholder", "".join(p.text for p in inside if p.kind == "text"), tag)
        else:
            yield from inside

    def _ruby(self, node: Element, around: _Around) -> Iterable[Piece]:
        for name in ("rubyBase", "rt"):
            inner = child(node, name)
            inside = list(self._pieces(inner, around)) if inner is not None else []
            if name == "rt" and any(piece.text.strip() for piece in inside):
                yield from (Piece("text", "("), *inside, Piece("text", ")"))
            else:
                yield from inside

    def _alternative(self, node: Element, around: _Around) -> Iterable[Piece]:
        """Return what the first way to show it gives; another one says the same."""
        for each in node:
            if pieces := list(self._pieces(each, around)):
                return pieces
        return ()


def picture(node: Element) -> Line:
    """Return what is said of a picture, a shape or an object."""
    names = {each.tag for each in node.iter()}
    if "txbxContent" in names:
        texts = (each for each in node.iter() if each.tag in ("t", "delText"))
        return [Piece("left", " ".join("".join(t.text or "" for t in texts).split()), "text box")]
    if any(attribute(each, "hr") in ("t", "true", "1") for each in node.iter()):
        return []  # a line across the page
    kinds = {"chart": "chart", "relIds": "diagram", "OLEObject": "object", "control": "object"}
    return [Piece("left", tag=next((kinds[n] for n in kinds if n in names), "picture"))]
