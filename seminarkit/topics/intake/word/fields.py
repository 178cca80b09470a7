"""Evaluate Word fields and form controls: links, check boxes, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.symbol_fonts import font_symbol
from seminarkit.topics.intake.word.text_pieces import OPEN, TICKED, Piece
from seminarkit.topics.intake.word.untrusted_xml import (
    as_int,
    attribute,
    child,
    children,
    is_on,
    value,
)

_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:\\\w\s+)*(?:"([^"]*)"|(\S+))', re.IGNORECASE)


@dataclass
class OpenField:
    """An open complex field: its code, and the pieces of its result once that has begun."""

    code: str = ""
    entry: str = ""
    result: bool = False
    pieces: list[Piece] = field(default_factory=list)


def fields_close(paragraph: Element) -> bool:
    """Return whether the complex fields of a paragraph are balanced."""
    depth = 0
    for mark in paragraph.iter("fldChar"):
        kind = attribute(mark, "fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if depth < 0 or (depth == 0 and kind == "separate"):
            return False
    return depth == 0


def link_target(code: str) -> str:
    """Return the target of a HYPERLINK field, or '' for another field."""
    match = _ADDRESS.match(code)
    return (match[1] or match[2] or "") if match else ""


def field_value(data: Element | None) -> str:
    """Return the value of a legacy form field: the box sign, or the selected list entry."""
    box, choices = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        switch = child(box, "checked")
        switch = child(box, "default") if switch is None else switch
        return TICKED if switch is not None and is_on(switch) else OPEN
    entries = [attribute(entry, "val") for entry in children(choices, "listEntry")]
    at = as_int(value(choices, "result") or value(choices, "default"), 0)
    return entries[at] if at < len(entries) else ""


def box_sign(box: Element, text: str) -> str:
    """Return ☒ or ☐ for a check box that shows symbols of its own, else ''."""
    for name, standard in (("checkedState", TICKED), ("uncheckedState", OPEN)):
        state = child(box, name)
        symbol = font_symbol(attribute(state, "val"), attribute(state, "font"))
        if symbol and text == symbol:
            return standard
    return ""
