"""Write Word files, with the same bytes each time: the only module that imports python-docx.

Why not pandoc: forms need content controls, check boxes and document properties, which pandoc
cannot write, and one library with one set of styles serves forms and reports. It needs no other
program. What it lacks (controls, text direction, properties) is WordprocessingML in docx_xml.py.
Received files are never opened with it: topics/intake/word has its own reader.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt, RGBColor, Twips

from seminarkit.core.clean_text import clean_text
from seminarkit.core.disk.files import NEVER, without_clock
from seminarkit.core.documents.docx_style import INDENTS, NEXT, QUIET, STYLES, set_small
from seminarkit.core.documents.docx_xml import (
    OPEN,
    Box,
    Grid,
    Line,
    W,
    Words,
    address,
    cell,
    is_rtl,
    line_paragraph,
    line_text,
    paragraph,
    properties,
    table,
    words_run,
)

_CUSTOM = f"{REL.EXTENDED_PROPERTIES.rpartition('/')[0]}/custom-properties"


class WordFile:
    """A Word file that is written from top to bottom."""

    def __init__(
        self, title: str, lang: str, changed: datetime = NEVER, *, compact: bool = False
    ) -> None:
        self._document = Document(io.BytesIO(_template(compact=compact)))
        section = self._document.sections[0]
        text_width = section.page_width - section.left_margin - section.right_margin
        self._width = text_width // Twips(1)
        core = self._document.core_properties
        core.title, core.language = clean_text(title)[:255], lang
        core.created, core.modified = NEVER, changed
        core.author = core.comments = ""
        for default in self._document.styles.element.iter(qn("w:lang")):
            default.set(qn("w:val"), lang)
        self._body = self._document.element.body
        self._bookmarks = 0
        self.add(paragraph(title, "Title"))

    def add(self, xml: str) -> None:
        """Append a block of WordprocessingML from docx_xml.py."""
        self._body.insert(len(self._body) - 1, parse_xml(xml))  # sectPr must stay last

    def heading(self, line: Line, level: int) -> None:
        """Append a heading, level 1 to 3."""
        self.line(line, f"Heading{level}")

    def text(self, text: str, style: str = "Normal") -> None:
        """Append a paragraph; a web address becomes a link."""
        self.line([Words(text, link=text)], style)

    def line(self, line: Line, style: str = "Normal") -> None:
        """Append a paragraph of words with looks and links."""
        self.add(self._line(line, style))

    def items(self, items: Sequence[Box], *, ordered: bool, look: str = "plain") -> None:
        """Append a list; check boxes and numbers are plain text, so that a text can cite them."""
        boxes = look == "boxes"
        style = "Seminar Choice" if boxes else "Seminar Number" if ordered else "List Bullet"
        for number, item in enumerate(items, start=1):
            mark = OPEN if boxes else f"{number}." if ordered else ""
            if mark:
                for line_number, line in enumerate(item):
                    self.line([Words("\t" if line_number else f"{mark}\t"), *line], style)
            else:
                words_in_lines = [words for line in item for words in (Words("\n"), *line)]
                self.line(words_in_lines[1:], style)

    def grid(self, grid: Grid) -> None:
        """Append a table; its header row is marked as one and repeated on each page."""
        widths = self._shares(grid.widths)
        heads = [self._line([Words(head, "strong")], "Seminar Head") for head in grid.heads]
        rows = [[cell(head, width) for head, width in zip(heads, widths, strict=True)]]
        for title, group in grid.groups:
            if title:
                words = self._line([Words(title, "strong")], "Seminar Head")
                rows.append([cell(words, sum(widths), shade=True, across=len(widths))])
            rows += [
                [
                    cell(self._box(box, end=number in grid.ends), width)
                    for number, (box, width) in enumerate(zip(row, widths, strict=True))
                ]
                for row in group
            ]
        self._table(table(rows, widths, head=True))

    def rows(self, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """Append a table of texts without a header row and borders."""
        shares = self._shares(widths)
        style = "Seminar Head"
        cells = [
            [
                cell(self._line([Words(text, link=text)], style), width)
                for text, width in zip(row, shares, strict=True)
            ]
            for row in rows
        ]
        self._table(table(cells, shares, borders=False))

    def picture(self, data: bytes, alt: str, centimetres: float) -> None:
        """Append a PNG or JPEG picture at a width in centimetres, with its alternative text."""
        inline = self._document.part.new_pic_inline(io.BytesIO(data), width=Cm(centimetres))
        inline.docPr.set("descr", clean_text(alt))
        block = parse_xml(paragraph("", "Seminar Answer"))
        block.add_r().add_drawing(inline)
        self._body.insert(len(self._body) - 1, block)

    def save(self, custom: Mapping[str, str] | None = None) -> bytes:
        """Return the file's bytes; ``custom`` are its custom properties."""
        if custom:
            package = self._document.part.package
            kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
            data = properties(custom).encode("utf-8")
            part = Part(PackURI("/docProps/custom.xml"), kind, data, package)
            package.relate_to(part, _CUSTOM)
        buffer = io.BytesIO()
        self._document.save(buffer)
        return without_clock(buffer)

    def _line(self, line: Line, style: str, *, end: bool = False) -> str:
        runs = ""
        for words in line:
            self._bookmarks += bool(words.anchor)
            runs += words_run(words, self._relation(words.link), self._bookmarks)
        return line_paragraph(runs, style, rtl=is_rtl(line_text(line)), end=end)

    def _box(self, box: Box, *, end: bool) -> str:
        return "".join(self._line(line, "Seminar Head", end=end) for line in box or ([],))

    def _table(self, xml: str) -> None:
        self.add(xml)
        self.add(paragraph("", "Seminar Gap"))

    def _shares(self, widths: Sequence[int]) -> list[int]:
        """Return relative widths as widths in twentieths of a point."""
        return [self._width * width // sum(widths) for width in widths]

    def _relation(self, link: str) -> str:
        """Return the id of the file's relationship to a web address; '' for any other text."""
        target = address(link)
        relate = self._document.part.relate_to
        return str(relate(target, REL.HYPERLINK, is_external=True)) if target else ""


@cache
def _template(*, compact: bool) -> bytes:
    """Return an empty A4 document with the kit's styles, without unused parts of the template."""
    document: Any = Document()
    for owner in (document.part, document.part.package):
        for name, relation in list(owner.rels.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml")):
                del owner.rels[name]
    styles = document.styles.element
    for style in list(styles):
        kind, name = style.get(qn("w:type")), style.get(qn("w:styleId"))
        if kind == "table" and name not in ("TableNormal", "TableGrid"):
            styles.remove(style)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:cs"), "Arial")
    normal.paragraph_format.space_after = Pt(4)
    _add_styles(document.styles)
    for name, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11.5)):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x1F, 0x3A, 0x5F)
        fonts = style.element.rPr.rFonts
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), "Arial" if script == "cs" else "Calibri")
        _set_complex_size(style)
    if compact:
        set_small(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_complex_size(style: Any) -> None:
    """Set the size of Arabic and Hebrew text (szCs), which Word stores apart, like the others."""
    look = style.element.rPr
    for element in look.findall(qn("w:szCs")):
        look.remove(element)
    size = look.find(qn("w:sz"))
    size.addnext(parse_xml(f'<w:szCs {W} w:val="{size.get(qn("w:val"))}"/>'))


def _add_styles(styles: Any) -> None:
    for name, (size, colour, bold, before, after, keep) in STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.bold, style.font.cs_bold = Pt(size), bold, bold
        _set_complex_size(style)
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = keep
        if name in INDENTS:
            left, first = INDENTS[name]
            style.paragraph_format.left_indent = Cm(left)
            style.paragraph_format.first_line_indent = Cm(first)
        if name in NEXT:
            style.next_paragraph_style = styles["Normal"]
    grey = styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    grey.font.color.rgb = RGBColor.from_string(QUIET)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor(0x0B, 0x57, 0xA4), True
