"""Classify each line of a mail: written by the sender, quoted, or added by a program.

A line that no rule matches counts as written by the sender. Lines below a closing formula are a
signature until a heading or a quoted mail begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from seminarkit.topics.intake.mail.farewells import LONGEST_SIGNED, is_card, is_closing
from seminarkit.topics.intake.mail.letter_words import GREETINGS
from seminarkit.topics.intake.mail.program_words import NOTICES, PROGRAM_LINES, SENDERS, SENT
from seminarkit.topics.intake.mail.quote_marks import normalised, opening_at

Kind = Literal["written", "greeting", "signature", "program", "header", "wrote", "rule"]
_MARKS = re.compile(r"\s{0,3}(?:>\s?)+")
_LONGEST = 300
_MOST_GREETING_WORDS = 8
_FULL_LINE = 60  # mail programs wrap lines somewhere above this length
_RULE = re.compile(r"\s*(?:(?:[_=*~#+—–-]\s?){5,}|[—–]{3,})\s*")
_DELIMITER = re.compile(r"\s*(?:--|—|__)\s*")
_BULLET = re.compile(r"\s*(?:[-–—•·▪●○◦‣*]|\d{1,2}[.)]|\[.?\])\s+(?P<words>\S.*)")
_GREETS = re.compile(rf"(?:{GREETINGS})(?!\w)")
_SENT = re.compile(rf"\W*(?:{SENT})(?!\w)|.*(?<!\w)(?:{SENT})\W*$")
_SENDERS = re.compile(SENDERS)
_PROGRAM = re.compile(PROGRAM_LINES)
_NOTICE = re.compile(NOTICES)
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and zero-width characters


class MailLine(NamedTuple):
    """A line without its quote marks; ``depth`` is its quoting depth."""

    kind: Kind
    text: str
    depth: int


def cleaned(line: str) -> str:
    """Return a line without invisible characters, and with plain spaces."""
    return re.sub(r"[\u00a0\u2007\u202f]", " ", _INVISIBLE.sub("", line)).rstrip()


def mail_lines(
    lines: Sequence[str], is_heading: Callable[[str], bool] = lambda _: False
) -> list[MailLine]:
    """Return each line of a mail with its kind; ``is_heading`` recognises the form's headings.

    A mail in which every line is quoted equally counts as not quoted.
    """
    split = [_split(cleaned(line)) for line in lines]
    common = min((depth for depth, text in split if depth or text.strip()), default=0)
    depths = [max(depth - common, 0) for depth, _ in split]
    texts = [text for _, text in split]
    return _with_cards(_classified(texts, depths, is_heading), is_heading)


def _classified(
    texts: list[str], depths: list[int], is_heading: Callable[[str], bool]
) -> list[MailLine]:
    result: list[MailLine] = []
    unmarked: list[int] = []  # depths at which a mail is quoted without quote marks
    tracker = _SectionTracker(is_heading)
    at = 0
    while at < len(texts):
        depth = depths[at]
        unmarked = [unmarked_depth for unmarked_depth in unmarked if unmarked_depth <= depth]
        level = depth + len(unmarked)
        count = _run_length(depths, at)
        opening = opening_at(texts[at : at + count], 0, is_heading)
        if opening:
            result += [
                MailLine(opening.kind, text, level) for text in texts[at : at + opening.lines]
            ]
            at += opening.lines
            if not _goes_deeper(texts, depths, at, depth):
                unmarked.append(depth)
            continue
        result.append(MailLine(tracker.kind_of(texts[at], level), texts[at], level))
        at += 1
    return result


def _with_cards(lines: list[MailLine], is_heading: Callable[[str], bool]) -> list[MailLine]:
    """Return the lines with a business card in a last paragraph marked as a signature."""
    marked = list(lines)
    end = len(marked)
    while end:
        begin = end - 1
        depth = marked[begin].depth
        while begin and marked[begin - 1].depth == depth:
            begin -= 1
        span = range(*_last_paragraph(marked, begin, end))
        above = [line.text for line in marked[begin : span.start] if line.text.strip()]
        card = is_card([marked[at].text for at in span])
        if card and above and not is_heading(above[-1]):
            for at in span:
                marked[at] = marked[at]._replace(kind="signature")
        end = begin
    return marked


def _last_paragraph(lines: Sequence[MailLine], begin: int, end: int) -> tuple[int, int]:
    """Return the bounds of the last paragraph that was written, within one quoting depth.

    Lines that a program added below it are skipped.
    """
    while end > begin and (lines[end - 1].kind != "written" or not lines[end - 1].text.strip()):
        end -= 1
    first = end
    while first > begin and lines[first - 1].kind == "written" and lines[first - 1].text.strip():
        first -= 1
    return first, end


def _run_length(depths: Sequence[int], at: int) -> int:
    """Return how many lines from here have the same quoting depth, at most 40."""
    size = 1
    while at + size < len(depths) and depths[at + size] == depths[at] and size < 40:
        size += 1
    return size


def _goes_deeper(texts: Sequence[str], depths: Sequence[int], at: int, depth: int) -> bool:
    """Return whether the next non-empty line has a greater quoting depth."""
    while at < len(texts) and depths[at] == depth and not texts[at].strip():
        at += 1
    return at < len(texts) and depths[at] > depth


def _split(line: str) -> tuple[int, str]:
    """Return the quoting depth of a line, and the line without its quote marks."""
    marks = _MARKS.match(line)
    return (marks[0].count(">"), line[marks.end() :]) if marks else (0, line)


class _SectionTracker:
    """Track whether a signature or notice has begun at the current quoting depth."""

    def __init__(self, is_heading: Callable[[str], bool]) -> None:
        self._is_heading = is_heading
        self._level = -1
        self._section: Literal["", "signature", "program"] = ""
        self._may_greet = True
        self._previous = ""
        self._has_delimiter = False  # whether the signature began with its delimiter

    def kind_of(self, line: str, level: int) -> Kind:
        if level != self._level:
            self._level, self._section, self._may_greet, self._previous = level, "", True, ""
        previous, self._previous = self._previous, line
        if not line.strip():
            return "written"
        if self._is_heading(line):
            self._section, self._may_greet = "", False
            return "written"
        words = normalised(line[:_LONGEST])
        if not self._section and _RULE.fullmatch(line):
            return "rule"
        bullet = _BULLET.match(line)
        if bullet and self._section != "program":
            few = len(bullet["words"].split()) < 3
            return "signature" if self._section and few else "written"
        if self._section:
            return self._kind_within_section(line, words)
        if _continues(previous, line):
            return "written"
        return self._kind_of_first(line, words)

    def _kind_within_section(self, line: str, words: str) -> Kind:
        if self._section == "program":
            return "program"
        if _PROGRAM.search(words) or _is_sent_from(words):
            return "program"
        if _NOTICE.search(words):
            self._section = "program"
            return "program"
        long = len(line.split()) > LONGEST_SIGNED and not self._has_delimiter
        return "written" if long else "signature"

    def _kind_of_first(self, line: str, words: str) -> Kind:
        if _DELIMITER.fullmatch(line):
            self._section, self._has_delimiter = "signature", True
            return "signature"
        if is_closing(line):
            self._section, self._has_delimiter = "signature", False
            return "signature"
        if _is_sent_from(words):
            self._section = "signature"
            return "program"
        if _NOTICE.search(words):
            self._section = "program"
            return "program"
        if _PROGRAM.search(words):
            return "program"
        if self._may_greet and _is_greeting(words):
            return "greeting"
        return "written"


def _continues(previous: str, line: str) -> bool:
    """Return whether a line continues the wrapped line above it.

    A closing formula of several words with a comma does not, even in lower case.
    """
    words = line.split()
    if not words[0][0].islower() or (len(words) > 1 and words[-1].endswith(",")):
        return False
    return bool(previous.strip()) and len(previous.strip()) + 1 + len(words[0]) > _FULL_LINE


def _is_greeting(words: str) -> bool:
    short = len(words.split()) <= _MOST_GREETING_WORDS
    return short and bool(_GREETS.match(words)) and (words[-1] in ",!:.،" or len(words.split()) < 4)


def _is_sent_from(words: str) -> bool:
    """Return whether a line is a mail app's "Sent from my …"; sentences of people are longer."""
    short = len(words.split()) <= 12
    return short and bool(_SENT.match(words)) and bool(_SENDERS.search(words))
