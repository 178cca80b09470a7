"""Convert the lines of a place to an answer, and report what is not part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import QuestionField
from seminarkit.core.forms.word_form import PLACEHOLDER
from seminarkit.core.mail_addresses import is_for_address
from seminarkit.topics.intake.word.remarks import Remarks, quoted
from seminarkit.topics.intake.word.text_pieces import Line, Piece, shown_text, text_of
from seminarkit.topics.intake.word.ticks import ticked_choices


def answer_from_lines(field: QuestionField, lines: Sequence[Line], remarks: Remarks) -> object:
    """Return the answer to a question; what is left out is added to ``remarks``."""
    label = quoted(field["label"])
    kind = kind_of(field)
    for line in lines:
        add_remarks(remarks, line, label, notes=bool(kind.not_read) or kind.choices)
    if kind.choices:
        value, unclear = ticked_choices(field, lines)
        for remark in unclear:
            remarks.say(f"In {label} {remark}")
        return value
    if field.get("appearance") == "url" or is_for_address(field["name"]):
        return _link(lines, label, remarks)
    text = _text(lines, shown_text)
    if kind.not_read and (words := _text(lines, text_of).strip()):
        if (read := kind.read(words)) is not None:
            return read
        remarks.say(f"In {label} there is {quoted(text)}, {kind.not_read}")
    return text


def add_remarks(remarks: Remarks, line: Iterable[Piece], where: str, *, notes: bool) -> None:
    """Add remarks on the pieces left out of a line; with ``notes``, also on notes and links."""
    for piece in line:
        if piece.kind == "left":
            remarks.add(where, piece.tag, piece.text)
        elif notes and piece.kind == "note":
            remarks.add(where, "note", piece.text)
        elif notes and piece.kind == "link" and not piece.shown:
            remarks.add(where, "link", piece.text)


def _link(lines: Sequence[Line], label: str, remarks: Remarks) -> str:
    """Return the answer to a question for a URL or mail address: the link's target, if any."""
    links = list(
        dict.fromkeys(piece.text for line in lines for piece in line if piece.kind == "link")
    )
    words = _text(lines, text_of)
    if not links or "@" in words or "://" in words:
        return _text(lines, shown_text)
    if len(links) > 1:
        return _text(lines, shown_text)
    hidden = any(piece.kind == "link" and not piece.shown for line in lines for piece in line)
    if hidden:
        remarks.add(label, "linked", words)
    for line in lines:
        notes = [piece for piece in line if piece.kind == "note"]
        add_remarks(remarks, notes, label, notes=True)
    return links[0]


def _text(lines: Iterable[Line], words: Callable[[Line], str]) -> str:
    """Return the text of an answer, one line per paragraph, without empty lines at the ends.

    The placeholder is never an answer, even if its content control was removed.
    """
    texts = []
    for line in lines:
        text = words(line)
        if any(piece.kind == "placeholder" for piece in line):
            text = text.strip()
        texts.append("" if text.strip() == PLACEHOLDER else text)
    while texts and not texts[0].strip():
        texts.pop(0)
    while texts and not texts[-1].strip():
        texts.pop()
    text = "\n".join(texts)
    for without_placeholder in (text.removeprefix(PLACEHOLDER), text.removesuffix(PLACEHOLDER)):
        if without_placeholder != text:
            return without_placeholder.strip()
    return text
