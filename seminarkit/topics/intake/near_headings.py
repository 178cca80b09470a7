"""Lines of notes that look like a heading and are none that is known: told, and kept as points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seminarkit.core.forms.plain_text_form import bare_heading, headings
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.shown_names import shown_name

_MOST_WORDS = 4
_SHORTEST = 4  # letters of a word that says what a heading is on
_BULLET = re.compile(r"\s*(?:[-–—•·▪●○◦‣]|\*(?!\*))")
_SMALL = {"what", "which", "where", "there", "this", "these", "your", "group", "should", "have"} | {
    *("been", "most", "took", "take", "takes", "with", "from", "worth", "wants")
}


def stands_alone(line: str) -> bool:
    """Say whether a line begins as a heading may: with a capital, and without a bullet."""
    first = re.search(r"[^\W\d_]", line)
    return first is not None and first[0].isupper() and not _BULLET.match(line)


def like_heading(line: str, form: CompiledForm) -> bool:
    """Say whether a line of a point is so short, and so like a label, that it may be a heading."""
    words = bare_heading(line).split()
    if not stands_alone(line) or len(words) > _MOST_WORDS or line.rstrip().endswith((".", ")")):
        return False
    known = {word for label in headings(form) for word in re.findall(r"[^\W\d_]+", label)}
    return any(len(w) >= _SHORTEST and w in known - _SMALL for w in words)


def doubtful_words(lines: Sequence[str]) -> str:
    """Return what is said of such lines, in words that go before a next sentence; or nothing."""
    if not lines:
        return ""
    names = ", ".join(f"\u201c{shown_name(each)}\u201d" for each in lines[:3])
    if len(lines) == 1:
        return f"Attention: the line {names} looks like a heading; it was read as a point. "
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    return f"Attention: the lines {names}{more} look like headings; they were read as points. "
