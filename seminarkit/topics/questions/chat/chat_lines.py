"""Decode the bytes of a chat and split them into lines, whatever program wrote them."""

from __future__ import annotations

import re
from typing import NamedTuple

from seminarkit.core.clean_text import clean_text

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# zero-width characters, which make different texts look the same
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SOFT = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FALLBACKS = ("cp1251", "cp1252")


class TextLine(NamedTuple):
    """A line of a file; ``soft`` means that it follows a line break within a message."""

    text: str
    soft: bool


def decoded(data: bytes) -> str | None:
    """Return the text of a UTF-8, UTF-16 or UTF-32 file, None for any other encoding.

    A character that is cut off at the end of the file is dropped.
    """
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        return data[: error.start].decode(encoding) if error.start >= len(data) - 4 else None


def readings(data: bytes) -> tuple[str, ...]:
    """Return a file decoded in every plausible encoding, to look for signs in them."""
    text = decoded(data)
    if text is not None:
        return (text,)
    return tuple(data.decode(encoding, "replace") for encoding in (*_FALLBACKS, "utf-8"))


def lines_of(text: str) -> list[TextLine]:
    """Return the lines of a chat.

    A single carriage return is a line break within a message, as Zoom writes it, except in a file
    that has no other line breaks.
    """
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    lines: list[TextLine] = []
    for line in text.split("\n"):
        first, *others = _SOFT.split(line)
        lines.append(TextLine(first, soft=False))
        lines += [TextLine(other, soft=True) for other in others]
    return lines


def plain_spaces(line: str) -> str:
    """Return a line with every kind of space as an ordinary one, at the same positions."""
    return _SPACES.sub(" ", line)


def without_invisible(line: str) -> str:
    """Return a line without zero-width characters."""
    return _INVISIBLE.sub("", line)


def clean_name(name: str) -> str:
    """Return a displayed name as one line, without control characters."""
    return clean_text(" ".join(_CONTROLS.sub("", name).split()))


def clean_words(lines: list[str]) -> str:
    """Return the text of a message without indentation and control characters."""
    text = "\n".join(_CONTROLS.sub("", line).strip() for line in lines)
    return clean_text(re.sub(r"\n{3,}", "\n\n", text).strip())


def _encoding(data: bytes) -> str:
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "utf-32"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    start = data[:400]
    if len(start) > 7 and start.count(0) * 10 > len(start) * 6:  # three of four bytes, or two
        return "utf-32-le" if start[3::4].count(0) >= start[::4].count(0) else "utf-32-be"
    if (
        start.count(0) * 3 > len(start) > 3
    ):  # UTF-16 without byte order mark: every second byte is 0
        return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    return "utf-8-sig"
