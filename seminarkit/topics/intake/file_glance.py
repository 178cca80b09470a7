"""What a file shows at a glance, each computed once: its beginning, its names, its words."""

from __future__ import annotations

import re
from functools import cached_property

from seminarkit.topics.intake.archives.zip_archives import names_in
from seminarkit.topics.intake.encoding.decode import BYTE_ORDER_MARKS, decode, unicode_encoding
from seminarkit.topics.intake.pasted_answers import without_markup

BLANK = b"\xef\xbb\xbf \t\r\n"
_PAGE = re.compile(rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*(?:<!doctype html|<html)", re.I | re.S)


class Look:
    """A file's bytes, and what tells of which kind it is."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def begins(self, *marks: bytes) -> bool:
        """Say whether the bytes begin with one of these marks of a binary kind of file."""
        return self.data.startswith(marks)

    def matches(self, pattern: re.Pattern[bytes]) -> bool:
        """Say whether the beginning matches, blanks and marks of its encoding left out."""
        return pattern.match(self.start) is not None

    def has_name(self, pattern: re.Pattern[str]) -> bool:
        """Say whether something in a zip archive has such a name."""
        return any(map(pattern.fullmatch, self.names))

    @cached_property
    def start(self) -> bytes:
        """The beginning, as UTF-8 where it is a text in UTF-16."""
        start = self.data[:4096]
        if start.startswith(tuple(BYTE_ORDER_MARKS)) or b"\0" in start[:16]:
            encoding = unicode_encoding(start)
            if encoding.startswith(("utf-16", "utf-32")):
                start = start.decode(encoding, "replace").encode("utf-8", "replace")
        return start.lstrip(BLANK)

    @cached_property
    def names(self) -> list[str]:
        """The names in a zip archive; none of any other file."""
        return names_in(self.data) if self.data.startswith(b"PK") else []

    @cached_property
    def is_page(self) -> bool:
        """Whether it is a web page."""
        return self.matches(_PAGE)

    @cached_property
    def words(self) -> str:
        """The words of a text or of a page."""
        if b"\0" in self.data and not unicode_encoding(self.data):
            return self.data.decode("utf-8", "replace")  # no text: its encoding is not guessed
        text, _ = decode(self.data)
        return without_markup(text) if self.is_page else text
