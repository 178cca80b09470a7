"""Tells for each line of a mail whose it is: its writer's, another's that is quoted, a program's.

A line that no rule knows is its writer's. What stands below a farewell is a signature until a
heading, or another mail, begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from seminarkit.topics.intake.mail.farewells import LONGEST_SIGNED, is_card, is_closing
from seminarkit.topics.intake.mail.letter_words import GREETINGS
from seminarkit.topics.intake.mail.program_words import NOTICES, PROGRAM_LINES, SENDERS, SENT
from seminarkit.topics.intake.mail.quote_marks import bare, opening_at

Kind = Literal["written", "greeting", "signature", "program", "header", "wrote", "rule"]
_MARKS = re.compile(r"\s{0,3}(?:>\s?)+")
_LONGEST = 300
_LONGEST_GREETING = 8
_FULL_LINE = 60  # mail programs break a line somewhere above
_RULE = re.compile(r"\s*(?:(?:[_=*~#+—–-]\s?){5,}|[—–]{3,})\s*")
_DELIMITER = re.compile(r"\s*(?:--|—|__)\s*")
_BULLET = re.compile(r"\s*(?:[-–—•·▪●○◦‣*]|\d{1,2}[.)]|\[.?\])\s+(?P<words>\S.*)")
_GREETS = re.compile(rf"(?:{GREETINGS})(?!\w)")
_SENT = re.compile(rf"\W*(?:{SENT})(?!\w)|.*(?<!\w)(?:{SENT})\W*$")
_SENDERS = re.compile(SENDERS)
_PROGRAM = re.compile(PROGRAM_LINES)
_NOTICE = re.compile(NOTICES)
_NOTHING_SEEN = re.compile(r"[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, and signs without width


class MailLine(NamedTuple):
    """A line without its marks of quoting; ``depth`` is how often it was quoted."""

    kind: Kind
    text: str
    depth: int


def cleaned(line: str) -> str:
    """Return a line without signs that nobody sees, and with a blank for each kind of blank."""
    return re.sub(r"[\u00a0\u2007\u202f]", " ", _NOTHING_SEEN.sub("", line)).rstrip()


def mail_lines(
    lines: Sequence[str], is_heading: Callable[[str], bool] = lambda _: False
) -> list[MailLine]:
    """Return each line of a mail with its kind; ``is_heading`` knows those of what was asked.

    Where all is quoted alike, it counts as not quoted.
    """
    split = [_split(cleaned(line)) for line in lines]
    common = min((depth for depth, text in split if depth or text.strip()), default=0)
    depths = [max(depth - common, 0) for depth, _ in split]
    texts = [text for _, text in split]
    return _with_cards(_typed(texts, depths, is_heading), is_heading)


def _typed(
    texts: list[str], depths: list[int], is_heading: Callable[[str], bool]
) -> list[MailLine]:
    done: list[MailLine] = []
    unmarked: list[int] = []  # depths at which a mail is quoted without marks from here on
    tail = _Tail(is_heading)
    at = 0
    while at < len(texts):
        depth = depths[at]
        unmarked = [each for each in unmarked if each <= depth]
        level = depth + len(unmarked)
        same = _run(depths, at)
        opening = opening_at(texts[at : at + same], 0, is_heading)
        if opening:
            done += [MailLine(opening.kind, text, level) for text in texts[at : at + opening.lines]]
            at += opening.lines
            if not _goes_deeper(texts, depths, at, depth):
                unmarked.append(depth)
            continue
        done.append(MailLine(tail.kind_of(texts[at], level), texts[at], level))
        at += 1
    return done


def _with_cards(lines: list[MailLine], is_heading: Callable[[str], bool]) -> list[MailLine]:
    """Return the lines, with a last paragraph that is a visiting card as a signature."""
    done = list(lines)
    end = len(done)
    while end:
        begin = end - 1
        depth = done[begin].depth
        while begin and done[begin - 1].depth == depth:
            begin -= 1
        span = range(*_last_paragraph(done, begin, end))
        above = [line.text for line in done[begin : span.start] if line.text.strip()]
        card = is_card([done[at].text for at in span])
        if card and above and not is_heading(above[-1]):
            for at in span:
                done[at] = done[at]._replace(kind="signature")
        end = begin
    return done


def _last_paragraph(lines: Sequence[MailLine], begin: int, end: int) -> tuple[int, int]:
    """Return where the last lines that were written begin and end, in a part that is quoted alike.

    What a program put below them is passed over.
    """
    while end > begin and (lines[end - 1].kind != "written" or not lines[end - 1].text.strip()):
        end -= 1
    first = end
    while first > begin and lines[first - 1].kind == "written" and lines[first - 1].text.strip():
        first -= 1
    return first, end


def _run(depths: Sequence[int], at: int) -> int:
    """Return how many lines from here are quoted alike, so far as an opening may reach."""
    size = 1
    while at + size < len(depths) and depths[at + size] == depths[at] and size < 40:
        size += 1
    return size


def _goes_deeper(texts: Sequence[str], depths: Sequence[int], at: int, depth: int) -> bool:
    """Say whether the next line that is not empty is quoted with marks."""
    while at < len(texts) and depths[at] == depth and not texts[at].strip():
        at += 1
    return at < len(texts) and depths[at] > depth


def _split(line: str) -> tuple[int, str]:
    """Return how often a line is quoted, and the line without the marks."""
    marks = _MARKS.match(line)
    return (marks[0].count(">"), line[marks.end() :]) if marks else (0, line)


class _Tail:
    """Knows whether a signature or a notice has begun, at the same depth of quoting."""

    def __init__(self, is_heading: Callable[[str], bool]) -> None:
        self._is_heading = is_heading
        self._level = -1
        self._begun: Literal["", "signature", "program"] = ""
        self._greets = True
        self._above = ""
        self._sure = False  # whether the signature began with its mark

    def kind_of(self, line: str, level: int) -> Kind:
        if level != self._level:
            self._level, self._begun, self._greets, self._above = level, "", True, ""
        above, self._above = self._above, line
        if not line.strip():
            return "written"
        if self._is_heading(line):
            self._begun, self._greets = "", False
            return "written"
        words = bare(line[:_LONGEST])
        if not self._begun and _RULE.fullmatch(line):
            return "rule"
        bullet = _BULLET.match(line)
        if bullet and self._begun != "program":
            few = len(bullet["words"].split()) < 3
            return "signature" if self._begun and few else "written"
        if self._begun:
            return self._within(line, words)
        if _goes_on(above, line):
            return "written"
        return self._first(line, words)

    def _within(self, line: str, words: str) -> Kind:
        if self._begun == "program":
            return "program"
        if _PROGRAM.search(words) or _is_sent_from(words):
            return "program"
        if _NOTICE.search(words):
            self._begun = "program"
            return "program"
        long = len(line.split()) > LONGEST_SIGNED and not self._sure
        return "written" if long else "signature"

    def _first(self, line: str, words: str) -> Kind:
        if _DELIMITER.fullmatch(line):
            self._begun, self._sure = "signature", True
            return "signature"
        if is_closing(line):
            self._begun, self._sure = "signature", False
            return "signature"
        if _is_sent_from(words):
            self._begun = "signature"
            return "program"
        if _NOTICE.search(words):
            self._begun = "program"
            return "program"
        if _PROGRAM.search(words):
            return "program"
        if self._greets and _is_greeting(words):
            return "greeting"
        return "written"


def _goes_on(above: str, line: str) -> bool:
    """Say whether a line is the rest of the one above: its first word did not fit there.

    A farewell of several words with a comma is none, though it begins in small letters.
    """
    words = line.split()
    if not words[0][0].islower() or (len(words) > 1 and words[-1].endswith(",")):
        return False
    return bool(above.strip()) and len(above.strip()) + 1 + len(words[0]) > _FULL_LINE


def _is_greeting(words: str) -> bool:
    short = len(words.split()) <= _LONGEST_GREETING
    return short and bool(_GREETS.match(words)) and (words[-1] in ",!:.،" or len(words.split()) < 4)


def _is_sent_from(words: str) -> bool:
    """Say whether a telephone or its program wrote the line; a sentence of a person is longer."""
    short = len(words.split()) <= 12
    return short and bool(_SENT.match(words)) and bool(_SENDERS.search(words))
