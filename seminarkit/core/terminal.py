"""Keep received text from controlling the terminal that it is printed on.

An answer may contain codes that set a title, move the cursor or reverse the reading direction. One
stream cleans everything that the process prints. Colours, bold text and progress bars bypass it
with ``Styled``, on a terminal only; their text was cleaned before.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from typing import TextIO

# Control characters except tab and line feed; bidirectional marks, embeddings and isolates; line
# and paragraph separators; surrogates; invisible characters.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_MARK = "\ufffd"
_BOLD, _DIM, _RED, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"


def clean(text: str) -> str:
    r"""Return a text with every control code replaced by U+FFFD.

    >>> clean("a\x1b]0;title\x07b\r\n")
    'a\ufffd]0;title\ufffdb\n'
    """
    return _UNSAFE.sub(_MARK, text.replace("\r\n", "\n"))


def as_ascii(json: str) -> str:
    r"""Return equivalent JSON text with every control code as a ``\u`` escape."""
    return _UNSAFE.sub(lambda match: _escaped(match[0]), json)


def clean_output() -> None:
    """Replace the standard streams so that all printed text is cleaned."""
    sys.stdout, sys.stderr = _cleaning(sys.stdout), _cleaning(sys.stderr)


class CleanStream(io.TextIOWrapper):
    """A text stream that replaces terminal control codes."""

    def write(self, text: str) -> int:
        """Clean a text and write it."""
        super().write(clean(text))
        return len(text)

    def write_styled(self, text: str) -> int:
        """Write clean text that contains control codes of the kit."""
        return super().write(text)

    if os.name == "nt":

        def fileno(self) -> int:
            """Raise an error, because click would bypass this stream on Windows."""
            raise io.UnsupportedOperation


class Styled(io.TextIOBase):
    """A stream for styled output, which keeps control codes on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Return the encoding of the underlying stream."""
        return self._stream.encoding

    def isatty(self) -> bool:
        """Return whether the stream is a terminal."""
        return self._stream.isatty()

    def write(self, text: str) -> int:
        """Write text with control codes."""
        if isinstance(self._stream, CleanStream) and self.isatty():
            return self._stream.write_styled(text)
        return self._stream.write(text)

    def flush(self) -> None:
        """Flush the underlying stream."""
        self._stream.flush()


def in_bold(text: str, stream: TextIO) -> str:
    """Return a text in bold if the stream is a terminal."""
    return f"{_BOLD}{clean(text)}{_PLAIN}" if stream.isatty() else text


def in_grey(text: str, stream: TextIO) -> str:
    """Return a text in a faint colour if the stream is a terminal."""
    return f"{_DIM}{clean(text)}{_PLAIN}" if stream.isatty() else text


def in_red(text: str, stream: TextIO) -> str:
    """Return a text in red if the stream is a terminal."""
    return f"{_RED}{clean(text)}{_PLAIN}" if stream.isatty() else text


def _cleaning(stream: TextIO) -> TextIO:
    buffer = getattr(stream, "buffer", None)
    if buffer is None or isinstance(stream, CleanStream):
        return stream
    stream.flush()
    encoding = stream.encoding or "utf-8"
    if codecs.lookup(encoding).name == "ascii":
        encoding = "utf-8"  # as click does, which would otherwise bypass this stream
    line_buffering = bool(getattr(stream, "line_buffering", False)) or stream is sys.stderr
    # a console with an older code page cannot show every script; printing must not fail
    clean_stream = CleanStream(buffer, encoding, errors="replace", line_buffering=line_buffering)
    stream.detach()  # type: ignore[attr-defined]  # else its deletion would close the buffer
    return clean_stream


def _escaped(sign: str) -> str:
    number = ord(sign)
    if number > 0xFFFF:
        number -= 0x10000
        return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
    return f"\\u{number:04x}"
