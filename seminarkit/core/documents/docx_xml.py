"""Build WordprocessingML as text: paragraphs, tables, content controls, custom properties.

Every text is cleaned (clean_text.py) and escaped. The PDF writer uses ``is_rtl`` and ``address``
from here too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from seminarkit.core.clean_text import clean_text

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f'xmlns:w="{MAIN}"'
_ALL = f'{W} xmlns:w14="{_WORD_2010}" xmlns:r="{_RELATIONS}"'
_BREAK = re.compile("([\t\n])")
_BOX_FONT = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
_CELL_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 30), ("left", 108), ("bottom", 30), ("right", 108))
)
_UNSPLIT = "<w:cantSplit/>"
_HEAD = f"{_UNSPLIT}<w:tblHeader/>"
TICKED, OPEN = "☒", "☐"
_LOOKS = {
    "strong": "<w:b/><w:bCs/>",
    "quiet": '<w:color w:val="595959"/>',
    "code": '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/>',
    "raised": '<w:vertAlign w:val="superscript"/>',
}


@dataclass(frozen=True)
class Words:
    """Words of a paragraph with one look: strong, quiet, code, raised, or '' for plain.

    ``link`` is a web address, ``place`` an anchor in the same file that the words link to,
    ``anchor`` their own anchor.
    """

    text: str
    look: str = ""
    link: str = ""
    place: str = ""
    anchor: str = ""


Line = Sequence[Words]
Box = Sequence[Line]  # the content of a table's cell


@dataclass(frozen=True)
class Grid:
    """A table with a header row; its rows are in groups, each with a title or ''.

    ``widths`` are relative; ``ends`` are the indexes of columns aligned at the end (numbers).
    """

    heads: Sequence[str]
    groups: Sequence[tuple[str, Sequence[Sequence[Box]]]]
    widths: Sequence[int]
    ends: frozenset[int] = frozenset()


def line_text(line: Line) -> str:
    """Return the text of a line, without its looks."""
    return "".join(words.text for words in line)


def is_rtl(text: str) -> bool:
    """Return whether a text runs from right to left, by its first letter with a direction."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def address(text: str) -> str:
    """Return the text if it is a web address, else ''."""
    address = clean_text(text)
    web = address.startswith(("https://", "http://")) and not any(s.isspace() for s in address)
    return address if web else ""


def paragraph(
    text: str,
    style: str,
    *,
    bold: bool = False,
    bookmark: tuple[int, str] = (0, ""),
) -> str:
    """Return a paragraph, marked as right-to-left if its text is."""
    runs = run(text, "<w:b/><w:bCs/>" if bold else "")
    if bookmark[1]:
        start = f'<w:bookmarkStart w:id="{bookmark[0]}" w:name={quoteattr(bookmark[1])}/>'
        runs = f'{start}{runs}<w:bookmarkEnd w:id="{bookmark[0]}"/>'
    return _paragraph(runs, style, rtl=is_rtl(text))


def run(text: str, look: str = "") -> str:
    """Return a text as a run, with its line breaks and tabs."""
    text = clean_text(text)
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    content = "".join(
        marks.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in _BREAK.split(text)
        if piece
    )
    look += "<w:rtl/>" if is_rtl(text) else ""
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{content}</w:r>" if content else ""


def bookmark_name(anchor: str) -> str:
    """Return an anchor as a name that Word allows for a bookmark."""
    return "a_" + re.sub(r"\W", "_", clean_text(anchor))[:38]


def line_paragraph(runs: str, style: str, *, rtl: bool, end: bool = False) -> str:
    """Return a paragraph of runs; with ``end`` it is aligned at the end, as numbers are."""
    return _paragraph(runs, style, rtl=rtl, more='<w:jc w:val="right"/>' if end else "")


def words_run(words: Words, relation: str, number: int) -> str:
    """Return words as a run, or as a link to a ``relation`` of the file or to an anchor in it.

    ``number`` is the id of their bookmark, if they have an anchor.
    """
    content = _linked_run(words, relation)
    if not words.anchor:
        return content
    name = quoteattr(bookmark_name(words.anchor))
    begin = f'<w:bookmarkStart w:id="{number}" w:name={name}/>'
    return f'{begin}{content}<w:bookmarkEnd w:id="{number}"/>'


def _linked_run(words: Words, relation: str) -> str:
    look = _LOOKS.get(words.look, "")
    if relation or words.place:
        content = run(words.text, '<w:rStyle w:val="Hyperlink"/>' + look)
        target = (
            f"r:id={quoteattr(relation)}"
            if relation
            else f"w:anchor={quoteattr(bookmark_name(words.place))}"
        )
        return f"<w:hyperlink {target}>{content}</w:hyperlink>"
    return run(words.text, look)


def text_place(tag: str, name: str, text: str, placeholder: str) -> str:
    """Return a paragraph with the content control for an answer in words."""
    content = run(text) if text else run(placeholder, '<w:rStyle w:val="PlaceholderText"/>')
    # no <w:text/>: LibreOffice 7 writes the text of such a control several times
    control = _control(tag, name, "" if text else "<w:showingPlcHdr/>", content)
    return _paragraph(control, "SeminarAnswer", rtl=is_rtl(text))


def choice_place(tag: str, label: str, *, ticked: bool) -> str:
    """Return a paragraph with a check box and its choice."""
    kind = (
        f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    box = _control(tag, label, kind, run(TICKED if ticked else OPEN, _BOX_FONT))
    return _paragraph(box + run(f" {label}"), "SeminarChoice", rtl=is_rtl(label))


def cell(blocks: str, width: int, *, shade: bool = False, across: int = 1) -> str:
    """Return a table's cell, spanning ``across`` columns."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    look = span + ('<w:shd w:val="clear" w:color="auto" w:fill="EEF1F5"/>' if shade else "")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{blocks}</w:tc>'


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    head: bool = False,
    borders: bool = True,
    whole: bool = False,
) -> str:
    """Return a table of cells. With ``head``, its first row is a header row, repeated on each page.

    With ``whole``, no row is split at the end of a page.
    """
    border = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="8A94A3"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    shape = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="113" w:type="dxa"/>'
        + (f"<w:tblBorders>{border}</w:tblBorders>" if borders else "")
        + '<w:tblLayout w:type="fixed"/>'
        + f"<w:tblCellMar>{_CELL_MARGINS}</w:tblCellMar>"
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    usual = _UNSPLIT if whole else ""
    row_looks = [_HEAD if head and not number else usual for number in range(len(rows))]
    body = "".join(
        f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"
        for look, cells in zip(row_looks, rows, strict=True)
    )
    return f"<w:tbl {_ALL}><w:tblPr>{shape}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def properties(values: Mapping[str, str]) -> str:
    """Return the XML part with a document's custom properties."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006"
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" '
        f"name={quoteattr(name)}><vt:lpwstr>{escape(clean_text(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sorted(values.items()), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{types}/custom-properties" xmlns:vt="{types}/docPropsVTypes">'
        f"{entries}</Properties>"
    )


def _paragraph(runs: str, style: str, *, rtl: bool, more: str = "") -> str:
    look = f'<w:pStyle w:val="{style.replace(" ", "")}"/>' + ("<w:bidi/>" if rtl else "") + more
    return f"<w:p {_ALL}><w:pPr>{look}</w:pPr>{runs}</w:p>"


def _control(tag: str, name: str, kind: str, content: str) -> str:
    """Return a content control that can be filled in, but not deleted by mistake."""
    alias = clean_text(" ".join(name.split()))[:60]
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(alias)}/><w:tag w:val={quoteattr(tag)}/>"
        f'<w:lock w:val="sdtLocked"/>{kind}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )
