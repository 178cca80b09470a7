"""Select the lines of a mail that its sender wrote as answers to a note sheet.

People answer above the sheet, below it, between its quoted headings or within the quoted text;
others forward the answers of a colleague. The quoting depth of the lines below headings shows
which lines count. Lines left out are reported; doubtful lines are read without a heading, so that
they are stored with the other text that belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from seminarkit.core.forms.plain_text_form import entry, is_ours
from seminarkit.topics.intake.mail.line_owners import MailLine, mail_lines
from seminarkit.topics.intake.rejoined_lines import plain, whole_lines

# Returns the name of the question whose heading a line is, and the text after it; or two ''.
HeadingOf = Callable[[str], tuple[str, str]]
_EMPTY_BOX = re.compile(r"\s*[-*•]?\s*\[\s*\].*")
_TICKED_BOX = re.compile(r"\s*[-*•]?\s*\[\s*[^\s\]]\s*\].*")


@dataclass
class OwnLines:
    """The lines of a mail that were read as answers, and those that were not.

    ``lines`` are the answers; the flag says whether a line belongs to the heading above it.
    ``above`` are the lines before the first heading, ``signed`` those of a signature, ``quoted``
    those of a quoted mail. ``left_out`` are the lines not read, with the number of lines read
    before each; ``not_read`` counts the lines below a heading that are not among ``lines``.
    ``forwarded`` means that the answers are in a mail that this one quotes.
    """

    lines: list[tuple[str, bool]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    left_out: list[tuple[str, int]] = field(default_factory=list)
    not_read: int = 0
    forwarded: bool = False


def own_words(raw: Sequence[str], heading_of: HeadingOf, sentences: frozenset[str]) -> OwnLines:
    """Return the answers in a mail; ``sentences`` are the sheet's own, normalised by plain()."""
    lines = mail_lines(raw, lambda line: bool(heading_of(line)[0]))
    sheet = _Sheet(whole_lines(lines, sentences), heading_of, sentences)
    return _AnswerReader(sheet, *_answer_depth(sheet)).own


class _Sheet:
    """The lines of a mail, which of them are headings and which have content."""

    def __init__(
        self, lines: list[MailLine], heading_of: HeadingOf, sentences: frozenset[str]
    ) -> None:
        self.lines, self._sentences = lines, sentences
        headings = [heading_of(line.text) if line.kind == "written" else ("", "") for line in lines]
        self.headings = [name for name, _ in headings]
        self.has_content = [
            line.kind == "written"
            and not self.is_own(text_after if name else line.text)
            and not _EMPTY_BOX.fullmatch(line.text)
            and bool(entry(text_after if name else line.text)[1].strip(" .…_-–*"))
            for line, (name, text_after) in zip(lines, headings, strict=True)
        ]
        self.below = list(self._has_heading_above())  # content below a heading of the same depth

    def is_own(self, text: str) -> bool:
        """Return whether a line belongs to the blank sheet."""
        return plain(text) in self._sentences or is_ours(text) or is_first_line(text)

    def _has_heading_above(self) -> Iterator[bool]:
        depths: set[int] = set()
        for line, heading, says in zip(self.lines, self.headings, self.has_content, strict=True):
            if heading:
                depths.add(line.depth)
            yield says and line.depth in depths


def _answer_depth(sheet: _Sheet) -> tuple[int, bool]:
    """Return the quoting depth of the answers, and whether their headings are quoted deeper.

    Lines between quoted headings are answers; lines after the last one may be added by a program,
    so they count only with a bullet.
    """
    depths = {line.depth for line, below in zip(sheet.lines, sheet.below, strict=True) if below}
    if 0 in depths:
        return 0, False
    inline_depth, bulleted_depth = _between(sheet)
    if inline_depth is not None and (not depths or inline_depth < min(depths)):
        return inline_depth, True
    if depths:
        return min(depths), False
    return (bulleted_depth, True) if bulleted_depth is not None else (0, False)


def _between(sheet: _Sheet) -> tuple[int | None, int | None]:
    """Return the least depth of lines between deeper headings, and of bulleted lines below one.

    Either is None if there are no such lines.
    """
    last, pending = -1, -1
    between: list[int] = []
    bulleted: list[int] = []
    for line, heading, says in zip(sheet.lines, sheet.headings, sheet.has_content, strict=True):
        if heading:
            if pending >= 0 and line.depth > pending:
                between.append(pending)
            last, pending = line.depth, -1
        elif says and line.depth < last:
            pending = line.depth
            if entry(line.text)[0]:
                bulleted.append(line.depth)
    return min(between, default=None), min(bulleted, default=None)


class _AnswerReader:
    """Read the lines of a sheet in one pass, given the quoting depth of the answers."""

    def __init__(self, sheet: _Sheet, depth: int, between: bool) -> None:
        self.own = OwnLines()
        self._sheet, self._depth, self._inline = sheet, depth, between
        self._placed = False  # whether a line belongs to the heading above it
        self._current = ""
        self._seen: set[str] = set()
        self._first_headings: set[str] | None = None  # once a second sheet began
        self._has_heading = self._has_answers = self._is_after_rule = False
        self._has_content = False  # whether there is content below the last heading
        self._read_count = 0  # how many non-empty lines were read
        self._unread_answers: list[str] = []
        self._first_lines: set[str] = set()
        expected = [
            heading
            for line, heading in zip(sheet.lines, sheet.headings, strict=True)
            if self._is_answer_heading(line)
        ]
        self._headings_ahead = [heading for heading in expected if heading]
        for number, line in enumerate(sheet.lines):
            self._take_line(number, line)
        read = {plain(text) for text, _ in self.own.lines}
        self.own.not_read = len({plain(text) for text in self._unread_answers} - read)

    def _is_answer_heading(self, line: MailLine) -> bool:
        """Return whether a heading in this line is at the depth expected above answers."""
        return line.depth > self._depth if self._inline else line.depth == self._depth

    def _take_line(self, number: int, line: MailLine) -> None:
        heading = self._sheet.headings[number]
        if heading and self._is_answer_heading(line):
            self._take_heading(heading, line.text)
            self._has_content = self._sheet.has_content[number]
            self._has_answers |= self._has_content
        elif line.depth > self._depth:
            self._take_deeper(number, line, heading)
        elif line.kind == "rule":
            self._take_rule()
        elif line.kind != "written":
            self._take_unwritten(line)
        elif line.depth < self._depth:
            self.own.forwarded |= self._sheet.has_content[number]
            self._read(line.text, placed=False)
        else:
            self._take_written(number, line)

    def _take_heading(self, heading: str, text: str) -> None:
        self._headings_ahead.remove(heading)
        if self._first_headings is None and heading in self._seen and heading != self._current:
            self._second_sheet()
        self._has_heading, self._current = True, heading
        self._seen.add(heading)
        self._placed = self._first_headings is None or heading not in self._first_headings
        self._is_after_rule = False
        if self._placed:
            self._append(text, placed=True)

    def _second_sheet(self) -> None:
        """Begin a second copy of the sheet; a first one without answers is dropped."""
        while self.own.lines and self._sheet.is_own(self.own.lines[-1][0]):
            self.own.lines.pop()
        if self._has_answers:
            self._first_headings = set(self._seen)
            self._first_lines = {plain(text) for text, _ in self.own.lines}
        else:
            self._seen.clear()

    def _take_written(self, number: int, line: MailLine) -> None:
        has_content = self._sheet.has_content[number]
        if self._first_headings and not self._placed:
            if has_content and plain(line.text) not in self._first_lines:
                self._append(line.text, placed=False)
            return
        self._has_content |= has_content
        self._has_answers |= has_content and self._has_heading and self._placed
        self._read(line.text, placed=self._placed and self._has_heading)
        if self._is_after_rule:
            self.own.signed.append(line.text)

    def _read(self, text: str, *, placed: bool) -> None:
        if not self._has_heading:
            self.own.above.append(text)
        self._append(text, placed=placed)

    def _append(self, text: str, *, placed: bool) -> None:
        self.own.lines.append((text, placed))
        self._read_count += bool(text.strip())

    def _take_deeper(self, number: int, line: MailLine, heading: str) -> None:
        if self._inline:
            if _TICKED_BOX.fullmatch(line.text) and self._has_heading:
                self._append(line.text, placed=self._placed)
                return
            if not self._has_heading and line.kind != "wrote":
                self.own.above.append(line.text)
        elif heading:
            self._placed = False
        if line.kind == "written":
            self.own.quoted.append(line.text)
        if self._sheet.below[number]:
            self._unread_answers.append(line.text)
        self._leave_out(line.text)

    def _take_unwritten(self, line: MailLine) -> None:
        if line.kind == "signature":
            self._placed = False
            self.own.signed.append(line.text)
        if line.kind in ("header", "wrote"):
            self._placed = False
        if not self._has_heading and line.kind != "wrote":
            self.own.above.append(line.text)
        self._leave_out(line.text)

    def _take_rule(self) -> None:
        """End the notes at a line of dashes below points, if no other heading follows."""
        if self._has_heading and self._has_content and not set(self._headings_ahead) - self._seen:
            self._placed, self._is_after_rule = False, True
            self.own.signed.clear()

    def _leave_out(self, text: str) -> None:
        if re.search(r"\w", text):
            self.own.left_out.append((text.strip(), self._read_count))


def is_first_line(text: str) -> bool:
    """Return whether a line is empty or the first line of a sheet ("group · writer")."""
    return not text.strip() or re.fullmatch(r"[\w-]+ · [\w-]+", text.strip()) is not None
