"""Reads which choices are ticked: by the box, by a mark typed beside or instead of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import QuestionField, labels_of
from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.word.text_pieces import Piece

_MARK = re.compile(r"[☒☑✓✔✗✘✅🗹🗸√xXхХ×vV+]")  # x and X also in Cyrillic
_CODE = re.compile(
    r"[^A-Za-z0-9]*(?:[xXvV]\W+)?(?P<label>(?P<code>[A-Z]{2}-[A-Z0-9]+-q\d+):.*)", re.DOTALL
)
OPEN_BOXES = tuple("☐□▢◻◽❏❐❑❒🞎🞏🞐")
_NO_MARK = re.compile(rf"[{''.join(OPEN_BOXES)}|\s\[\]()_.…:;,*•·–—-]")


def picked(field: QuestionField, lines: Sequence[list[Piece]]) -> tuple[str | list[str], list[str]]:
    """Return the answer, and remarks on what is unclear; an unclear answer is not taken."""
    labels = labels_of(field) or _filled_in(lines)
    ticked: dict[str, bool] = {}
    bare: list[str] = []
    remarks: list[str] = []
    boxes = False
    for line in _lines(lines):
        box = next((piece for piece in line if piece.kind == "box"), None)
        words = "".join(piece.text for piece in line if piece.kind == "text")
        name, beside = _choice(box.tag if box else "", words, labels)
        mark, rest = _marks(beside)
        mark |= box is not None and _is_ticked(box)
        boxes |= box is not None or mark or beside.strip()[:1] in OPEN_BOXES
        if not name:
            if rest or mark:
                number = "".join(f"{piece.text} " for piece in line if piece.kind == "number")
                shown = _quoted(f"{number}{words}")
                remarks.append(f"stands {shown}, which is none of its choices")
            continue
        if rest:
            remarks.append(f"stands {_quoted(rest)} beside the choice {_quoted(labels[name])}")
        if box and box.ticked and not mark:
            remarks.append(f"the box of {_quoted(labels[name])} is ticked, but does not show it")
        if box is None and not mark and not beside.strip():
            bare.append(name)
        ticked[name] = ticked.get(name, False) or mark
    chosen = [name for name in labels if ticked.get(name)]
    if kind_of(field).several:
        return chosen, remarks
    if len(chosen) > 1:
        both = " and ".join(_quoted(labels[name]) for name in chosen)
        return "", [*remarks, f"{both} are ticked, where one was asked for; none was taken"]
    if not chosen and len(bare) == 1 and not boxes and len(labels) > 1:
        word = _quoted(labels[bare[0]])
        return bare[0], [*remarks, f"only the choice {word} is left and was taken as ticked"]
    return (chosen[0] if chosen else ""), remarks


def _filled_in(lines: Sequence[list[Piece]]) -> dict[str, str]:
    """Return the choices that were filled in when the form was made out, each after its code."""
    texts = ("".join(p.text for p in line if p.kind == "text") for line in _lines(lines))
    found = (_CODE.match(text) for text in texts)
    return {each["code"]: each["label"].strip() for each in found if each}


def _lines(lines: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Return the lines as they are seen: a paragraph may hold several."""
    seen: list[list[Piece]] = []
    for line in lines:
        seen.append([])
        for piece in line:
            first, *more = piece.text.split("\n") if piece.kind == "text" else (piece.text,)
            seen[-1].append(piece._replace(text=first))
            seen += [[Piece("text", text)] for text in more]
    return seen


def _choice(tag: str, words: str, labels: Mapping[str, str]) -> tuple[str, str]:
    """Return the choice that a line belongs to, and what stands in the line beside its label."""
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
    """Return whether a mark stands alone in these words, and what else stands there."""
    words = _NO_MARK.sub(" ", beside).split()
    rest = [word for word in words if not all(_MARK.fullmatch(sign) for sign in word)]
    return len(rest) < len(words), " ".join(rest)


def _is_ticked(box: Piece) -> bool:
    """Say whether a box is ticked; what is seen counts more than what the file says of it."""
    seen = box.text.strip()
    if seen in OPEN_BOXES:
        return False
    return bool(seen and all(_MARK.fullmatch(sign) for sign in seen)) or (not seen and box.ticked)


def _quoted(text: str) -> str:
    return f"'{shown_name(' '.join(text.split()))[:60]}'"
