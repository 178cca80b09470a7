"""Extract the text of pages and other markup, to search it for chats; never displayed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from seminarkit.topics.intake.encoding.decode import decode
from seminarkit.topics.questions.chat.chat_lines import decoded, readings

_LINE_BREAK = re.compile(
    r"<(?:br|/p|/div|/li|/tr|/h\d|/?table|/dt|/dd|/article|/section)\b[^<>]{0,2000}>", re.I
)
_CELL = re.compile(r"</t[dh]\s*>", re.I)
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^<>]{0,4000}>", re.I | re.S)
_MESSAGE_TAG = re.compile(r"<(?:message|msg|sms|mms|addr|chat\w*)\b[^<>]{0,4000}>", re.I)
_ELEMENT = re.compile(r"<([A-Za-z_]{1,30})[ >]")


def visible_text(markup: str) -> str:
    """Return the text of a page, with one line per table row."""
    lines = _LINE_BREAK.sub("\n", _CELL.sub("\t", markup))
    return html.unescape(_TAG.sub("", lines))


def names_of_parts(markup: str) -> str:
    """Return the element names of non-HTML markup as a table header, and message tags."""
    names = [] if re.search("<html", markup, re.I) else dict.fromkeys(_ELEMENT.findall(markup))
    return "\n".join(["\t".join(names), *_MESSAGE_TAG.findall(markup)])


def all_readings(data: bytes) -> Iterator[str]:
    """Yield the text of a file in each plausible encoding, and as the reader decodes it."""
    texts = readings(data)
    yield from texts
    if len(texts) > 1 or "\0" in texts[0]:
        as_read, _ = decode(data)
        if as_read not in texts:
            yield as_read


def is_binary(data: bytes) -> bool:
    """Return whether bytes are not text, not even in UTF-16."""
    return b"\0" in data[:4096] and "\0" in (decoded(data[:4096]) or "\0")
