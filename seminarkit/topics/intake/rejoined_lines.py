"""Joins again what a mail program broke: the sheet's own sentences, and lines that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seminarkit.topics.intake.mail.line_owners import MailLine

_WRAPPED = range(56, 84)  # how long a line is that a program broke
_MOST_LINES = 4


def plain(text: str) -> str:
    """Return a text for comparing: one blank, small letters, without marks of quoting."""
    return " ".join(text.split()).strip("> *_").casefold()


def whole_lines(lines: Sequence[MailLine], sentences: frozenset[str]) -> list[MailLine]:
    """Return the lines, with each of these ``sentences`` whole, and rests of quoted lines quoted.

    The rest of a broken line often lacks the mark of quoting, and would be taken for an answer.
    """
    return list(_rests_quoted(list(_joined(lines, sentences)), sentences))


def _joined(lines: Sequence[MailLine], sentences: frozenset[str]) -> Iterator[MailLine]:
    at = 0
    while at < len(lines):
        size = _broken_over(lines, at, sentences)
        if size > 1:
            text = " ".join(line.text.strip() for line in lines[at : at + size])
            yield lines[at]._replace(text=text)
        else:
            yield lines[at]
        at += size


def _broken_over(lines: Sequence[MailLine], at: int, sentences: frozenset[str]) -> int:
    """Return over how many lines a sentence of the sheet is broken here; 1 where it is not."""
    if not re.search(r"[^\W_]", lines[at].text) or plain(lines[at].text) in sentences:
        return 1  # a row of signs above a heading is no part of it
    words = lines[at].text
    for size, line in enumerate(lines[at + 1 : at + _MOST_LINES], start=2):
        if not line.text.strip() or line.depth > lines[at].depth:
            return 1
        words += f" {line.text}"
        if plain(words) in sentences:
            return size
    return 1


def _rests_quoted(lines: Sequence[MailLine], sentences: frozenset[str]) -> Iterator[MailLine]:
    for number, line in enumerate(lines):
        if 0 < number < len(lines) - 1 and line.kind == "written" and line.text.strip():
            before, after = lines[number - 1], lines[number + 1]
            rest = before.depth > line.depth and after.depth >= before.depth
            if rest and _is_broken(before) and plain(before.text) not in sentences:
                yield line._replace(depth=before.depth)
                continue
        yield line


def _is_broken(line: MailLine) -> bool:
    return len(line.text) + 2 * line.depth in _WRAPPED
