"""Finds the answers among the rows and paragraphs of a Word form, and tells what it cannot place.

Works row by row, as people take tables apart and Word joins them: a row with our label or bookmark
opens a place, a row with our control is one, and what follows belongs to the place last opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from seminarkit.collect.wordticks import picked
from seminarkit.collect.wordxml import Piece
from seminarkit.forms.answers import CompiledForm, is_blank
from seminarkit.forms.word import (
    BEGIN,
    PLACEHOLDER,
    Place,
    hint_lines,
    label_line,
    places,
    read_identity_line,
    top_mark,
)
from seminarkit.names import shown_name

Line = list[Piece]
_WHOLE = re.compile(r"-?\d{1,15}")
_OLD_TAG = re.compile(r"(?:([a-z][a-z0-9_]*)\.(\d{1,2})\.)?([a-z][a-z0-9_]*)", re.ASCII)
_UNKNOWN_ROW = -1


class Places:
    """Takes the blocks of a document one by one; ``result`` gives answers and remarks."""

    def __init__(self, form: CompiledForm, *, same_version: bool) -> None:
        self._same_version = same_version
        self._by_tag = {place.tag: place for place in places(form)}
        self._by_bookmark = {p.bookmark: p for p in self._by_tag.values() if not p.choice}
        self._by_label: dict[str, list[Place]] = {}
        for place in self._by_bookmark.values():
            for label in {label_line(place.field), place.field["label"]} if not place.row else ():
                self._by_label.setdefault(plain(label), []).append(place)
        self._form = form
        self._wording = {plain(text) for text in _wording(form["fields"], form)}
        self._answers: dict[str, Any] = {}
        self._rows: dict[str, tuple[int, set[str]]] = {}
        self._seen: set[str] = set()
        self._remarks: list[str] = []
        self._top: list[str] = []
        self._begun = False
        self._open: Place | None = None
        self._lines: list[Line] = []

    def read(self, block: dict[str, Any]) -> None:
        """Take the next row or paragraph."""
        tagged = {place.key: place for tag in block["tags"] if (place := self._tagged(tag))}
        labelled = self._labelled(block)
        if len(tagged) > 1:
            self._close()
            names = ", ".join(quoted(place.field["label"]) for place in tagged.values())
            self._remarks.append(f"The places of {names} became one and were not read")
        elif tagged:
            (place,) = tagged.values()
            if not self._open or self._open.key != place.key or labelled:
                self._close()
                self._open = place
            self._lines += [line for line in block["lines"] if not self._is_ours(line, labelled)]
        elif labelled:
            self._close()
            self._open = labelled
            self._outside([line for line in block["lines"] if not self._is_ours(line, labelled)])
        elif self._open and block["row"]:
            self._lines += block["lines"]
        else:
            self._close()
            self._between(block)
        self._begun |= bool(tagged or labelled) or BEGIN in block["bookmarks"]

    def result(self, top: str | None) -> tuple[dict[str, Any], list[str]]:
        """Return the answers and the remarks. ``top`` is the sum over the top when it was made."""
        self._close()
        for name in self._rows:
            rows = self._answers[name]
            while rows and is_blank(rows[-1]):
                rows.pop()
        if top is not None and top != top_mark(self._top):
            self._remarks.append("Something was written above the questions, outside of any place")
        answers = {name: value for name, value in self._answers.items() if not is_blank(value)}
        return answers, self._remarks

    def _tagged(self, tag: str) -> Place | None:
        place = self._by_tag.get(tag) or self._by_tag.get(tag.partition("=")[0])
        if place or self._same_version:
            return place._replace(choice="") if place else None
        # a question that the form no longer asks: its answer is kept under its old name
        old = _OLD_TAG.fullmatch(tag)
        if not old:
            return None
        repeat, row, name = old.groups(default="")
        return Place({"type": "text", "name": name, "label": name}, repeat, int(row or 0))

    def _labelled(self, block: dict[str, Any]) -> Place | None:
        for bookmark in block["bookmarks"]:
            if bookmark in self._by_bookmark:
                return self._by_bookmark[bookmark]
        first = plain(text_of(block["lines"][0])) if block["row"] and block["lines"] else ""
        for place in self._by_label.get(first, ()):
            if place.repeat:
                return place._replace(row=_UNKNOWN_ROW)
            if place.key not in self._seen:
                return place
        return None

    def _is_ours(self, line: Line, place: Place | None) -> bool:
        """Say whether a line is what the form itself wrote into the label of a place."""
        if place is None:
            return False
        own = {label_line(place.field), place.field["label"], *hint_lines(place.field, self._form)}
        return plain(text_of(line)) in {plain(text) for text in own}

    def _between(self, block: dict[str, Any]) -> None:
        for line in block["lines"]:
            words = text_of(line)
            if plain(words) in self._wording:
                self._begun = True
            elif not self._begun:
                self._top.append(words)
            elif not self._is_frame(words, block["style"]):
                self._outside([line])

    def _is_frame(self, words: str, style: str) -> bool:
        if style == "Seminar Note" or read_identity_line(words):
            return True
        ours = style.startswith(("Seminar ", "Heading", "heading")) and style != "Seminar Gap"
        return ours and not self._same_version

    def _outside(self, lines: list[Line]) -> None:
        for line in lines:
            words = text_of(line)
            if words.strip() and plain(words) != plain(PLACEHOLDER):
                self._remarks.append(f"Outside of the places stands {quoted(words)}")
            elif any(piece.kind == "picture" for piece in line):
                self._remarks.append("Outside of the places stands a picture or a text box")

    def _close(self) -> None:
        """Take the answer of the place that is open."""
        place, lines = self._open, self._lines
        self._open, self._lines = None, []
        if place is None:
            return
        self._seen.add(place.key)
        field, target = place.field, self._target(place)
        label = quoted(field["label"])
        if any(piece.kind == "picture" for line in lines for piece in line):
            self._remarks.append(f"In {label} stands a picture or a text box, which is no answer")
        value: Any
        if "choices" in field:
            value, remarks = picked(field, lines)
            self._remarks += [f"In {label} {remark}" for remark in remarks]
        else:
            value = _text(lines)
            if field["type"] == "integer" and value.strip():
                value = self._whole(value, label)
        if not is_blank(value) and target.setdefault(field["name"], value) != value:
            self._remarks.append(f"{label} is answered twice; the first answer was taken")

    def _whole(self, text: str, label: str) -> int | str:
        """Return a whole number, in digits of any script, or the text with a remark."""
        if _WHOLE.fullmatch(text.strip()):
            return int(text)
        self._remarks.append(f"In {label} stands {quoted(text)}, which is no whole number")
        return text

    def _target(self, place: Place) -> dict[str, Any]:
        """Return where an answer belongs. A block that was copied is a further row."""
        if not place.repeat:
            return self._answers
        rows: list[dict[str, Any]] = self._answers.setdefault(place.repeat, [])
        number, names = self._rows.get(place.repeat, (_UNKNOWN_ROW, set()))
        other = _UNKNOWN_ROW not in (number, place.row) and number != place.row
        if not rows or other or place.field["name"] in names:
            rows.append({})
            number, names = place.row, set()
        names.add(place.field["name"])
        self._rows[place.repeat] = (max(number, place.row), names)
        return rows[-1]


def plain(text: str) -> str:
    """Return a text for comparing: white space as one blank, letters of one size."""
    return " ".join(text.split()).casefold()


def text_of(line: Line) -> str:
    """Return the words of a paragraph."""
    return "".join(piece.text for piece in line if piece.kind == "text")


def quoted(text: str) -> str:
    """Return words from a file as they may stand in a sentence."""
    words = shown_name(" ".join(text.split()))
    return f"'{words if len(words) <= 60 else words[:59] + '…'}'"


def _wording(fields: list[dict[str, Any]], form: CompiledForm) -> Iterator[str]:
    """Yield every text that stands between the places of an untouched document."""
    for field in fields:
        yield label_line(field)
        yield from hint_lines(field, form)
        if field["type"] == "repeat":
            yield from (f"{field['row']} {number + 1}" for number in range(field["max"]))
        yield from _wording(field.get("fields", []), form)


def _text(lines: list[Line]) -> str:
    """Return an answer in words: paragraphs as lines, without empty ones around, letter by letter.

    The placeholder is never an answer, also where its control is gone.
    """
    texts = []
    for line in lines:
        text = text_of(line)
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
