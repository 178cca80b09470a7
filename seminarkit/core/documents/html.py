"""Write pieces as HTML: for pages, for JupyterLab, and wherever a notebook is read without the kit.

All content of a piece is text and is escaped once (html_tags.py); only web addresses, pages of the
site and anchors become links. The classes are those of templates/report/page.css. Without it the
HTML still reads well, and no style of JupyterLab moves an answer away from its question.
"""

from __future__ import annotations

import base64
from html import escape
from typing import assert_never

from seminarkit.core.documents.document import shortened
from seminarkit.core.documents.html_tags import block, tag, text, words
from seminarkit.core.documents.pieces import (
    Align,
    Answer,
    Cell,
    Chart,
    Fold,
    Group,
    Heading,
    Items,
    Picture,
    Piece,
    Quote,
    Rows,
    Table,
    Text,
    Title,
)
from seminarkit.core.documents.text_lines import column_head, shown_lines

_ROLES = {"question": "ask", "plain": ""}
_TABLES = {"plain": "", "beside": "stack beside", "numbers": "matrix numbers"}
_PIXELS = 96  # per inch, in CSS


def html(piece: Piece) -> str:
    """Return a piece as HTML; '' for an empty one."""
    match piece:
        case Title():
            return _title(piece)
        case Heading():
            return _heading(piece)
        case Text():
            return _text(piece)
        case Items():
            return _items(piece)
        case Answer():
            return _answer(piece)
        case Quote():
            return _quote(piece)
        case Table():
            return _table(piece)
        case Chart():
            return _chart(piece)
        case Picture():
            return _picture(piece)
        case Group():
            return _group(piece)
        case Fold():
            return _fold(piece)
        case _:
            assert_never(piece)


def _title(piece: Title) -> str:
    kicker = tag("p", text(piece.kicker), class_="kicker") if piece.kicker else ""
    lead = tag("p", text(piece.lead), class_="lead") if piece.lead else ""
    notes = "".join(block("p", note, "note") for note in piece.notes)
    look = "top compact" if piece.compact else "top"
    return tag("header", kicker + tag("h1", text(piece.text)) + lead + notes, class_=look)


def _heading(piece: Heading) -> str:
    return tag(f"h{piece.level}", text(piece.text), id=piece.anchor)


def _text(piece: Text) -> str:
    return block("p", piece.line, _ROLES.get(piece.role, piece.role), piece.anchor)


def _items(piece: Items) -> str:
    anchors = piece.anchors or ("",) * len(piece.lines)
    items = "".join(
        block("li", line, anchor=anchor) for line, anchor in zip(piece.lines, anchors, strict=True)
    )
    if piece.look != "plain":
        look: str = piece.look
    elif piece.ordered:
        look = "sources" if piece.anchors else ""
    else:
        look = "also"
    return tag("ol" if piece.ordered else "ul", items, class_=look)


def _answer(piece: Answer) -> str:
    lines = "".join(block("p", line) for line in piece.lines)
    # not a <dl>: JupyterLab's style would set the answer beside the next question
    question = tag("p", tag("b", text(piece.label)), class_="label")
    return tag("div", question + tag("div", lines + _byline(piece.by)), class_="facts")


def _quote(piece: Quote) -> str:
    about = tag("p", text(piece.about), class_="about", dir="auto") if piece.about else ""
    body = tag("blockquote", "".join(block("p", line) for line in piece.lines))
    return tag("div", about + body + _byline(piece.by), class_="quote on" if about else "quote")


def _table(table: Table) -> str:
    piece = shortened(table)
    heads = "".join(
        tag("th", text(column_head(column)), scope="col", style=_style(column.align))
        for column in piece.columns
    )
    bodies = "".join(_rows(piece, group) for group in piece.groups)
    content = tag("caption", text(piece.caption)) + tag("thead", tag("tr", heads)) + bodies
    element = tag("table", content, class_=_TABLES.get(piece.look, piece.look))
    # wide tables scroll on their own, not with the page; tabindex lets the keyboard scroll them
    box = {"role": "region", "aria-label": piece.caption, "tabindex": "0"}
    note = tag("p", text(piece.note), class_="note") if piece.note else ""
    return tag("div", element, class_="scroll", **box) + note


def _chart(piece: Chart) -> str:
    from seminarkit.core.documents.canvas import svg  # loads matplotlib

    encoded = base64.b64encode(svg(piece.drawing)).decode("ascii")
    size = (round(_PIXELS * piece.drawing.width), round(_PIXELS * piece.drawing.height))
    return _figure(f"data:image/svg+xml;base64,{encoded}", piece.alt, piece.finding, size)


def _picture(piece: Picture) -> str:
    return _figure(f"data:{piece.type};base64,{piece.data}", piece.alt)


def _group(piece: Group) -> str:
    parts = [markup for markup in map(html, piece.pieces) if markup]
    if piece.look in ("together", "pair"):
        parts = [tag("div", part) for part in parts]
    if piece.look == "plain" or not parts:
        return "".join(parts)
    return tag("article" if piece.look == "card" else "div", "".join(parts), class_=piece.look)


def _fold(piece: Fold) -> str:
    content = "".join(map(html, piece.pieces))
    look = "printed" if piece.printed else "near"
    return tag("details", tag("summary", text(piece.title)) + content, class_=look)


def _rows(table: Table, group: Rows) -> str:
    title = ""
    if group.title:
        across = str(len(table.columns))
        head = tag("th", text(group.title), colspan=across, scope="rowgroup", style=_style("start"))
        title = tag("tr", head)
    rows = "".join(tag("tr", _row(table, row)) for row in group.rows)
    return tag("tbody", title + rows)


def _row(table: Table, row: tuple[Cell, ...]) -> str:
    stacked = table.look in ("stack", "beside")
    cells = ""
    for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        style = _style(column.align)
        if number == 0:
            cells += tag("th", _cell(cell), id=cell.anchor, scope="row", style=style)
        else:
            head = column_head(column) if stacked else ""
            cells += tag("td", _cell(cell), id=cell.anchor, data_head=head, style=style)
    return cells


def _cell(cell: Cell) -> str:
    lines = shown_lines(cell)
    if len(lines) == 1:
        content = words(lines[0])
        return content if len(lines[0]) == 1 else tag("span", content)  # one flex item on a phone
    return tag("div", "".join(block("div", line) for line in lines)) if lines else ""


def _style(align: Align) -> str:
    """Return the alignment as an inline style, as JupyterLab aligns all cells to the right."""
    return f"text-align:{align}"


def _figure(source: str, alt: str, caption: str = "", size: tuple[int, int] = (0, 0)) -> str:
    size_attributes = f' width="{size[0]}" height="{size[1]}"' if any(size) else ""
    image = f'<img src="{escape(source)}" alt="{escape(alt)}"{size_attributes}>'
    return tag("figure", (tag("figcaption", text(caption)) if caption else "") + image)


def _byline(name: str) -> str:
    return tag("p", text(name), class_="by", dir="auto") if name else ""
