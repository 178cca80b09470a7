"""Content of a file for type detection: its beginning, archive names and text, computed once."""

from __future__ import annotations

import re
from functools import cached_property

from seminarkit.topics.intake.archives.zip_archives import names_in
from seminarkit.topics.intake.encoding.decode import BYTE_ORDER_MARKS, decode, unicode_encoding
from seminarkit.topics.intake.pasted_answers import without_markup

BLANK = b"\xef\xbb\xbf \t\r\n"
_PAGE = re.compile(rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*(?:<!doctype html|<html)", re.I | re.S)


class FileContent:
    """The bytes of a file, with the properties that type tests look at."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def begins(self, *marks: bytes) -> bool:
        """Return whether the bytes begin with one of these magic numbers."""
        return self.data.startswith(marks)

    def matches(self, pattern: re.Pattern[bytes]) -> bool:
        """Return whether the beginning matches, after leading blanks and a byte order mark."""
        return pattern.match(self.start) is not None

    def has_name(self, pattern: re.Pattern[str]) -> bool:
        """Return whether an entry of the zip archive has such a name."""
        return any(map(pattern.fullmatch, self.names))

    @cached_property
    def start(self) -> bytes:
        """The first 4096 bytes, converted to UTF-8 if they are UTF-16 or UTF-32."""
        start = self.data[:4096]
        if start.startswith(tuple(BYTE_ORDER_MARKS)) or b"\0" in start[:16]:
            encoding = unicode_encoding(start)
            if encoding.startswith(("utf-16", "utf-32")):
                start = start.decode(encoding, "replace").encode("utf-8", "replace")
        return start.lstrip(BLANK)

    @cached_property
    def names(self) -> list[str]:
        """The names of the entries of a zip archive; empty for other files."""
        return names_in(self.data) if self.data.startswith(b"PK") else []

    @cached_property
    def is_page(self) -> bool:
        """Whether the file is an HTML page."""
        return self.matches(_PAGE)

    @cached_property
    def words(self) -> str:
        """The text of a text file or HTML page, without markup."""
        if b"\0" in self.data and not unicode_encoding(self.data):
            return self.data.decode("utf-8", "replace")  # binary: do not guess an encoding
        text, _ = decode(self.data)
        return without_markup(text) if self.is_page else text
