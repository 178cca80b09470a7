"""Takes the words out of pages and other markup, to look for chats in them; never shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from seminarkit.topics.intake.encoding.decode import decode
from seminarkit.topics.questions.chat.chat_lines import decoded, readings

_BREAKING = re.compile(
    r"<(?:br|/p|/div|/li|/tr|/h\d|/?table|/dt|/dd|/article|/section)\b[^<>]{0,2000}>", re.I
)
_CELL = re.compile(r"</t[dh]\s*>", re.I)
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^<>]{0,4000}>", re.I | re.S)
_MESSAGE_TAG = re.compile(r"<(?:message|msg|sms|mms|addr|chat\w*)\b[^<>]{0,4000}>", re.I)
_ELEMENT = re.compile(r"<([A-Za-z_]{1,30})[ >]")


def visible_text(markup: str) -> str:
    """Return the words of a page, a row of a table on one line."""
    lines = _BREAKING.sub("\n", _CELL.sub("\t", markup))
    return html.unescape(_TAG.sub("", lines))


def names_of_parts(markup: str) -> str:
    """Return the elements of what is no page as the head of a table, and messages in attributes."""
    names = [] if re.search("<html", markup, re.I) else dict.fromkeys(_ELEMENT.findall(markup))
    return "\n".join(["\t".join(names), *_MESSAGE_TAG.findall(markup)])


def all_readings(data: bytes) -> Iterator[str]:
    """Yield a file's words as they may be meant, and as the reader of files decodes them."""
    texts = readings(data)
    yield from texts
    if len(texts) > 1 or "\0" in texts[0]:
        as_read, _ = decode(data)
        if as_read not in texts:
            yield as_read


def is_binary(data: bytes) -> bool:
    """Say whether these bytes are no text, also none of two bytes a letter."""
    return b"\0" in data[:4096] and "\0" in (decoded(data[:4096]) or "\0")
