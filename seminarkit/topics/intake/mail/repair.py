"""Mends what servers and programs break in a mail on its way, where what was meant is certain.

Only how a mail is written down is mended, never what it says: line ends that a gateway doubled,
headers that empty lines part from each other, and the encoding of what is attached.
"""

from __future__ import annotations

import base64
import binascii
import re
from email.message import Message

_NAME = rb"[!-9;-~]{1,80}:[^\n]*\n(?:[ \t]+[^\s][^\n]*\n)*"
_HEADS = re.compile(rb"(?:%s)+" % _NAME)
_GAP = re.compile(rb"(?:[ \t]*\r?\n){1,4}")
_CARRIED_ON = re.compile(
    rb"(?im)^(?:Content-Type|MIME-Version)[ \t]*:[^\n]*(?:\n[ \t]+[^\n]*)*(?:multipart/|boundary)"
)
_PADDING = re.compile(rb"=+")
_NOT_BASE_64 = re.compile(rb"[^A-Za-z0-9+/=]")
_ENDS = re.compile(rb"\r+\n")


def mended(mail: bytes) -> bytes:
    """Return a mail with plain line ends, and its headers in one piece."""
    return _headers_joined(_line_ends(mail))


def _line_ends(mail: bytes) -> bytes:
    """Take away carriage returns that came twice, where most lines end so: CR CR LF."""
    doubled = mail.count(b"\r\r\n")
    return _ENDS.sub(b"\r\n", mail) if doubled * 2 > mail.count(b"\n") else mail


def _headers_joined(mail: bytes) -> bytes:
    """Take away empty lines within the headers, where what follows says how the mail is made up.

    A mail whose text quotes such lines has said so before them, in headers of its own.
    """
    first = _HEADS.match(mail)
    gap = _GAP.match(mail, first.end()) if first else None
    if not first or not gap or re.search(rb"(?im)^Content-Type[ \t]*:", first[0]):
        return mail
    second = _HEADS.match(mail, gap.end())
    if not second or not _CARRIED_ON.search(second[0]):
        return mail
    return mail[: first.end()] + mail[gap.end() :]


def content_of(part: Message) -> bytes:
    """Return what a part of a mail holds, decoded as it says, also where it says so with a slip."""
    declared = str(part.get("Content-Transfer-Encoding", "")).lower()
    way = re.sub(r"[^a-z0-9-]", "", declared)
    if way == "base64":
        return from_base_64(_raw(part))
    if declared != way:
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = way
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else _raw(part)


def from_base_64(text: bytes) -> bytes:
    """Return what base64 stands for: in one piece or several, with padding or without.

    Mailing lists add a piece of their own at the end, programs leave the last padding away.
    """
    text = text.strip()
    if b"=" not in text[:-2]:  # as it nearly always is
        try:
            return binascii.a2b_base64(text)
        except binascii.Error:
            pass
    pieces = _PADDING.split(_NOT_BASE_64.sub(b"", text))
    return b"".join(_piece(each) for each in pieces if each)


def _piece(letters: bytes) -> bytes:
    whole = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters  # a letter too many
    try:
        return base64.b64decode(whole + b"=" * (-len(whole) % 4))
    except binascii.Error:
        return b""


def _raw(part: Message) -> bytes:
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
