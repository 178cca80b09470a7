"""Keeps what was received from steering the terminal that it is printed on.

An answer may hold codes that set a title, move the cursor, or turn the reading direction round. One
stream cleans all that is printed, whoever prints it. Colours, bold letters and the bar of progress
pass by ``Styled``, on a terminal only; what they show was cleaned before.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from typing import TextIO

# Control characters but tab and line feed; marks, embeddings and isolates of direction; separators
# of lines and paragraphs; half characters; marks that hide text.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_MARK = "\ufffd"
_BOLD, _DIM, _RED, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"


def clean(text: str) -> str:
    r"""Return a text with a mark in the place of each sign that a terminal obeys.

    >>> clean("a\x1b]0;title\x07b\r\n")
    'a\ufffd]0;title\ufffdb\n'
    """
    return _UNSAFE.sub(_MARK, text.replace("\r\n", "\n"))


def as_ascii(json: str) -> str:
    """Return JSON that says the same with each such sign written as its number."""
    return _UNSAFE.sub(lambda found: _escaped(found[0]), json)


def clean_output() -> None:
    """Clean all that this process prints from now on."""
    sys.stdout, sys.stderr = _cleaning(sys.stdout), _cleaning(sys.stderr)


class CleanStream(io.TextIOWrapper):
    """A text stream that writes no sign a terminal obeys."""

    def write(self, text: str) -> int:
        """Write a text, cleaned."""
        super().write(clean(text))
        return len(text)

    def write_styled(self, text: str) -> int:
        """Write what the kit itself has made for a terminal, of words that were cleaned."""
        return super().write(text)

    if os.name == "nt":

        def fileno(self) -> int:
            """Say no: click would else write to the console of Windows past this stream."""
            raise io.UnsupportedOperation


class Styled(io.TextIOBase):
    """A file for who draws on a terminal: codes pass there, and nowhere else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Return the encoding of the stream below."""
        return self._stream.encoding

    def isatty(self) -> bool:
        """Say whether it is a terminal."""
        return self._stream.isatty()

    def write(self, text: str) -> int:
        """Write words with their codes."""
        if isinstance(self._stream, CleanStream) and self.isatty():
            return self._stream.write_styled(text)
        return self._stream.write(text)

    def flush(self) -> None:
        """Write out what waits."""
        self._stream.flush()


def in_bold(text: str, stream: TextIO) -> str:
    """Return words in bold letters where a stream is a terminal."""
    return f"{_BOLD}{clean(text)}{_PLAIN}" if stream.isatty() else text


def in_grey(text: str, stream: TextIO) -> str:
    """Return words in faint letters where a stream is a terminal."""
    return f"{_DIM}{clean(text)}{_PLAIN}" if stream.isatty() else text


def in_red(text: str, stream: TextIO) -> str:
    """Return words in red where a stream is a terminal."""
    return f"{_RED}{clean(text)}{_PLAIN}" if stream.isatty() else text


def _cleaning(stream: TextIO) -> TextIO:
    buffer = getattr(stream, "buffer", None)
    if buffer is None or isinstance(stream, CleanStream):
        return stream
    stream.flush()
    encoding = stream.encoding or "utf-8"
    if codecs.lookup(encoding).name == "ascii":
        encoding = "utf-8"  # as click takes it, which would else go round this stream
    lines = bool(getattr(stream, "line_buffering", False)) or stream is sys.stderr
    # a console of an older code page cannot show every script; it must not stop the work
    fresh = CleanStream(buffer, encoding, errors="replace", line_buffering=lines)
    stream.detach()  # type: ignore[attr-defined]  # else its end would close the other
    return fresh


def _escaped(sign: str) -> str:
    number = ord(sign)
    if number > 0xFFFF:
        number -= 0x10000
        return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
    return f"\\u{number:04x}"
