"""Reads a form that was filled in in Word: the same payload as a notebook holds, with a version.

A Word file does not count its changes, as a form does. Its ``saved_at`` is the time of its last
change as Word noted it (docProps/core.xml, in UTC), where that is a plausible time; its ``rev`` is
a number made from that time (forms/word.py). So a later file of the same person replaces an
earlier one, and the judge, who cannot hold a clock against a count, lets the one that was saved
later count and says so. Files without a time have the lowest number of their kind: two of them
that differ are told as a conflict.

What cannot be placed is never guessed: it is told in a remark, and the file itself is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

from seminarkit.collect.containers import Allowance
from seminarkit.collect.headings import holds_notes, read_notes
from seminarkit.collect.notebook import Found
from seminarkit.collect.payload import Expected
from seminarkit.collect.refusal import Blank, Refusal
from seminarkit.collect.wordplaces import Places, text_of
from seminarkit.collect.wordxml import (
    WordParts,
    attribute,
    local,
    open_word,
    paragraphs,
    pieces,
    rows_and_paragraphs,
    value,
)
from seminarkit.forms.word import PROPERTY, TOP_PROPERTY, clock_rev, read_identity_line

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_YEARS = range(2015, 2100)  # a program that notes no time leaves another year here
_MOST_REMARKS = 6
_EMPTY = (
    "The form is empty: nothing stands in its places. If something was written, it was not saved, "
    "or stands elsewhere: write it into the boxes, save the file, and send it again."
)
_NOT_OURS = (
    "It is a Word document, but does not say whose form it is: it is another document, or its last "
    "grey line was deleted. Copy the answers into the Word form that was sent out and send that."
)


def read_document(data: bytes, expected: Expected, allowance: Allowance) -> Found:
    """Return the payload in a Word form, and what of it could not be placed; raises Refusal."""
    parts = open_word(data, allowance)
    blocks = list(_blocks(parts))
    lines = [text_of(line) for block in blocks for line in block["lines"]]
    if not _is_ours(parts, lines) and holds_notes(lines, expected):
        return read_notes(lines, expected, _saved_at(parts.modified))
    payload = _shell(parts, blocks, expected)
    form = expected.forms.get(payload["form"])
    if form is None or payload["seminar"] != expected.seminar:
        return Found(payload)  # whose sentence says why it is not taken
    found = Places(form, same_version=payload["form_version"] == form["version"])
    for block in blocks:
        found.read(block)
    answers, remarks = found.result(parts.custom.get(TOP_PROPERTY))
    if parts.comments:
        remarks.append("It holds comments, which were not read")
    told = _told(remarks)
    if not answers:
        if told:
            raise Refusal(f"{_EMPTY} {told}")
        raise Blank(_EMPTY)
    return Found({**payload, "answers": answers}, told)


def _blocks(parts: WordParts) -> Iterator[dict[str, Any]]:
    """Yield rows of tables and paragraphs outside of them: texts, tags and bookmarks in each."""
    ids = {name: style for style, name in parts.styles.items()}
    placeholder = ids.get("Placeholder Text", "PlaceholderText")
    for node in rows_and_paragraphs(parts.body):
        inside = list(paragraphs(node, placeholder)) if local(node) == "tr" else [node]
        yield {
            "row": local(node) == "tr",
            "tags": [value(c, "sdtPr", "tag") for c in node.iter() if local(c) == "sdt"],
            "bookmarks": [attribute(b, "name") for b in node.iter() if local(b) == "bookmarkStart"],
            "lines": [list(pieces(p, placeholder)) for p in inside],
            "style": _style(inside, parts),
        }


def _style(inside: list[Element], parts: WordParts) -> str:
    return parts.styles.get(value(inside[0], "pPr", "pStyle"), "") if inside else ""


def _is_ours(parts: WordParts, lines: Iterable[str]) -> bool:
    """Say whether a document is the kit's own form: it says whose form it is."""
    return any(name.startswith(PROPERTY) for name in parts.custom) or any(
        read_identity_line(line) for line in lines
    )


def _shell(parts: WordParts, blocks: list[dict[str, Any]], expected: Expected) -> dict[str, Any]:
    """Return the payload without answers: from the properties, else from the last line."""
    said = {
        name.removeprefix(PROPERTY): value
        for name, value in parts.custom.items()
        if name.startswith(PROPERTY) and name != TOP_PROPERTY
    }
    lines = ("".join(piece.text for piece in line) for block in blocks for line in block["lines"])
    line = next((read for text in lines if (read := read_identity_line(text))), {})
    if not said and not line:
        raise Refusal(_NOT_OURS)
    if said and any(line[key] != said.get(key) for key in line):
        raise Refusal(
            "It says two different things about whose form it is, in its properties and in its "
            "last line. Copy each person's answers into their own form and send those."
        )
    # what the properties lack stands in the line
    said = {**line, "seminar": expected.seminar, **said} if line else {"seminar": "", **said}
    author = said.pop("author", "")
    saved_at = _saved_at(parts.modified)
    return {
        "country": expected.people.get(author, ""),
        "form": "",
        "form_version": "",
        **said,
        "author": {"id": author},
        "rev": clock_rev(saved_at),
        "saved_at": saved_at,
        "answers": {},
    }


def _saved_at(modified: str) -> str:
    """Return the time of the last change in UTC, or nothing where none can be trusted."""
    text = modified.strip()
    if not _MOMENT.fullmatch(text):
        return ""
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.year in _YEARS else ""


def _told(remarks: list[str]) -> str:
    """Return the remarks as sentences that are safe to print."""
    if not remarks:
        return ""
    some = [f"{remark}." for remark in remarks[:_MOST_REMARKS]]
    if len(remarks) > _MOST_REMARKS:
        some.append(f"And {len(remarks) - _MOST_REMARKS} more of this kind.")
    return f"Attention, look into the file: {' '.join(some)}"
