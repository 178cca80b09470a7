"""Find the lines at the end of a mail that may be a signature or footer, not points.

Points without bullets look like a signature, so only their shape can tell them apart. Doubtful
lines do not become points; they are kept and reported. A bullet, or country codes after a line,
make it a point.
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
_ADDRESS = re.compile(r"\bwww\.|https?://|@")


class EndingLine(NamedTuple):
    """A line below a heading; ``part`` is the number of blank lines between it and the heading."""

    bullet: bool
    words: str
    part: int = 0


def rows_of_ending(
    rows: Sequence[EndingLine],
    others: Sequence[Sequence[EndingLine]],
    is_point: Callable[[str], bool],
) -> int:
    """Return how many of the last rows below the last heading may be a signature or footer.

    ``others`` are the rows below the other headings. A paragraph of several sentences is a
    paragraph of points. Doubtful are: a single line after a blank line, unless blank lines separate
    the points too; names, positions and addresses; and lines without a full stop where all other
    points end with one.
    """
    if not rows or any(row.bullet for row in rows):
        return 0
    parts = [list(group) for _, group in groupby(rows, lambda row: row.part)]
    other_parts = [list(part) for part in others if part]
    doubtful = 0
    while parts and _is_doubtful(parts[-1], parts[:-1], other_parts, is_point):
        doubtful += len(parts.pop())
    if parts and not doubtful:
        doubtful = _signature_size(parts, other_parts, is_point)
    return doubtful


def _is_doubtful(
    part: list[EndingLine],
    earlier: list[list[EndingLine]],
    others: list[list[EndingLine]],
    is_point: Callable[[str], bool],
) -> bool:
    if not part[0].part or any(is_point(row.words) for row in part):
        return False
    unsigned = [paragraph for paragraph in earlier if not _is_signature(paragraph)]
    points = [row for rows in (*unsigned, *others) for row in rows]
    if not points:
        return False
    if _differs_in_shape(part, points):
        return True
    if len(part) > 1:
        return False
    if not earlier:  # the only paragraph below this heading
        return all(rows[0].bullet or not rows[0].part for rows in others)
    spaced = len(unsigned) > 1 or any(_is_spaced(rows) for rows in others)
    return not spaced or not _scripts(part) & _scripts(points)


def _differs_in_shape(part: list[EndingLine], points: list[EndingLine]) -> bool:
    """Return whether a paragraph has the shape of a signature and the points have not."""
    if _is_signature(part) and not all(_is_name(row.words) for row in points):
        return True
    ends = [bool(_END.search(row.words)) for row in points]
    return len(ends) > 1 and all(ends) and not any(_END.search(row.words) for row in part)


def _is_spaced(rows: list[EndingLine]) -> bool:
    """Return whether blank lines separate the points without bullets."""
    plain = {row.part for row in rows if not row.bullet}
    return len(plain) > 1


def _signature_size(
    parts: list[list[EndingLine]], others: list[list[EndingLine]], is_point: Callable[[str], bool]
) -> int:
    """Return how many lines at the end of the last paragraph are a signature."""
    last = parts[-1]
    size = 0
    while size < len(last) - 1 and not is_point(words := last[-1 - size].words):
        if _END.search(words) or not (_is_name(words) or _has_contact(words)):
            break
        size += 1
    points = [row for rows in (*parts[:-1], last[: len(last) - size], *others) for row in rows]
    all_end = len(points) > 1 and all(_END.search(row.words) for row in points)
    return size if all_end else 0


def _is_signature(part: Sequence[EndingLine]) -> bool:
    words = [row.words for row in part]
    if any(map(_has_contact, words)):
        return True
    sentences = sum(bool(_END.search(line)) and not _is_name(line) for line in words)
    if any(len(line.split()) > _LONGEST_SIGNED for line in words) or 2 * sentences > len(words):
        return False
    return any(_is_name(line) or _closes(line) for line in words)


def _is_name(words: str) -> bool:
    """Return whether words look like a name or position: few, and mostly capitalised.

    Letters of scripts without capitals, such as Hebrew, count as capitals.
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
    """Return whether words may be a closing formula: few, and ending with a comma."""
    return words.rstrip().endswith((",", "،", "，", "՝")) and len(words.split()) <= _LONGEST_CLOSING


def _has_contact(words: str) -> bool:
    return bool(_ADDRESS.search(words) or contact_in(words))


def _scripts(rows: Sequence[EndingLine]) -> set[str]:
    letters = {letter for row in rows for letter in row.words[:_MOST_LETTERS] if letter.isalpha()}
    return {unicodedata.name(letter, "").split(" ")[0] for letter in letters}
