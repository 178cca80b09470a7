"""Match the rows and paragraphs of a Word form to its questions, and report what matches none.

It works row by row, since people split tables and Word merges them. A row with the label or
bookmark of a question opens its place, a row with the kit's content control is a place, and the
rows after it belong to the open place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.forms.word_form import (
    BEGIN,
    DIFFERS,
    FRAME_PROPERTY,
    PLACEHOLDER,
    TOP_PROPERTY,
    AnswerPlace,
    hint_lines,
    label_line,
    line_mark,
    plain,
    read_identity_line,
    top_mark,
)
from seminarkit.topics.intake.word.answers_of_lines import add_remarks, answer_from_lines
from seminarkit.topics.intake.word.form_wording import wording_of
from seminarkit.topics.intake.word.remarks import OUTSIDE, Remarks, quoted
from seminarkit.topics.intake.word.text_pieces import Block, Line, shown_text, text_of

_OLD_TAG = re.compile(r"(?:([a-z][a-z0-9_]*)\.(\d{1,2})\.)?([a-z][a-z0-9_]*)", re.ASCII)
_UNKNOWN_ROW = -1
_NOTE = "Seminar Note"
_OTHERS_TAG = "goog_rdk"  # Google Docs wraps text in content controls of its own
_OFFER = re.compile(r".{1,80} wrote: .*", re.DOTALL)


class AnswerCollector:
    """The answers of a document, collected block by block; ``result`` returns them.

    ``shown`` are the marks (``line_mark``) of the lines that this seminar's forms show for
    information.
    """

    def __init__(
        self, form: CompiledForm, *, same_version: bool, shown: Iterable[str] = ()
    ) -> None:
        self._same_version, self._shown = same_version, frozenset(shown)
        self._form, self._wording = form, wording_of(form)
        self._answers: dict[str, object] = {}
        self._repeats: dict[str, list[dict[str, object]]] = {}
        self._rows: dict[str, tuple[int, set[str]]] = {}
        self._seen: set[str] = set()
        self.remarks = Remarks()
        self._top: list[str] = []
        self._frame: list[str] = []
        self._in_offers = False
        self._has_begun = False
        self._place: AnswerPlace | None = None
        self._lines: list[Line] = []

    def read(self, block: Block) -> None:
        """Process the next row or paragraph."""
        places = {place.key: place for tag in block.tags if (place := self._place_of_tag(tag))}
        label_place = self._place_of_label(block)
        if len(places) > 1:
            self._close()
            names = ", ".join(quoted(place.field["label"]) for place in places.values())
            self.remarks.say(f"The boxes of {names} became one and were not read")
        elif places:
            (place,) = places.values()
            if not self._place or self._place.key != place.key or label_place:
                self._close()
                self._place = place
            self._take(block, label_place)
        elif label_place:
            self._close()
            self._place = label_place
            self._report_outside(self._without_form_text(block.lines, label_place))
        elif self._place and block.row:
            self._take(block, None)
        else:
            self._close()
            self._take_outside(block)
        if places or label_place:
            self._has_begun, self._in_offers = True, False
        self._has_begun |= BEGIN in block.bookmarks

    def result(self, custom: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
        """Return the answers and the remarks.

        ``custom`` are the document's custom properties, with checksums of the text it was sent out
        with.
        """
        self._close()
        for rows in self._repeats.values():
            while rows and is_blank(rows[-1]):
                rows.pop()
        if custom.get(TOP_PROPERTY, top_mark(self._top)) != top_mark(self._top):
            self.remarks.say("Something was written above the questions, outside of any box")
        if custom.get(FRAME_PROPERTY, top_mark(self._frame)) != top_mark(self._frame):
            self.remarks.say(
                "Something was changed in the lines that the form shows for information, outside "
                "of any box"
            )
        answers = {name: value for name, value in self._answers.items() if not is_blank(value)}
        return answers, self.remarks.sentences()

    def _take(self, block: Block, label_place: AnswerPlace | None) -> None:
        """Add the lines of a row to the open place."""
        choices = self._place is not None and kind_of(self._place.field).choices
        lines = block.lines if choices or label_place else block.row_lines
        self._lines += self._without_form_text(lines, label_place)

    def _place_of_tag(self, tag: str) -> AnswerPlace | None:
        if tag.startswith(_OTHERS_TAG):
            return None
        place = self._wording.by_tag.get(tag) or self._wording.by_tag.get(tag.partition("=")[0])
        if place or self._same_version:
            return place._replace(choice="") if place else None
        # a question removed from the form: store its answer under the old name
        match = _OLD_TAG.fullmatch(tag)
        if not match:
            return None
        repeat, row, name = match.groups(default="")
        return AnswerPlace({"type": "text", "name": name, "label": name}, repeat, int(row or 0))

    def _place_of_label(self, block: Block) -> AnswerPlace | None:
        for bookmark in block.bookmarks:
            if bookmark in self._wording.by_bookmark:
                return self._wording.by_bookmark[bookmark]
        lines = block.lines if block.row else []
        first_text = next((plain(text_of(line)) for line in lines), "")
        for place in self._wording.by_label.get(first_text, ()):
            if place.repeat:
                return place._replace(row=_UNKNOWN_ROW)
            if place.key not in self._seen:
                return place
        return None

    def _without_form_text(self, lines: Sequence[Line], place: AnswerPlace | None) -> list[Line]:
        """Return the lines written at a place, without what the form itself prints there."""
        if place is None:
            return list(lines)
        texts = {
            label_line(place.field),
            place.field["label"],
            *hint_lines(place.field, self._form),
        }
        form_texts = {plain(text) for text in texts} | self._wording.earlier.get(
            place.field["name"], set()
        )
        lines_left = []
        for line in lines:
            if plain(text_of(line)) in form_texts:
                add_remarks(self.remarks, line, quoted(place.field["label"]), notes=True)
            else:
                lines_left.append(line)
        return lines_left

    def _take_outside(self, block: Block) -> None:
        for line in block.lines:
            words = text_of(line)
            is_form_text = plain(words) in self._wording.wording
            is_note = plain(words) in self._wording.notes or self._is_note(words, block.style)
            self._has_begun |= is_form_text
            if not self._has_begun:
                self._top.append(words)
            elif is_note:
                self._frame += [words] if words.strip() else []
            elif not is_form_text and not self._is_heading(words, block.style):
                self._report_outside([line])
                continue
            add_remarks(self.remarks, line, "", notes=True)

    def _is_note(self, words: str, style: str) -> bool:
        """Return whether the form shows a line for information."""
        if plain(words) == plain(DIFFERS):
            self._in_offers = True
            return True
        is_offer = self._in_offers and bool(_OFFER.fullmatch(words))
        return style == _NOTE or is_offer or line_mark(words) in self._shown

    def _is_heading(self, words: str, style: str) -> bool:
        """Return whether a line is a heading of the form, perhaps of an older version."""
        if read_identity_line(words):
            return True
        is_form_style = (
            style.startswith(("Seminar ", "Heading", "heading")) and style != "Seminar Gap"
        )
        return is_form_style and not self._same_version

    def _report_outside(self, lines: Iterable[Line]) -> None:
        for line in lines:
            words = shown_text(line)
            if words.strip() and plain(words) != plain(PLACEHOLDER):
                self.remarks.add("", OUTSIDE, words)
            add_remarks(self.remarks, line, "", notes=False)

    def _close(self) -> None:
        """Store the answer of the open place and close it."""
        place, lines = self._place, self._lines
        self._place, self._lines = None, []
        if place is None:
            return
        self._seen.add(place.key)
        field, target = place.field, self._target(place)
        label = quoted(field["label"])
        value = answer_from_lines(field, lines, self.remarks)
        if not is_blank(value) and target.setdefault(field["name"], value) != value:
            self.remarks.say(f"{label} is answered twice; the first answer was used")

    def _target(self, place: AnswerPlace) -> dict[str, object]:
        """Return the dict an answer belongs in; a copied block of a repeat is a further row."""
        if not place.repeat:
            return self._answers
        rows = self._answers[place.repeat] = self._repeats.setdefault(place.repeat, [])
        number, names = self._rows.get(place.repeat, (_UNKNOWN_ROW, set()))
        is_new_row = _UNKNOWN_ROW not in (number, place.row) and number != place.row
        if not rows or is_new_row or place.field["name"] in names:
            rows.append({})
            number, names = place.row, set()
        names.add(place.field["name"])
        self._rows[place.repeat] = (max(number, place.row), names)
        return rows[-1]
