"""Repair mails that servers or programs damaged in transit, where the repair is certain.

Only the encoding is repaired, never the text: line ends doubled by a gateway, headers separated by
empty lines, and the transfer encoding of attachments.
"""

from __future__ import annotations

import base64
import binascii
import re
from email.message import Message

_NAME = rb"[!-9;-~]{1,80}:[^\n]*\n(?:[ \t]+[^\s][^\n]*\n)*"
_HEADS = re.compile(rb"(?:%s)+" % _NAME)
_GAP = re.compile(rb"(?:[ \t]*\r?\n){1,4}")
_MIME_HEADER = re.compile(
    rb"(?im)^(?:Content-Type|MIME-Version)[ \t]*:[^\n]*(?:\n[ \t]+[^\n]*)*(?:multipart/|boundary)"
)
_PADDING = re.compile(rb"=+")
_NOT_BASE_64 = re.compile(rb"[^A-Za-z0-9+/=]")
_ENDS = re.compile(rb"\r+\n")


def repaired_mail(mail: bytes) -> bytes:
    """Return a mail with single line ends and contiguous headers."""
    return _headers_joined(_line_ends(mail))


def _line_ends(mail: bytes) -> bytes:
    """Replace CR CR LF by CR LF, if most lines end with it."""
    doubled = mail.count(b"\r\r\n")
    return _ENDS.sub(b"\r\n", mail) if doubled * 2 > mail.count(b"\n") else mail


def _headers_joined(mail: bytes) -> bytes:
    """Remove empty lines within the headers, if a Content-Type or MIME-Version follows them.

    A mail whose text quotes such headers has a Content-Type of its own before them.
    """
    first = _HEADS.match(mail)
    gap = _GAP.match(mail, first.end()) if first else None
    if not first or not gap or re.search(rb"(?im)^Content-Type[ \t]*:", first[0]):
        return mail
    second = _HEADS.match(mail, gap.end())
    if not second or not _MIME_HEADER.search(second[0]):
        return mail
    return mail[: first.end()] + mail[gap.end() :]


def content_of(part: Message) -> bytes:
    """Return the decoded content of a part, even if its transfer encoding is misspelt."""
    declared = str(part.get("Content-Transfer-Encoding", "")).lower()
    encoding = re.sub(r"[^a-z0-9-]", "", declared)
    if encoding == "base64":
        return from_base_64(_raw(part))
    if declared != encoding:
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = encoding
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else _raw(part)


def from_base_64(text: bytes) -> bytes:
    """Decode base64 in one piece or several, with or without padding.

    Mailing lists append a piece of their own, and some programs omit the final padding.
    """
    text = text.strip()
    if b"=" not in text[:-2]:  # the usual case: one piece
        try:
            return binascii.a2b_base64(text)
        except binascii.Error:
            pass
    pieces = _PADDING.split(_NOT_BASE_64.sub(b"", text))
    return b"".join(_decoded_piece(piece) for piece in pieces if piece)


def _decoded_piece(letters: bytes) -> bytes:
    complete = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters  # a stray one
    try:
        return base64.b64decode(complete + b"=" * (-len(complete) % 4))
    except binascii.Error:
        return b""


def _raw(part: Message) -> bytes:
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
