"""Finds, below the last points of a mail, the lines that may be its ending: a name, a footer.

Points without bullets look as a signature does, so that shape alone tells them apart. What is in
doubt becomes no point; it is kept, and told. A bullet, or codes behind a line, make a point of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from seminarkit.topics.intake.contact_details import contact_in

_LONGEST_SIGNED = 8  # words in a line of a signature
_LONGEST_CLOSING = 5
_MOST_LETTERS = 200
_END = re.compile(r"[.!?…։؟۔。！？][\"'”»«“’)\]]*\s*$")
_PAGE = re.compile(r"\bwww\.|https?://|@")


class Row(NamedTuple):
    """An entry below a heading; ``part`` counts the blank lines between it and the heading."""

    bullet: bool
    words: str
    part: int = 0


def rows_of_ending(
    rows: Sequence[Row], others: Sequence[Sequence[Row]], is_point: Callable[[str], bool]
) -> int:
    """Return how many of the last rows below the last heading may be the ending of the mail.

    ``others`` are the rows below the other headings. A paragraph of several lines that are
    sentences is one of points. One line behind a blank line is in doubt, as long as blank lines do
    not stand between the points as well; so are names, posts and addresses, and what has no end of
    a sentence where all other points have one.
    """
    if not rows or any(row.bullet for row in rows):
        return 0
    parts = [list(group) for _, group in groupby(rows, lambda row: row.part)]
    rest = [list(part) for part in others if part]
    doubtful = 0
    while parts and _in_doubt(parts[-1], parts[:-1], rest, is_point):
        doubtful += len(parts.pop())
    if parts and not doubtful:
        doubtful = _signed_below(parts, rest, is_point)
    return doubtful


def _in_doubt(
    part: list[Row],
    before: list[list[Row]],
    others: list[list[Row]],
    is_point: Callable[[str], bool],
) -> bool:
    if not part[0].part or any(is_point(row.words) for row in part):
        return False
    above = [paragraph for paragraph in before if not _is_signed(paragraph)]
    points = [row for rows in (*above, *others) for row in rows]
    if not points:
        return False
    if _unlike(part, points):
        return True
    if len(part) > 1:
        return False
    if not before:  # all that stands below this heading
        return all(rows[0].bullet or not rows[0].part for rows in others)
    spaced = len(above) > 1 or any(_is_spaced(rows) for rows in others)
    return not spaced or not _scripts(part) & _scripts(points)


def _unlike(part: list[Row], points: list[Row]) -> bool:
    """Say whether a paragraph is shaped as a signature is, and the points are not."""
    if _is_signed(part) and not all(_is_name(row.words) for row in points):
        return True
    ends = [bool(_END.search(row.words)) for row in points]
    return len(ends) > 1 and all(ends) and not any(_END.search(row.words) for row in part)


def _is_spaced(rows: list[Row]) -> bool:
    """Say whether blank lines stand between points that have no bullets."""
    plain = {row.part for row in rows if not row.bullet}
    return len(plain) > 1


def _signed_below(
    parts: list[list[Row]], others: list[list[Row]], is_point: Callable[[str], bool]
) -> int:
    """Return how many last lines of the last paragraph are a signature with no blank line above."""
    last = parts[-1]
    size = 0
    while size < len(last) - 1 and not is_point(words := last[-1 - size].words):
        if _END.search(words) or not (_is_name(words) or _has_contact(words)):
            break
        size += 1
    points = [row for rows in (*parts[:-1], last[: len(last) - size], *others) for row in rows]
    ended = len(points) > 1 and all(_END.search(row.words) for row in points)
    return size if ended else 0


def _is_signed(part: Sequence[Row]) -> bool:
    words = [row.words for row in part]
    if any(map(_has_contact, words)):
        return True
    sentences = sum(bool(_END.search(line)) and not _is_name(line) for line in words)
    if any(len(line.split()) > _LONGEST_SIGNED for line in words) or 2 * sentences > len(words):
        return False
    return any(_is_name(line) or _closes(line) for line in words)


def _is_name(words: str) -> bool:
    """Say whether words are as a name or a post is: few, the first and the most with capitals.

    Letters that have no capitals, such as Hebrew ones, count as those with them.
    """
    parts = re.findall(r"[^\W\d_][^\s]*", words)
    if not parts or len(words.split()) > _LONGEST_SIGNED or parts[0][0].islower():
        return False
    capitals = sum(not part[0].islower() for part in parts)
    if _END.search(words):
        return (
            len(parts) > 1 and capitals == len(parts) and any(part[0].isupper() for part in parts)
        )
    return 3 * capitals >= 2 * len(parts)


def _closes(words: str) -> bool:
    """Say whether words may be a farewell: few, and with a comma behind them."""
    return words.rstrip().endswith((",", "،", "，", "՝")) and len(words.split()) <= _LONGEST_CLOSING


def _has_contact(words: str) -> bool:
    return bool(_PAGE.search(words) or contact_in(words))


def _scripts(rows: Sequence[Row]) -> set[str]:
    letters = {sign for row in rows for sign in row.words[:_MOST_LETTERS] if sign.isalpha()}
    return {unicodedata.name(sign, "").split(" ")[0] for sign in letters}
