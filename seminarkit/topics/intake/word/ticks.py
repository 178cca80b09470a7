"""Read which choices are ticked, by a check box or by a typed mark."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import QuestionField, labels_of
from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.word.text_pieces import Piece

_MARK = re.compile(r"[☒☑✓✔✗✘✅🗹🗸√xXхХ×vV+]")  # including Cyrillic х and Х
_CODE = re.compile(
    r"[^A-Za-z0-9]*(?:[xXvV]\W+)?(?P<label>(?P<code>[A-Z]{2}-[A-Z0-9]+-q\d+):.*)", re.DOTALL
)
OPEN_BOXES = tuple("☐□▢◻◽❏❐❑❒🞎🞏🞐")
_NO_MARK = re.compile(rf"[{''.join(OPEN_BOXES)}|\s\[\]()_.…:;,*•·–—-]")


def ticked_choices(
    field: QuestionField, lines: Sequence[list[Piece]]
) -> tuple[str | list[str], list[str]]:
    """Return the answer to a choice question, and remarks; an ambiguous answer is empty."""
    labels = labels_of(field) or _choices_in_lines(lines)
    ticked: dict[str, bool] = {}
    unmarked: list[str] = []
    remarks: list[str] = []
    has_boxes = False
    for line in _lines(lines):
        box = next((piece for piece in line if piece.kind == "box"), None)
        words = "".join(piece.text for piece in line if piece.kind == "text")
        name, beside = _choice_of_line(box.tag if box else "", words, labels)
        has_mark, other_words = _marks(beside)
        has_mark |= box is not None and _is_ticked(box)
        has_boxes |= box is not None or has_mark or beside.strip()[:1] in OPEN_BOXES
        if not name:
            if other_words or has_mark:
                number = "".join(f"{piece.text} " for piece in line if piece.kind == "number")
                line_text = _quoted(f"{number}{words}")
                remarks.append(f"there is {line_text}, which is not one of its choices")
            continue
        if other_words:
            remarks.append(
                f"there is {_quoted(other_words)} next to the choice {_quoted(labels[name])}"
            )
        if box and box.ticked and not has_mark:
            remarks.append(f"the box of {_quoted(labels[name])} is ticked, but does not show it")
        if box is None and not has_mark and not beside.strip():
            unmarked.append(name)
        ticked[name] = ticked.get(name, False) or has_mark
    chosen = [name for name in labels if ticked.get(name)]
    if kind_of(field).several:
        return chosen, remarks
    if len(chosen) > 1:
        ticked_labels = " and ".join(_quoted(labels[name]) for name in chosen)
        return "", [
            *remarks,
            f"{ticked_labels} are ticked, but only one was asked for; none was used",
        ]
    if not chosen and len(unmarked) == 1 and not has_boxes and len(labels) > 1:
        word = _quoted(labels[unmarked[0]])
        return unmarked[0], [*remarks, f"only the choice {word} is left and was read as ticked"]
    return (chosen[0] if chosen else ""), remarks


def _choices_in_lines(lines: Sequence[list[Piece]]) -> dict[str, str]:
    """Return the label by code of the choices filled in when the form was written."""
    texts = (
        "".join(piece.text for piece in line if piece.kind == "text") for line in _lines(lines)
    )
    matches = (_CODE.match(text) for text in texts)
    return {match["code"]: match["label"].strip() for match in matches if match}


def _lines(lines: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Return the displayed lines; a paragraph may have several."""
    displayed: list[list[Piece]] = []
    for line in lines:
        displayed.append([])
        for piece in line:
            first, *more = piece.text.split("\n") if piece.kind == "text" else (piece.text,)
            displayed[-1].append(piece._replace(text=first))
            displayed += [[Piece("text", text)] for text in more]
    return displayed


def _choice_of_line(tag: str, words: str, labels: Mapping[str, str]) -> tuple[str, str]:
    """Return the choice of a line, and the text beside its label."""
    by_tag = next((name for name in labels if tag.endswith(f"={name}")), "")
    text = " ".join(words.split())
    candidates = [by_tag] if by_tag else sorted(labels, key=lambda name: -len(labels[name]))
    for name in candidates:
        label = " ".join(labels[name].split())
        at = text.casefold().find(label.casefold())
        before, after = text[:at], text[at + len(label) :]
        if at >= 0 and not (before[-1:].isalnum() and len(before) > 1) and not after[:1].isalnum():
            return name, f"{before} {after}"
    return by_tag, text


def _marks(beside: str) -> tuple[bool, str]:
    """Return whether a text contains a mark, and the text without marks."""
    words = _NO_MARK.sub(" ", beside).split()
    other_words = [
        word for word in words if not all(_MARK.fullmatch(character) for character in word)
    ]
    return len(other_words) < len(words), " ".join(other_words)


def _is_ticked(box: Piece) -> bool:
    """Return whether a box is ticked; the displayed sign takes precedence over the stored state."""
    displayed = box.text.strip()
    if displayed in OPEN_BOXES:
        return False
    return bool(displayed and all(_MARK.fullmatch(character) for character in displayed)) or (
        not displayed and box.ticked
    )


def _quoted(text: str) -> str:
    return f"'{shown_name(' '.join(text.split()))[:60]}'"
