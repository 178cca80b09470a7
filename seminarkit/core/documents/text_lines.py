"""Lines of words: how they are made, what they hold as text, and which addresses are linked."""

from __future__ import annotations

import re
from dataclasses import replace

from seminarkit.core.documents.docx_xml import OPEN
from seminarkit.core.documents.pieces import Cell, Column, Items, Line, Look, Span

_WEB = re.compile(r"https?://[^\s<>\"']+")
MISSING = "–"  # what pages and documents show where there is nothing
_PAGE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.html(?:#[\w:.-]+)?|#[\w:.-]+")


def line(text: str, look: Look = "plain", href: str = "") -> Line:
    """Return a line of one span in the kit's own words."""
    return (Span(text, look, href),)


def own_lines(words: str) -> tuple[Line, ...]:
    """Return somebody's words as lines, a line a paragraph; an address of the web is a link."""
    return tuple((own(part),) for part in words.splitlines() if part.strip())


def own(words: str) -> Span:
    """Return somebody's words in a line; an address of the web is a link."""
    return Span(words, href=words if is_web(words) else "", own=True)


def shown_lines(cell: Cell) -> tuple[Line, ...]:
    """Return the lines of a cell: its own, else its value; none for a cell without a value."""
    if cell.lines or cell.value in (None, ""):
        return cell.lines
    if isinstance(cell.value, bool):
        return (line("yes" if cell.value else "no"),)
    return (line(str(cell.value)),)


def item_mark(items: Items, number: int) -> str:
    """Return what text has before an item of a list: its number, a box to tick, or nothing."""
    if items.look == "boxes":
        return f"{OPEN} "
    return f"{number}. " if items.ordered else ""


def parted(words: Line) -> list[Line]:
    """Return a line as several where it holds ends of lines: each runs in its own direction."""
    lines: list[list[Span]] = []
    line: list[Span] = []
    for span in words:
        first, *rest = span.text.split("\n")
        line.append(replace(span, text=first))
        for text in rest:
            lines.append(line)
            line = [replace(span, text=text)]
    seen = (tuple(span for span in each if span.text) for each in [*lines, line])
    return [each for each in seen if each]


def column_head(column: Column) -> str:
    """Return the head of a column, with its unit."""
    return f"{column.label} ({column.unit})" if column.unit else column.label


def line_text(words: Line) -> str:
    """Return the text of a line, without its looks."""
    return "".join(span.text for span in words)


def is_web(href: str) -> bool:
    """Say whether a text is an address of the web, whole."""
    return _WEB.fullmatch(href) is not None


def is_link(href: str) -> bool:
    """Say whether writers of pages may link it: the web, a page of the site, or an anchor."""
    return is_web(href) or _PAGE.fullmatch(href) is not None
