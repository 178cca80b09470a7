"""Pieces as HTML: for pages, for JupyterLab, and wherever a notebook is read without the kit.

All that a piece holds is text, and is escaped here, once. Only addresses of the web, pages of the
site and anchors become links. The classes are those of templates/report/page.css; without it the
HTML still reads well, and no rule of JupyterLab's own moves an answer away from its question.
"""

from __future__ import annotations

import base64
from html import escape
from typing import assert_never

from seminarkit.core.documents.document import shortened
from seminarkit.core.documents.lines import column_head, is_link, is_web, shown_lines
from seminarkit.core.documents.pieces import (
    Align,
    Answer,
    Cell,
    Chart,
    Fold,
    Group,
    Heading,
    Items,
    Line,
    Picture,
    Piece,
    Quote,
    Rows,
    Span,
    Table,
    Text,
    Title,
)

_MARKS = ("complete", "draft", "partly", "missing")
_ROLES = {"question": "ask", "plain": ""}
_TABLES = {"plain": "", "beside": "stack beside", "numbers": "matrix numbers"}
_PIXELS = 96  # an inch, in CSS


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


def tag(name: str, inside: str, **attributes: str) -> str:
    """Return an element. ``inside`` is markup already; attributes are text, left out where empty.

    A trailing underscore frees Python's words, one inside is a hyphen: ``class_``, ``data_head``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{inside}</{name}>"


def text(words: str) -> str:
    """Return a text escaped, its line ends kept."""
    return escape(words).replace("\n", "<br>")


def _title(piece: Title) -> str:
    kicker = tag("p", text(piece.kicker), class_="kicker") if piece.kicker else ""
    lead = tag("p", text(piece.lead), class_="lead") if piece.lead else ""
    notes = "".join(_block("p", note, "note") for note in piece.notes)
    return tag("header", kicker + tag("h1", text(piece.text)) + lead + notes, class_="top")


def _heading(piece: Heading) -> str:
    return tag(f"h{piece.level}", text(piece.text), id=piece.anchor)


def _text(piece: Text) -> str:
    return _block("p", piece.line, _ROLES.get(piece.role, piece.role), piece.anchor)


def _items(piece: Items) -> str:
    anchors = piece.anchors or ("",) * len(piece.lines)
    items = "".join(
        _block("li", line, anchor=anchor) for line, anchor in zip(piece.lines, anchors, strict=True)
    )
    if piece.ordered:
        return tag("ol", items, class_="sources" if piece.anchors else "")
    return tag("ul", items, class_="also")


def _answer(piece: Answer) -> str:
    lines = "".join(_block("p", line) for line in piece.lines)
    # no list of definitions: JupyterLab's own look would set the answer beside the next question
    asked = tag("p", tag("b", text(piece.label)), class_="label")
    return tag("div", asked + tag("div", lines + _by(piece.by)), class_="facts")


def _quote(piece: Quote) -> str:
    about = tag("p", text(piece.about), class_="about", dir="auto") if piece.about else ""
    words = tag("blockquote", "".join(_block("p", line) for line in piece.lines))
    return tag("div", about + words + _by(piece.by), class_="quote on" if about else "quote")


def _table(whole: Table) -> str:
    piece = shortened(whole)
    heads = "".join(
        tag("th", text(column_head(column)), scope="col", style=_style(column.align))
        for column in piece.columns
    )
    bodies = "".join(_rows(piece, group) for group in piece.groups)
    inside = tag("caption", text(piece.caption)) + tag("thead", tag("tr", heads)) + bodies
    made = tag("table", inside, class_=_TABLES.get(piece.look, piece.look))
    # wide tables scroll by themselves, so that the page does not; the keyboard reaches them
    box = {"role": "region", "aria-label": piece.caption, "tabindex": "0"}
    note = tag("p", text(piece.note), class_="note") if piece.note else ""
    return tag("div", made, class_="scroll", **box) + note


def _chart(piece: Chart) -> str:
    from seminarkit.core.documents.canvas import svg  # it loads matplotlib

    drawn = base64.b64encode(svg(piece.drawing)).decode("ascii")
    size = (round(_PIXELS * piece.drawing.width), round(_PIXELS * piece.drawing.height))
    return _figure(f"data:image/svg+xml;base64,{drawn}", piece.alt, piece.finding, size)


def _picture(piece: Picture) -> str:
    return _figure(f"data:{piece.type};base64,{piece.data}", piece.alt)


def _group(piece: Group) -> str:
    parts = [made for made in map(html, piece.pieces) if made]
    if piece.look == "together":
        parts = [tag("div", part) for part in parts]
    if piece.look == "plain" or not parts:
        return "".join(parts)
    return tag("article" if piece.look == "card" else "div", "".join(parts), class_=piece.look)


def _fold(piece: Fold) -> str:
    inside = "".join(map(html, piece.pieces))
    look = "printed" if piece.printed else "near"
    return tag("details", tag("summary", text(piece.title)) + inside, class_=look)


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
        inside = _line(lines[0])
        return inside if len(lines[0]) == 1 else tag("span", inside)  # one box beside its head
    return tag("div", "".join(_block("div", line) for line in lines)) if lines else ""


def _style(align: Align) -> str:
    """Return what holds in JupyterLab, too, which sets all cells to the right."""
    return f"text-align:{align}"


def _figure(source: str, alt: str, caption: str = "", size: tuple[int, int] = (0, 0)) -> str:
    measures = f' width="{size[0]}" height="{size[1]}"' if any(size) else ""
    image = f'<img src="{escape(source)}" alt="{escape(alt)}"{measures}>'
    return tag("figure", (tag("figcaption", text(caption)) if caption else "") + image)


def _by(name: str) -> str:
    return tag("p", text(name), class_="by", dir="auto") if name else ""


def _block(name: str, line: Line, class_: str = "", anchor: str = "") -> str:
    """Return a line as an element; somebody's own words run in the direction of their script."""
    quiet = bool(line) and all(span.look == "quiet" for span in line)
    own = bool(line) and all(span.own for span in line)
    look = class_ or ("about" if quiet and name == "div" else "")
    return tag(name, _line(line, directed=own), class_=look, id=anchor, dir="auto" if own else "")


def _line(line: Line, *, directed: bool = False) -> str:
    """Return words; those of a ``directed`` line have its direction."""
    return "".join(_span(span, "auto" if span.own and not directed else "") for span in line)


def _span(span: Span, way: str) -> str:
    if is_link(span.href):
        return _link(span, way)
    if span.hint:  # a dash or a tick: what it means is read aloud in its place
        meaning = {"role": "img", "aria-label": span.hint, "title": span.hint}
        return tag("span", text(span.text), class_=_class(span), **meaning)
    if span.look == "ref":
        return tag("sup", text(span.text))
    if span.look == "strong":
        return tag("strong", text(span.text), dir=way)
    if span.look == "plain" and not way:
        return text(span.text)
    return tag("span", text(span.text), class_=_class(span), dir=way)


def _link(span: Span, way: str) -> str:
    rel = "noopener nofollow" if is_web(span.href) else ""
    hint = span.hint or (f"Source {span.text}" if span.look == "ref" else "")
    made = tag(
        "a", text(span.text), href=span.href, title=hint, class_=_class(span), rel=rel, dir=way
    )
    return tag("sup", made) if span.look == "ref" else made


def _class(span: Span) -> str:
    if span.look in _MARKS:
        return f"mark {span.look}"
    return {"quiet": "note", "code": "code", "whole": "whole"}.get(span.look, "")
