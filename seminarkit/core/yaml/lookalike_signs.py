"""Hints on characters that only look like YAML syntax, such as curly quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta, timezone

Problem = tuple[int, str]

# other spaces and zero-width characters before the first word of a line
_INDENT = re.compile(r"[ \t]*[^\S \t\r\n]|[ \t]*[\u200b-\u200f\u2060\ufeff]")
_CURLY = re.compile(r"(?:^|[:\-,\[{])\s*[“”„‟«»‘’‚‹›]")
_NAMES = {"\u00a0": "a no-break space", "\u3000": "a wide space of East Asian text"}
_DAY = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2}):(\d{2})(?:\.\d*)?"
    r"(?:[ \t]*(?P<zone>[-+]\d{1,2})(?::?\d{2})?)?)?"
)
_STRAIGHT = 'Its quotation marks are curly (“ ”) and are read as letters; type straight ones (").'


def days_that_are_none(text: str) -> Iterator[Problem]:
    """Yield a problem for each line with an impossible date or time, such as 31 April."""
    has_problem = False
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _DAY.finditer(line):
            try:
                year, month, day = (int(part) for part in match.groups()[:3])
                date(year, month, day)
                hour, minute, second = (int(part or 0) for part in match.groups()[3:6])
                time(hour, minute, second)
                timezone(timedelta(hours=int(match["zone"] or 0)))
            except ValueError:
                has_problem = True
                yield number, f"'{match[0].strip()}' is not a valid date or time."
    if not has_problem:
        yield 1, "a date or a time in this file is not valid."


def odd_indents(text: str) -> list[Problem]:
    """Return a problem for each line that is indented with unusual white space."""
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _INDENT.match(line):
            sign = match[0][-1]
            name = _NAMES.get(sign, f"the invisible sign U+{ord(sign):04X}")
            problems.append(
                (
                    number,
                    f"the line begins with {name}, probably copied from a web page or from Word. "
                    "Delete everything before the first word, and type spaces.",
                )
            )
    return problems


def with_hints(problems: Iterable[Problem], text: str) -> list[Problem]:
    """Return problems with hints on curly quotation marks and unusual indents.

    Problems next to an unusual indent are left out, because the indent causes them.
    """
    indents = odd_indents(text)
    affected = {line + step for line, _ in indents for step in (-1, 0, 1)}
    lines = text.split("\n")
    return [
        *indents,
        *(
            (line, f"{message} {_STRAIGHT}" if _CURLY.search(lines[line - 1]) else message)
            for line, message in problems
            if line not in affected
        ),
    ]
