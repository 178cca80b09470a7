"""Rejoin lines that a mail program wrapped: sentences of the sheet and quoted lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seminarkit.topics.intake.mail.line_owners import MailLine

_WRAPPED = range(56, 84)  # lengths of lines wrapped by mail programs
_MAX_LINES = 4


def plain(text: str) -> str:
    """Return a text normalised for comparison: spaces, case and quote marks."""
    return " ".join(text.split()).strip("> *_").casefold()


def whole_lines(lines: Sequence[MailLine], sentences: frozenset[str]) -> list[MailLine]:
    """Return the lines, with each wrapped sentence joined and wrapped quotes marked as quoted.

    The second half of a wrapped quote often has no quote mark, and would be read as an answer.
    """
    return list(_with_quoted_rests(list(_joined(lines, sentences)), sentences))


def _joined(lines: Sequence[MailLine], sentences: frozenset[str]) -> Iterator[MailLine]:
    index = 0
    while index < len(lines):
        size = _line_count(lines, index, sentences)
        if size > 1:
            text = " ".join(line.text.strip() for line in lines[index : index + size])
            yield lines[index]._replace(text=text)
        else:
            yield lines[index]
        index += size


def _line_count(lines: Sequence[MailLine], index: int, sentences: frozenset[str]) -> int:
    """Return over how many lines a sentence of the sheet is wrapped here; 1 if it is not."""
    if not re.search(r"[^\W_]", lines[index].text) or plain(lines[index].text) in sentences:
        return 1  # a line of symbols above a heading is not part of it
    text = lines[index].text
    for size, line in enumerate(lines[index + 1 : index + _MAX_LINES], start=2):
        if not line.text.strip() or line.depth > lines[index].depth:
            return 1
        text += f" {line.text}"
        if plain(text) in sentences:
            return size
    return 1


def _with_quoted_rests(lines: Sequence[MailLine], sentences: frozenset[str]) -> Iterator[MailLine]:
    for number, line in enumerate(lines):
        if 0 < number < len(lines) - 1 and line.kind == "written" and line.text.strip():
            previous, following = lines[number - 1], lines[number + 1]
            is_rest = previous.depth > line.depth and following.depth >= previous.depth
            if is_rest and _is_wrapped(previous) and plain(previous.text) not in sentences:
                yield line._replace(depth=previous.depth)
                continue
        yield line


def _is_wrapped(line: MailLine) -> bool:
    return len(line.text) + 2 * line.depth in _WRAPPED
