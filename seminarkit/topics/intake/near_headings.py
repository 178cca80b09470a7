"""Detect lines that look like an unknown heading; they are read as points, with a warning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seminarkit.core.forms.plain_text_form import bare_heading, headings
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.shown_names import shown_name

_MAX_WORDS = 4
_MIN_LETTERS = 4  # letters of a word that is specific to one heading
_BULLET = re.compile(r"\s*(?:[-–—•·▪●○◦‣]|\*(?!\*))")
_COMMON_WORDS = {
    "what",
    "which",
    "where",
    "there",
    "this",
    "these",
    "your",
    "group",
    "should",
    "have",
} | {*("been", "most", "took", "take", "takes", "with", "from", "worth", "wants")}


def starts_like_heading(line: str) -> bool:
    """Return whether a line begins like a heading: with a capital letter, without a bullet."""
    first = re.search(r"[^\W\d_]", line)
    return first is not None and first[0].isupper() and not _BULLET.match(line)


def looks_like_heading(line: str, form: CompiledForm) -> bool:
    """Return whether a line is short and shares a specific word with a heading of the form."""
    words = bare_heading(line).split()
    if (
        not starts_like_heading(line)
        or len(words) > _MAX_WORDS
        or line.rstrip().endswith((".", ")"))
    ):
        return False
    label_words = {word for label in headings(form) for word in re.findall(r"[^\W\d_]+", label)}
    return any(len(word) >= _MIN_LETTERS and word in label_words - _COMMON_WORDS for word in words)


def heading_warning(lines: Sequence[str]) -> str:
    """Return a warning that these lines look like headings, with a trailing space, or ''."""
    if not lines:
        return ""
    names = ", ".join(f"\u201c{shown_name(line)}\u201d" for line in lines[:3])
    if len(lines) == 1:
        return f"Attention: the line {names} looks like a heading; it was read as a point. "
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    return f"Attention: the lines {names}{more} look like headings; they were read as points. "
