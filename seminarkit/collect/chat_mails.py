"""Takes mails apart to look for chats in them: every part that holds text, under any name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32

_HEADER = re.compile(rb"[!-9;-~]{1,80}:[^\n]*\n?")
_OF_MAILS = re.compile(
    rb"(?im)^(?:To|Cc|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|Content-Type|"
    rb"Content-Transfer-Encoding|Delivered-To|Reply-To|X-[A-Za-z-]+):"
)
# what programs write, with times of their own; in any other header a person's words may stand
_OF_PROGRAMS = re.compile(
    r"(?i)received|date|.*(?:time|date|received|signature|seal|auth|spam|report|google|exchange|ms-|"
    r"forefront|microsoft|unsubscribe).*|from|to|cc|bcc|sender|reply-to|return-path|message-id|"
    r"in-reply-to|references|content-.*|mime-version|delivered-to|thread-index|dkim.*|arc-.*"
)
_ANSWERS = re.compile(r"(?i)^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|odp|отв|ha)\s*:\s*)+")
_FIRST_OF_MBOX = re.compile(rb">?From [^\n]*\r?\n(?=[!-9;-~]{1,80}:)")
_MBOX = re.compile(rb"\r?\n(?=From [^\n]*\d{4}[^\n]*\r?\n[!-9;-~]{1,80}:)")


def mails_in(data: bytes) -> list[bytes]:
    """Return each mail of a folder of mails, or the one that these bytes are, without 'From '."""
    mails = _MBOX.split(data) if _FIRST_OF_MBOX.match(data) else [data]
    heads = [_FIRST_OF_MBOX.match(mail) for mail in mails]
    return [mail[head.end() :] if head else mail for mail, head in zip(mails, heads, strict=True)]


def leaves(mail: bytes) -> list[tuple[str, str, bytes]] | None:
    """Return name, kind of text ('' for another file) and bytes of each part that holds any.

    None where it cannot be read as a mail.
    """
    try:
        return list(_leaves(message_from_bytes(mail, policy=compat32)))
    except Exception:  # the parser raises many kinds for broken headers
        return None


def is_mail(start: bytes) -> bool:
    """Say whether bytes begin as a mail, or as a folder of mails; a chat may begin with 'From'."""
    first = _FIRST_OF_MBOX.match(start)
    rest = start[first.end() :] if first else start
    return bool(_HEADER.match(rest) and _OF_MAILS.search(rest))


def _leaves(message: Message) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, kind of text ('' for another file) and bytes of each part that holds any."""
    if message.preamble:
        yield "", "plain", str(message.preamble).encode("utf-8", "replace")
    if message.epilogue:
        yield "", "plain", str(message.epilogue).encode("utf-8", "replace")
    for part in message.walk():
        if headers := _headers(part):
            yield "the mail's headers", "plain", headers.encode("utf-8", "replace")
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            content = str(part.get_payload()).encode("utf-8", "replace")
        name = str(part.get_filename() or "")
        kind = part.get_content_subtype() if part.get_content_maintype() == "text" else ""
        charset = part.get_content_charset("")
        if kind and charset:
            content = _as_utf8(content, charset)
        yield name, "" if name else kind, content


def _headers(message: Message) -> str:
    """Return the words in the headers: the subject, and lines that only look like a header."""
    lines = []
    for name, value in message.items():
        if _OF_PROGRAMS.fullmatch(name):
            continue
        try:
            words = str(make_header(decode_header(str(value))))
        except Exception:  # the decoder raises many kinds for broken headers
            words = str(value)
        if name.lower() in ("subject", "comments", "keywords", "thread-topic", "summary"):
            lines.append(_ANSWERS.sub("", words))
        else:
            lines.append(words if "-" in name else f"{name}: {words}")
    return "\n".join(lines)


def _as_utf8(content: bytes, charset: str) -> bytes:
    try:
        return content.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return content
