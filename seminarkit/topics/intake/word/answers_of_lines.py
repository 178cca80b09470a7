"""Makes an answer of the lines that are in a place, and reports what of them is not taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import QuestionField
from seminarkit.core.forms.word_form import PLACEHOLDER
from seminarkit.core.mail_addresses import is_for_address
from seminarkit.topics.intake.word.remarks import Remarks, quoted
from seminarkit.topics.intake.word.text_pieces import Line, Piece, shown_text, text_of
from seminarkit.topics.intake.word.ticks import picked


def answer(field: QuestionField, lines: Sequence[Line], remarks: Remarks) -> object:
    """Return the answer to a question; what is not taken of the lines goes into ``remarks``."""
    label = quoted(field["label"])
    kind = kind_of(field)
    for line in lines:
        report(remarks, line, label, notes=bool(kind.not_read) or kind.choices)
    if kind.choices:
        value, unclear = picked(field, lines)
        for remark in unclear:
            remarks.say(f"In {label} {remark}")
        return value
    if field.get("appearance") == "url" or is_for_address(field["name"]):
        return _link(lines, label, remarks)
    shown = _text(lines, shown_text)
    if kind.not_read and (words := _text(lines, text_of).strip()):
        if (read := kind.read(words)) is not None:
            return read
        remarks.say(f"In {label} stands {quoted(shown)}, {kind.not_read}")
    return shown


def report(remarks: Remarks, line: Iterable[Piece], where: str, *, notes: bool) -> None:
    """Add remarks on what of a line is not taken; with ``notes``, its notes and links too."""
    for piece in line:
        if piece.kind == "left":
            remarks.add(where, piece.tag, piece.text)
        elif notes and piece.kind == "note":
            remarks.add(where, "note", piece.text)
        elif notes and piece.kind == "link" and not piece.shown:
            remarks.add(where, "link", piece.text)


def _link(lines: Sequence[Line], label: str, remarks: Remarks) -> str:
    """Return the answer to a question for an address: the one behind the words, if one is."""
    links = list(dict.fromkeys(p.text for line in lines for p in line if p.kind == "link"))
    words = _text(lines, text_of)
    if not links or "@" in words or "://" in words:
        return _text(lines, shown_text)
    if len(links) > 1:
        return _text(lines, shown_text)
    hidden = any(p.kind == "link" and not p.shown for line in lines for p in line)
    if hidden:
        remarks.add(label, "linked", words)
    for line in lines:
        notes = [piece for piece in line if piece.kind == "note"]
        report(remarks, notes, label, notes=True)
    return links[0]


def _text(lines: Iterable[Line], words: Callable[[Line], str]) -> str:
    """Return an answer in words: paragraphs as lines, without empty ones around, letter by letter.

    The placeholder is never an answer, also where its control is gone.
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
    for cut in (text.removeprefix(PLACEHOLDER), text.removesuffix(PLACEHOLDER)):
        if cut != text:
            return cut.strip()
    return text
