"""Knows what may be a mail, and what its headers say, to look for chats in it."""

from __future__ import annotations

import re
from email.header import decode_header, make_header

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


def is_mail(start: bytes) -> bool:
    """Say whether bytes may begin as a mail, or as a folder of mails; a chat may with 'From'.

    This takes more for a mail than the reader does.
    """
    first = _FIRST_OF_MBOX.match(start)
    rest = start[first.end() :] if first else start
    return bool(_HEADER.match(rest) and _OF_MAILS.search(rest))


def said_in_heads(heads: bytes) -> bytes:
    """Return the words in the headers: the subject, and lines that only look like a header."""
    lines = []
    for head in re.split(r"\n(?=[!-9;-~]{1,80}:)", heads.decode("utf-8", "replace")):
        name, colon, value = head.partition(": ")
        if not colon or " " in name:
            lines.append(head)
        elif not _OF_PROGRAMS.fullmatch(name):
            lines.append(_said(name, value))
    return "\n".join(lines).encode("utf-8", "replace")


def _said(name: str, value: str) -> str:
    try:
        words = str(make_header(decode_header(value)))
    except Exception:  # the decoder raises many kinds for broken headers
        words = value
    if name.lower() in ("subject", "comments", "keywords", "thread-topic", "summary"):
        return _ANSWERS.sub("", words)
    return words if "-" in name else f"{name}: {words}"
