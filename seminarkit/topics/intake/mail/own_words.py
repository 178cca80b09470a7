"""Chooses, among the lines of a mail, those that answer a sheet: what its writer put there.

People answer above the sheet, below it, between its quoted headings, or in the quoted text itself;
others send on what somebody wrote to them. Whose lines count follows from where they stand below
headings. Nothing is lost silently: what is left out is reported, and what may have been meant has
no heading, so that it goes where words without a place go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from seminarkit.core.forms.plain_text_form import entry, is_ours
from seminarkit.topics.intake.mail.line_owners import MailLine, mail_lines
from seminarkit.topics.intake.rejoined_lines import plain, whole_lines

# The name of the question whose heading a line is, and what else is in the line; or nothing.
HeadingOf = Callable[[str], tuple[str, str]]
_BLANK_TICK = re.compile(r"\s*[-*•]?\s*\[\s*\].*")
_TICKED = re.compile(r"\s*[-*•]?\s*\[\s*[^\s\]]\s*\].*")


@dataclass
class OwnWords:
    """What a text says, and what of it was not read.

    ``lines`` are those that count, each with whether it may be placed below the heading above it;
    ``above`` those before the first heading, ``signed`` those of a signature, ``quoted`` those of
    a mail that is quoted. ``left_out`` are the lines that are not read, each with the number of
    lines that were read before it; ``not_read`` counts those that are below a heading, and not
    among ``lines``. ``forwarded`` where the lines are those of a mail that this one quotes.
    """

    lines: list[tuple[str, bool]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    left_out: list[tuple[str, int]] = field(default_factory=list)
    not_read: int = 0
    forwarded: bool = False


def own_words(raw: Sequence[str], heading_of: HeadingOf, sentences: frozenset[str]) -> OwnWords:
    """Return what the writer of a text put there. ``sentences`` are the sheet's own, as plain()."""
    lines = mail_lines(raw, lambda line: bool(heading_of(line)[0]))
    sheet = _Sheet(whole_lines(lines, sentences), heading_of, sentences)
    return _Reading(sheet, *_voice(sheet)).own


class _Sheet:
    """The lines of a mail, with the heading that each of them is, and whether it says anything."""

    def __init__(
        self, lines: list[MailLine], heading_of: HeadingOf, sentences: frozenset[str]
    ) -> None:
        self.lines, self._sentences = lines, sentences
        known = [heading_of(line.text) if line.kind == "written" else ("", "") for line in lines]
        self.headings = [name for name, _ in known]
        self.says = [
            line.kind == "written"
            and not self.is_own(rest if name else line.text)
            and not _BLANK_TICK.fullmatch(line.text)
            and bool(entry(rest if name else line.text)[1].strip(" .…_-–*"))
            for line, (name, rest) in zip(lines, known, strict=True)
        ]
        self.below = list(self._below())  # a line that says something, below a heading quoted alike

    def is_own(self, text: str) -> bool:
        """Say whether a line is one that the sheet had when it was sent out."""
        return plain(text) in self._sentences or is_ours(text) or is_first_line(text)

    def _below(self) -> Iterator[bool]:
        depths: set[int] = set()
        for line, heading, says in zip(self.lines, self.headings, self.says, strict=True):
            if heading:
                depths.add(line.depth)
            yield says and line.depth in depths


def _voice(sheet: _Sheet) -> tuple[int, bool]:
    """Return how often the lines that count are quoted, and whether their headings are more often.

    Lines between quoted headings are answers; lines behind all of them may be a program's, so that
    only a bullet makes an answer of them.
    """
    own = {line.depth for line, below in zip(sheet.lines, sheet.below, strict=True) if below}
    if 0 in own:
        return 0, False
    between, listed = _between(sheet)
    if between is not None and (not own or between < min(own)):
        return between, True
    if own:
        return min(own), False
    return (listed, True) if listed is not None else (0, False)


def _between(sheet: _Sheet) -> tuple[int | None, int | None]:
    """Return the depth of lines between headings that are quoted more often, and of the last ones.

    The last ones are only told where they have bullets.
    """
    last, waiting = -1, -1
    between: list[int] = []
    listed: list[int] = []
    for line, heading, says in zip(sheet.lines, sheet.headings, sheet.says, strict=True):
        if heading:
            if waiting >= 0 and line.depth > waiting:
                between.append(waiting)
            last, waiting = line.depth, -1
        elif says and line.depth < last:
            waiting = line.depth
            if entry(line.text)[0]:
                listed.append(line.depth)
    return min(between, default=None), min(listed, default=None)


class _Reading:
    """Goes once through the lines of a sheet, when it is known whose count."""

    def __init__(self, sheet: _Sheet, voice: int, between: bool) -> None:
        self.own = OwnWords()
        self._sheet, self._voice, self._inline = sheet, voice, between
        self._placed = False  # whether a line belongs to the heading above it
        self._current = ""
        self._seen: set[str] = set()
        self._again: set[str] | None = None  # headings of the first sheet, where a second one began
        self._begun = self._points = self._apart = False
        self._said = False  # whether anything stands below the last heading
        self._places = 0  # how many lines that say something were read
        self._missed: list[str] = []
        self._known: set[str] = set()
        later = [h for line, h in zip(sheet.lines, sheet.headings, strict=True) if self._asks(line)]
        self._later = [heading for heading in later if heading]
        for number, line in enumerate(sheet.lines):
            self._take(number, line)
        read = {plain(text) for text, _ in self.own.lines}
        self.own.not_read = len({plain(text) for text in self._missed} - read)

    def _asks(self, line: MailLine) -> bool:
        """Say whether a heading in this line is one that lines that count may be below of."""
        return line.depth > self._voice if self._inline else line.depth == self._voice

    def _take(self, number: int, line: MailLine) -> None:
        heading = self._sheet.headings[number]
        if heading and self._asks(line):
            self._heading(heading, line.text)
            self._said = self._sheet.says[number]
            self._points |= self._said
        elif line.depth > self._voice:
            self._deeper(number, line, heading)
        elif line.kind == "rule":
            self._rule()
        elif line.kind != "written":
            self._not_written(line)
        elif line.depth < self._voice:
            self.own.forwarded |= self._sheet.says[number]
            self._keep(line.text, placed=False)
        else:
            self._written(number, line)

    def _heading(self, heading: str, text: str) -> None:
        self._later.remove(heading)
        if self._again is None and heading in self._seen and heading != self._current:
            self._second_sheet()
        self._begun, self._current = True, heading
        self._seen.add(heading)
        self._placed = self._again is None or heading not in self._again
        self._apart = False
        if self._placed:
            self._add(text, placed=True)

    def _second_sheet(self) -> None:
        """Begin a sheet that comes a second time; one that was empty so far does not count."""
        while self.own.lines and self._sheet.is_own(self.own.lines[-1][0]):
            self.own.lines.pop()
        if self._points:
            self._again = set(self._seen)
            self._known = {plain(text) for text, _ in self.own.lines}
        else:
            self._seen.clear()

    def _written(self, number: int, line: MailLine) -> None:
        says = self._sheet.says[number]
        if self._again and not self._placed:
            if says and plain(line.text) not in self._known:
                self._add(line.text, placed=False)
            return
        self._said |= says
        self._points |= says and self._begun and self._placed
        self._keep(line.text, placed=self._placed and self._begun)
        if self._apart:
            self.own.signed.append(line.text)

    def _keep(self, text: str, *, placed: bool) -> None:
        if not self._begun:
            self.own.above.append(text)
        self._add(text, placed=placed)

    def _add(self, text: str, *, placed: bool) -> None:
        self.own.lines.append((text, placed))
        self._places += bool(text.strip())

    def _deeper(self, number: int, line: MailLine, heading: str) -> None:
        if self._inline:
            if _TICKED.fullmatch(line.text) and self._begun:
                self._add(line.text, placed=self._placed)
                return
            if not self._begun and line.kind != "wrote":
                self.own.above.append(line.text)
        elif heading:
            self._placed = False
        if line.kind == "written":
            self.own.quoted.append(line.text)
        if self._sheet.below[number]:
            self._missed.append(line.text)
        self._leave_out(line.text)

    def _not_written(self, line: MailLine) -> None:
        if line.kind == "signature":
            self._placed = False
            self.own.signed.append(line.text)
        if line.kind in ("header", "wrote"):
            self._placed = False
        if not self._begun and line.kind != "wrote":
            self.own.above.append(line.text)
        self._leave_out(line.text)

    def _rule(self) -> None:
        """Take a line of dashes: it ends the notes below points, where no other heading follows."""
        if self._begun and self._said and not set(self._later) - self._seen:
            self._placed, self._apart = False, True
            self.own.signed.clear()

    def _leave_out(self, text: str) -> None:
        if re.search(r"\w", text):
            self.own.left_out.append((text.strip(), self._places))


def is_first_line(text: str) -> bool:
    """Say whether a line is nothing, or the first line of a sheet: its group and its writer."""
    return not text.strip() or re.fullmatch(r"[\w-]+ · [\w-]+", text.strip()) is not None
