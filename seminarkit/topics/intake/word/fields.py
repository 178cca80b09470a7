"""Fields and controls of Word: what their codes lead to, and what they show by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.symbol_fonts import sign
from seminarkit.topics.intake.word.text_pieces import OPEN, TICKED, Piece
from seminarkit.topics.intake.word.untrusted_xml import (
    attribute,
    child,
    children,
    is_on,
    value,
    whole,
)

_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:\\\w\s+)*(?:"([^"]*)"|(\S+))', re.IGNORECASE)


@dataclass
class OpenField:
    """A field of Word that is open: its code, whether its result has begun, and what that shows."""

    code: str = ""
    entry: str = ""
    result: bool = False
    pieces: list[Piece] = field(default_factory=list)


def fields_close(paragraph: Element) -> bool:
    """Say whether every field that begins in a paragraph ends there, and no other does."""
    depth = 0
    for each in paragraph.iter("fldChar"):
        kind = attribute(each, "fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if depth < 0 or (depth == 0 and kind == "separate"):
            return False
    return depth == 0


def address_of(code: str) -> str:
    """Return the address in the code of a field, where it is a link."""
    found = _ADDRESS.match(code)
    return (found[1] or found[2] or "") if found else ""


def entry_of(data: Element | None) -> str:
    """Return what a field of an older form shows by itself: a box, or the choice from a list."""
    box, choices = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        switch = child(box, "checked")
        switch = child(box, "default") if switch is None else switch
        return TICKED if switch is not None and is_on(switch) else OPEN
    entries = [attribute(each, "val") for each in children(choices, "listEntry")]
    at = whole(value(choices, "result") or value(choices, "default"), 0)
    return entries[at] if at < len(entries) else ""


def as_box(box: Element, shown: str) -> str:
    """Return a box as the plain signs, where its own signs for ticked and open are others."""
    for name, plain in (("checkedState", TICKED), ("uncheckedState", OPEN)):
        state = child(box, name)
        own = sign(attribute(state, "val"), attribute(state, "font"))
        if own and shown == own:
            return plain
    return ""
