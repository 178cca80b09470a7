"""Make lines of spans, return their text, and decide which addresses are links."""

from __future__ import annotations

import re
from dataclasses import replace

from seminarkit.core.documents.docx_xml import OPEN
from seminarkit.core.documents.pieces import Cell, Column, Items, Line, Look, Span

_WEB = re.compile(r"https?://[^\s<>\"']+")
MISSING = "–"  # shown by pages and documents for a missing value
_PAGE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.html(?:#[\w:.-]+)?|#[\w:.-]+")


def line(text: str, look: Look = "plain", href: str = "") -> Line:
    """Return a line of one span, in the kit's own words."""
    return (Span(text, look, href),)


def person_lines(words: str) -> tuple[Line, ...]:
    """Return a person's own words as lines, one per paragraph; a web address becomes a link."""
    return tuple((person_span(part),) for part in words.splitlines() if part.strip())


def person_span(words: str) -> Span:
    """Return a person's own words as a span; a web address becomes a link."""
    return Span(words, href=words if is_web(words) else "", own=True)


def shown_lines(cell: Cell) -> tuple[Line, ...]:
    """Return the lines of a cell, else its value as a line; none for an empty cell."""
    if cell.lines or cell.value in (None, ""):
        return cell.lines
    if isinstance(cell.value, bool):
        return (line("yes" if cell.value else "no"),)
    return (line(str(cell.value)),)


def item_mark(items: Items, number: int) -> str:
    """Return the prefix of a list item in text: its number, a check box, or ''."""
    if items.look == "boxes":
        return f"{OPEN} "
    return f"{number}. " if items.ordered else ""


def split_lines(words: Line) -> list[Line]:
    """Split a line at its line breaks, as each part may run in another direction."""
    lines: list[list[Span]] = []
    line: list[Span] = []
    for span in words:
        first, *rest = span.text.split("\n")
        line.append(replace(span, text=first))
        for text in rest:
            lines.append(line)
            line = [replace(span, text=text)]
    filled = (tuple(span for span in part if span.text) for part in [*lines, line])
    return [part for part in filled if part]


def column_head(column: Column) -> str:
    """Return the head of a column, with its unit."""
    return f"{column.label} ({column.unit})" if column.unit else column.label


def line_text(words: Line) -> str:
    """Return the text of a line without its looks."""
    return "".join(span.text for span in words)


def is_web(href: str) -> bool:
    """Return whether a whole text is a web address."""
    return _WEB.fullmatch(href) is not None


def is_link(href: str) -> bool:
    """Return whether pages may link to it: a web address, a page of the site, or an anchor."""
    return is_web(href) or _PAGE.fullmatch(href) is not None
