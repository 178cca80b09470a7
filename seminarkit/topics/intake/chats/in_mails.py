"""Recognise possible mails, and extract the text of their headers, to search for chats."""

from __future__ import annotations

import re
from email.header import decode_header, make_header

_HEADER = re.compile(rb"[!-9;-~]{1,80}:[^\n]*\n?")
_MAIL_HEADER = re.compile(
    rb"(?im)^(?:To|Cc|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|Content-Type|"
    rb"Content-Transfer-Encoding|Delivered-To|Reply-To|X-[A-Za-z-]+):"
)
# headers that programs write, with times in them; any other may contain text of a person
_PROGRAM_HEADER = re.compile(
    r"(?i)received|date|.*(?:time|date|received|signature|seal|auth|spam|report|google|exchange|ms-|"
    r"forefront|microsoft|unsubscribe).*|from|to|cc|bcc|sender|reply-to|return-path|message-id|"
    r"in-reply-to|references|content-.*|mime-version|delivered-to|thread-index|dkim.*|arc-.*"
)
_REPLY_PREFIX = re.compile(r"(?i)^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|odp|отв|ha)\s*:\s*)+")
_MBOX_LINE = re.compile(rb">?From [^\n]*\r?\n(?=[!-9;-~]{1,80}:)")


def is_mail(start: bytes) -> bool:
    """Return whether bytes may be a mail or an mbox; a chat may begin with 'From' too.

    This accepts more than mailboxes.is_mail, which the reader uses.
    """
    mbox_line = _MBOX_LINE.match(start)
    headers = start[mbox_line.end() :] if mbox_line else start
    return bool(_HEADER.match(headers) and _MAIL_HEADER.search(headers))


def text_of_headers(headers: bytes) -> bytes:
    """Return the text in the headers: the subject, and lines that only look like a header."""
    lines = []
    for header in re.split(r"\n(?=[!-9;-~]{1,80}:)", headers.decode("utf-8", "replace")):
        name, colon, value = header.partition(": ")
        if not colon or " " in name:
            lines.append(header)
        elif not _PROGRAM_HEADER.fullmatch(name):
            lines.append(_header_text(name, value))
    return "\n".join(lines).encode("utf-8", "replace")


def _header_text(name: str, value: str) -> str:
    try:
        words = str(make_header(decode_header(value)))
    except Exception:  # the decoder raises many kinds for broken headers
        words = value
    if name.lower() in ("subject", "comments", "keywords", "thread-topic", "summary"):
        return _REPLY_PREFIX.sub("", words)
    return words if "-" in name else f"{name}: {words}"
