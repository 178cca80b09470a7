"""Read a form filled in as a Word file: the payload a notebook has, with a version number.

A Word file has no revision count. Its ``saved_at`` is the time of the last change noted by Word
(docProps/core.xml, in UTC) if plausible, and its ``rev`` is a number computed from that time
(word_form.py). So a later file of the same person replaces an earlier one. Between a Word file and
a notebook, whose clock and count cannot be compared, the one saved later is used, and this is
reported. Files without a time get the lowest number; two of them that differ are a conflict.

Text that matches no question is never guessed at: it is reported, and the file is stored.
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
from seminarkit.topics.intake.notebook_answers import FoundPayload
from seminarkit.topics.intake.opendocument.open_document import is_opendocument, open_document
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.refusal import Blank, Refusal
from seminarkit.topics.intake.word.answer_places import AnswerCollector
from seminarkit.topics.intake.word.blocks import WordText
from seminarkit.topics.intake.word.package import open_word
from seminarkit.topics.intake.word.remarks import Remarks, as_sentences, margin_remark
from seminarkit.topics.intake.word.text_pieces import Document, Line, shown_text, text_of

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_YEARS = range(2015, 2100)  # a program that does not note the time writes a year outside
_MOST_REMARKS = 6
_EMPTY = (
    "The form is empty: there is nothing in its boxes. If something was written, it was not "
    "saved, or is outside the boxes: write it into the boxes, save the file, and send it again."
)
_UNTOUCHED = (
    "It is as it was sent out: nobody has written in it. If something was written, it was not "
    "saved: write it into the boxes, save the file, and send it again."
)
_NOT_OURS = (
    "It is a text document, but does not say whose form it is: it is another document, or its last "
    "grey line was deleted. Copy the answers into the Word form that was sent out and send that."
)


def read_document(data: bytes, expected: Expected, allowance: Allowance) -> FoundPayload:
    """Return the payload of a form document, and remarks on what was left out; raises Refusal."""
    document = _open(data, allowance)
    lines = [line for block in document.blocks for line in block.lines]
    texts = [text_of(line) for line in lines]
    if not _is_ours(document, texts):
        shown_lines = [text for line in lines for text in shown_text(line).split("\n")]
        if holds_notes(shown_lines, expected):
            return _found_notes(document, shown_lines, lines, expected)
    payload = _payload_without_answers(document, texts, expected)
    form = expected.forms.get(str(payload["form"]))
    if form is None or payload["seminar"] != expected.seminar:
        return FoundPayload(payload)  # the caller refuses it with the reason
    same_version = payload["form_version"] == form["version"]
    places = AnswerCollector(form, same_version=same_version, shown=expected.shown)
    for block in document.blocks:
        places.read(block)
    answers, remarks = places.result(document.custom)
    warning = as_sentences([*remarks, *document.aside], _MOST_REMARKS)
    if not answers:
        if warning:
            raise Refusal(f"{_EMPTY} {warning}")
        raise Blank(_EMPTY)
    handed_out_mark = document.custom.get(HANDED_PROPERTY)
    if handed_out_mark and not warning and handed_out_mark == answers_mark(form, answers):
        raise Blank(_UNTOUCHED)
    return FoundPayload({**payload, "answers": answers}, warning)


def _open(data: bytes, allowance: Allowance) -> Document:
    if is_opendocument(data):
        return open_document(data, allowance)
    parts = open_word(data, allowance)
    text = WordText(parts)
    blocks = list(text.blocks())
    aside = ["It contains comments, which were not read"] if parts.comments else []
    if parts.macros:
        aside.append("It contains macros (a small program inside), which were neither run nor read")
    if margins := text.margins():
        aside.append(margin_remark(margins))
    return Document(blocks, parts.custom, parts.modified, aside)


def _found_notes(
    document: Document, shown_lines: list[str], lines: Sequence[Line], expected: Expected
) -> FoundPayload:
    """Return notes written in a document of one's own under the form's headings."""
    found = read_notes(shown_lines, expected, _saved_at(document.modified))
    remarks = Remarks()
    for line in lines:
        for piece in line:
            if piece.kind == "left":
                remarks.add("the document", piece.tag, piece.text)
    aside = as_sentences([*remarks.sentences(), *document.aside], _MOST_REMARKS)
    return replace(found, remark=f"{found.remark} {aside}".strip())


def _is_ours(document: Document, texts: Iterable[str]) -> bool:
    """Return whether a document is a form of the kit, which identifies its author."""
    return any(name.startswith(PROPERTY) for name in document.custom) or any(
        read_identity_line(text) for text in texts
    )


def _payload_without_answers(
    document: Document, lines: Iterable[str], expected: Expected
) -> dict[str, object]:
    """Return the payload without answers, from the properties and the identity line."""
    identity = {
        name.removeprefix(PROPERTY): value
        for name, value in document.custom.items()
        if name.startswith(PROPERTY) and name not in OWN_PROPERTIES
    }
    line = next((parsed for text in lines if (parsed := read_identity_line(text))), {})
    if not identity and not line:
        raise Refusal(_NOT_OURS)
    if identity and any(line[key] != identity.get(key, line[key]) for key in line):
        raise Refusal(
            "It says two different things about whose form it is, in its properties and in its "
            "last line. Copy each person's answers into their own form and send those."
        )
    # the line supplies what the properties lack
    identity = (
        {**line, "seminar": expected.seminar, **identity} if line else {"seminar": "", **identity}
    )
    author = identity.pop("author", "")
    saved_at = _saved_at(document.modified)
    return {
        "country": expected.people.get(author, ""),
        "form": "",
        "form_version": "",
        **identity,
        "author": {"id": author},
        "rev": clock_rev(saved_at),
        "saved_at": saved_at,
        "answers": {},
    }


def _saved_at(modified: str) -> str:
    """Return the time of the last change in UTC, or '' if it is not plausible."""
    text = modified.strip()
    if not _MOMENT.fullmatch(text):
        return ""
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.year in _YEARS else ""
