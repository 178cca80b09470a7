"""Finds the answers among the rows and paragraphs of a Word form, and tells what it cannot place.

Works row by row, as people take tables apart and Word joins them: a row with our label or bookmark
opens a place, a row with our control is one, and what follows belongs to the place last opened.
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
    Place,
    hint_lines,
    label_line,
    line_mark,
    plain,
    read_identity_line,
    top_mark,
)
from seminarkit.topics.intake.word.answers_of_lines import answer, report
from seminarkit.topics.intake.word.form_wording import own_words
from seminarkit.topics.intake.word.remarks import OUTSIDE, Remarks, quoted
from seminarkit.topics.intake.word.text_pieces import Block, Line, shown_text, text_of

_OLD_TAG = re.compile(r"(?:([a-z][a-z0-9_]*)\.(\d{1,2})\.)?([a-z][a-z0-9_]*)", re.ASCII)
_UNKNOWN_ROW = -1
_NOTE = "Seminar Note"
_OTHERS_TAG = "goog_rdk"  # Google Docs wraps words in controls of its own
_OFFER = re.compile(r".{1,80} wrote: .*", re.DOTALL)


class Places:
    """Takes the blocks of a document one by one; ``result`` gives answers and remarks.

    ``shown`` are the marks (``line_mark``) of lines that forms of this seminar show.
    """

    def __init__(
        self, form: CompiledForm, *, same_version: bool, shown: Iterable[str] = ()
    ) -> None:
        self._same_version, self._shown = same_version, frozenset(shown)
        self._form, self._own = form, own_words(form)
        self._answers: dict[str, object] = {}
        self._repeats: dict[str, list[dict[str, object]]] = {}
        self._rows: dict[str, tuple[int, set[str]]] = {}
        self._seen: set[str] = set()
        self.remarks = Remarks()
        self._top: list[str] = []
        self._frame: list[str] = []
        self._offers = False
        self._begun = False
        self._open: Place | None = None
        self._lines: list[Line] = []

    def read(self, block: Block) -> None:
        """Take the next row or paragraph."""
        tagged = {place.key: place for tag in block.tags if (place := self._tagged(tag))}
        labelled = self._labelled(block)
        if len(tagged) > 1:
            self._close()
            names = ", ".join(quoted(place.field["label"]) for place in tagged.values())
            self.remarks.say(f"The places of {names} became one and were not read")
        elif tagged:
            (place,) = tagged.values()
            if not self._open or self._open.key != place.key or labelled:
                self._close()
                self._open = place
            self._take(block, labelled)
        elif labelled:
            self._close()
            self._open = labelled
            self._outside(self._not_ours(block.lines, labelled))
        elif self._open and block.row:
            self._take(block, None)
        else:
            self._close()
            self._between(block)
        if tagged or labelled:
            self._begun, self._offers = True, False
        self._begun |= BEGIN in block.bookmarks

    def result(self, custom: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
        """Return the answers and the remarks.

        ``custom`` are the document's properties, with sums over what it showed when it was made.
        """
        self._close()
        for rows in self._repeats.values():
            while rows and is_blank(rows[-1]):
                rows.pop()
        if custom.get(TOP_PROPERTY, top_mark(self._top)) != top_mark(self._top):
            self.remarks.say("Something was written above the questions, outside of any place")
        if custom.get(FRAME_PROPERTY, top_mark(self._frame)) != top_mark(self._frame):
            self.remarks.say(
                "Something was changed in the lines that the form shows for information, outside "
                "of any place"
            )
        answers = {name: value for name, value in self._answers.items() if not is_blank(value)}
        return answers, self.remarks.sentences()

    def _take(self, block: Block, labelled: Place | None) -> None:
        """Add the lines of a row to the place that is open."""
        choices = self._open is not None and kind_of(self._open.field).choices
        lines = block.lines if choices or labelled else block.row_lines
        self._lines += self._not_ours(lines, labelled)

    def _tagged(self, tag: str) -> Place | None:
        if tag.startswith(_OTHERS_TAG):
            return None
        place = self._own.by_tag.get(tag) or self._own.by_tag.get(tag.partition("=")[0])
        if place or self._same_version:
            return place._replace(choice="") if place else None
        # a question that the form no longer asks: its answer is kept under its old name
        old = _OLD_TAG.fullmatch(tag)
        if not old:
            return None
        repeat, row, name = old.groups(default="")
        return Place({"type": "text", "name": name, "label": name}, repeat, int(row or 0))

    def _labelled(self, block: Block) -> Place | None:
        for bookmark in block.bookmarks:
            if bookmark in self._own.by_bookmark:
                return self._own.by_bookmark[bookmark]
        lines = block.lines if block.row else []
        first = next((plain(text_of(line)) for line in lines), "")
        for place in self._own.by_label.get(first, ()):
            if place.repeat:
                return place._replace(row=_UNKNOWN_ROW)
            if place.key not in self._seen:
                return place
        return None

    def _not_ours(self, lines: Sequence[Line], place: Place | None) -> list[Line]:
        """Return the lines without those that the form itself wrote into the label of a place."""
        if place is None:
            return list(lines)
        own = {label_line(place.field), place.field["label"], *hint_lines(place.field, self._form)}
        ours = {plain(text) for text in own} | self._own.earlier.get(place.field["name"], set())
        rest = []
        for line in lines:
            if plain(text_of(line)) in ours:
                report(self.remarks, line, quoted(place.field["label"]), notes=True)
            else:
                rest.append(line)
        return rest

    def _between(self, block: Block) -> None:
        for line in block.lines:
            words = text_of(line)
            known = plain(words) in self._own.wording
            note = plain(words) in self._own.notes or self._is_note(words, block.style)
            self._begun |= known
            if not self._begun:
                self._top.append(words)
            elif note:
                self._frame += [words] if words.strip() else []
            elif not known and not self._is_heading(words, block.style):
                self._outside([line])
                continue
            report(self.remarks, line, "", notes=True)

    def _is_note(self, words: str, style: str) -> bool:
        """Say whether a line is one that the form shows for information."""
        if plain(words) == plain(DIFFERS):
            self._offers = True
            return True
        offered = self._offers and bool(_OFFER.fullmatch(words))
        return style == _NOTE or offered or line_mark(words) in self._shown

    def _is_heading(self, words: str, style: str) -> bool:
        """Say whether a line is the form's own, as an older version of it had it."""
        if read_identity_line(words):
            return True
        ours = style.startswith(("Seminar ", "Heading", "heading")) and style != "Seminar Gap"
        return ours and not self._same_version

    def _outside(self, lines: Iterable[Line]) -> None:
        for line in lines:
            words = shown_text(line)
            if words.strip() and plain(words) != plain(PLACEHOLDER):
                self.remarks.add("", OUTSIDE, words)
            report(self.remarks, line, "", notes=False)

    def _close(self) -> None:
        """Take the answer of the place that is open."""
        place, lines = self._open, self._lines
        self._open, self._lines = None, []
        if place is None:
            return
        self._seen.add(place.key)
        field, target = place.field, self._target(place)
        label = quoted(field["label"])
        value = answer(field, lines, self.remarks)
        if not is_blank(value) and target.setdefault(field["name"], value) != value:
            self.remarks.say(f"{label} is answered twice; the first answer was taken")

    def _target(self, place: Place) -> dict[str, object]:
        """Return where an answer belongs. A block that was copied is a further row."""
        if not place.repeat:
            return self._answers
        rows = self._answers[place.repeat] = self._repeats.setdefault(place.repeat, [])
        number, names = self._rows.get(place.repeat, (_UNKNOWN_ROW, set()))
        other = _UNKNOWN_ROW not in (number, place.row) and number != place.row
        if not rows or other or place.field["name"] in names:
            rows.append({})
            number, names = place.row, set()
        names.add(place.field["name"])
        self._rows[place.repeat] = (max(number, place.row), names)
        return rows[-1]
