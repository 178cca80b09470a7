"""Signs that only look like YAML's own: what editors, Word and web pages put in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta, timezone

Problem = tuple[int, str]

# blanks of other widths, and signs without any, in front of the first word of a line
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
    """Yield each line with something that looks like a day or a moment, and is none."""
    some = False
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _DAY.finditer(line):
            try:
                year, month, day = (int(part) for part in match.groups()[:3])
                date(year, month, day)
                hour, minute, second = (int(part or 0) for part in match.groups()[3:6])
                time(hour, minute, second)
                timezone(timedelta(hours=int(match["zone"] or 0)))
            except ValueError:
                some = True
                yield number, f"'{match[0].strip()}' is not a valid date or time."
    if not some:
        yield 1, "a date or a time in this file is not valid."


def odd_indents(text: str) -> list[Problem]:
    """Return each line that is indented by a sign that only looks like a space."""
    found: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _INDENT.match(line):
            sign = match[0][-1]
            name = _NAMES.get(sign, f"the invisible sign U+{ord(sign):04X}")
            found.append(
                (
                    number,
                    f"the line begins with {name}, as text copied from a web page or from Word "
                    "does; delete everything before the first word, and type spaces.",
                )
            )
    return found


def with_hints(problems: Iterable[Problem], text: str) -> list[Problem]:
    """Return what is wrong with a file, with what its lines only look right for.

    What YAML says of a line beside an odd indent comes from the indent, and is left out.
    """
    odd = odd_indents(text)
    beside = {line + step for line, _ in odd for step in (-1, 0, 1)}
    lines = text.split("\n")
    return [
        *odd,
        *(
            (line, f"{said} {_STRAIGHT}" if _CURLY.search(lines[line - 1]) else said)
            for line, said in problems
            if line not in beside
        ),
    ]
