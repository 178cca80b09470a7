"""Reads a form that was filled in in Word: the same payload as a notebook holds, with a version.

A Word file does not count its changes, as a form does. Its ``saved_at`` is the time of its last
change as Word noted it (docProps/core.xml, in UTC), where that is a plausible time; its ``rev`` is
a number made from that time (word_form.py). So a later file of the same person replaces an
earlier one, and the judge, who cannot hold a clock against a count, lets the one that was saved
later count and says so. Files without a time have the lowest number of their kind: two of them
that differ are told as a conflict.

What cannot be placed is never guessed: it is told in a remark, and the file itself is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from seminarkit.core.forms.word_form import (
    HANDED_PROPERTY,
    OWN_PROPERTIES,
    PROPERTY,
    answers_mark,
    clock_rev,
    read_identity_line,
)
from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.note_headings import holds_notes, read_notes
from seminarkit.topics.intake.notebook_answers import Found
from seminarkit.topics.intake.opendocument.open_document import is_opendocument, open_document
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.refusal import Blank, Refusal
from seminarkit.topics.intake.word.answer_places import Places
from seminarkit.topics.intake.word.blocks import WordText
from seminarkit.topics.intake.word.package import open_word
from seminarkit.topics.intake.word.remarks import Remarks, as_sentences, margin_words
from seminarkit.topics.intake.word.text_pieces import Document, Line, shown_text, text_of

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_YEARS = range(2015, 2100)  # a program that notes no time leaves another year here
_MOST_REMARKS = 6
_EMPTY = (
    "The form is empty: nothing stands in its places. If something was written, it was not saved, "
    "or stands elsewhere: write it into the boxes, save the file, and send it again."
)
_UNTOUCHED = (
    "It is as it was handed out: nobody has written in it. If something was written, it was not "
    "saved: write it into the boxes, save the file, and send it again."
)
_NOT_OURS = (
    "It is a text document, but does not say whose form it is: it is another document, or its last "
    "grey line was deleted. Copy the answers into the Word form that was sent out and send that."
)


def read_document(data: bytes, expected: Expected, allowance: Allowance) -> Found:
    """Return the payload in a form as a document, and what was not taken; raises Refusal."""
    document = _opened(data, allowance)
    lines = [line for block in document.blocks for line in block.lines]
    texts = [text_of(line) for line in lines]
    if not _is_ours(document, texts):
        seen = [text for line in lines for text in shown_text(line).split("\n")]
        if holds_notes(seen, expected):
            return _notes(document, seen, lines, expected)
    payload = _shell(document, texts, expected)
    form = expected.forms.get(str(payload["form"]))
    if form is None or payload["seminar"] != expected.seminar:
        return Found(payload)  # whose sentence says why it is not taken
    same_version = payload["form_version"] == form["version"]
    places = Places(form, same_version=same_version, shown=expected.shown)
    for block in document.blocks:
        places.read(block)
    answers, remarks = places.result(document.custom)
    warning = as_sentences([*remarks, *document.aside], _MOST_REMARKS)
    if not answers:
        if warning:
            raise Refusal(f"{_EMPTY} {warning}")
        raise Blank(_EMPTY)
    handed = document.custom.get(HANDED_PROPERTY)
    if handed and not warning and handed == answers_mark(form, answers):
        raise Blank(_UNTOUCHED)
    return Found({**payload, "answers": answers}, warning)


def _opened(data: bytes, allowance: Allowance) -> Document:
    if is_opendocument(data):
        return open_document(data, allowance)
    parts = open_word(data, allowance)
    text = WordText(parts)
    blocks = list(text.blocks())
    aside = ["It holds comments, which were not read"] if parts.comments else []
    if parts.macros:
        aside.append("It holds macros (a small program inside), which were neither run nor read")
    if margins := text.margins():
        aside.append(margin_words(margins))
    return Document(blocks, parts.custom, parts.modified, aside)


def _notes(document: Document, seen: list[str], lines: Sequence[Line], expected: Expected) -> Found:
    """Return notes that somebody wrote in a document of their own, below the form's headings."""
    found = read_notes(seen, expected, _saved_at(document.modified))
    remarks = Remarks()
    for line in lines:
        for piece in line:
            if piece.kind == "left":
                remarks.add("the document", piece.tag, piece.text)
    aside = as_sentences([*remarks.sentences(), *document.aside], _MOST_REMARKS)
    return replace(found, remark=f"{found.remark} {aside}".strip())


def _is_ours(document: Document, texts: Iterable[str]) -> bool:
    """Say whether a document is the kit's own form: it says whose form it is."""
    return any(name.startswith(PROPERTY) for name in document.custom) or any(
        read_identity_line(text) for text in texts
    )


def _shell(document: Document, lines: Iterable[str], expected: Expected) -> dict[str, object]:
    """Return the payload without answers: from the properties, else from the last line."""
    said = {
        name.removeprefix(PROPERTY): value
        for name, value in document.custom.items()
        if name.startswith(PROPERTY) and name not in OWN_PROPERTIES
    }
    line = next((read for text in lines if (read := read_identity_line(text))), {})
    if not said and not line:
        raise Refusal(_NOT_OURS)
    if said and any(line[key] != said.get(key, line[key]) for key in line):
        raise Refusal(
            "It says two different things about whose form it is, in its properties and in its "
            "last line. Copy each person's answers into their own form and send those."
        )
    # what the properties lack stands in the line
    said = {**line, "seminar": expected.seminar, **said} if line else {"seminar": "", **said}
    author = said.pop("author", "")
    saved_at = _saved_at(document.modified)
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
