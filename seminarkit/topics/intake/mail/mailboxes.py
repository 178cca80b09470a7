"""Recognise mails by their headers (RFC 5322) and split mailboxes (mbox) into mails.

What programs put before the headers is skipped: a byte order mark, empty lines, the 'From ' line
of an mbox (also quoted), the length at the start of an Apple Mail file (.emlx).
"""

from __future__ import annotations

import re

_BLANKS = b"\xef\xbb\xbf \t\r\n"
_HEAD_SIZE = 64 * 2**10
_HEADER = re.compile(rb"([!-9;-~]{1,80})[ \t]*:[^\n]*(?:\n[ \t]+[^\s][^\n]*)*\n?")
_ENVELOPE = re.compile(rb">?From [^\n]*\n\s*")
_COUNT = re.compile(rb"\d{1,10}[ \t]*\r?\n")
_SPLIT = re.compile(rb"\n(?=From [^\n]*\r?\n[!-9;-~]{1,80}:)")
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")
_PLIST = re.compile(rb"\s*<\?xml[^>]*\?>\s*<!DOCTYPE plist.*\Z", re.S)
# headers that nobody types above a text
_TECHNICAL = frozenset(
    b"received return-path message-id mime-version content-type content-transfer-encoding "
    b"delivered-to dkim-signature in-reply-to user-agent list-id resent-from "
    b"content-disposition authentication-results".split()
)
# headers that people also type above notes: two of them make a mail
_COMMON = frozenset(b"from to cc bcc date subject sender reply-to sent importance".split())


def is_mail(data: bytes) -> bool:
    """Return whether bytes begin like a mail or an mbox."""
    names = _header_names(_without_envelope(data[:_HEAD_SIZE]))
    return is_technical(names) or len(names & _COMMON) > 1


def is_whole_mail(data: bytes) -> bool:
    """Return whether bytes have headers that only programs write, unlike a quoted reply."""
    return is_technical(_header_names(_without_envelope(data[:_HEAD_SIZE])))


def is_technical(names: set[bytes]) -> bool:
    """Return whether only programs write one of these headers."""
    return any(name in _TECHNICAL or name.startswith(b"x-") for name in names)


def mails_in(data: bytes) -> list[bytes]:
    """Return each mail of an mbox, or the single mail."""
    return [mail for _, mail in envelopes_and_mails(data)]


def envelopes_and_mails(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the 'From ' line and the text of each mail in an mbox.

    A single mail has b'' for that line. A line of text that begins with 'From '
    does not split a mail: headers must follow it.
    """
    data = data.lstrip(_BLANKS)
    if count := _COUNT.match(data):
        return [(b"", _mail_in_emlx(data, count))]
    if not _ENVELOPE.match(data):
        return [(b"", data)]
    mails, begin = [], 0
    for cut in _SPLIT.finditer(data):
        if is_mail(data[cut.end() : cut.end() + _HEAD_SIZE]):
            mails.append(data[begin : cut.end()])
            begin = cut.end()
    return [_unquoted(mail) for mail in (*mails, data[begin:])]


def _unquoted(mail: bytes) -> tuple[bytes, bytes]:
    """Split off the 'From ' line of a mail, and unquote the '>From ' lines in its text."""
    envelope = _ENVELOPE.match(mail)
    end = envelope.end() if envelope else 0
    return mail[:end], _QUOTED_FROM.sub(rb"\1", mail[end:])


def _mail_in_emlx(data: bytes, count: re.Match[bytes]) -> bytes:
    """Return the mail in an .emlx file, without the property list after it."""
    rest = data[count.end() :]
    length = int(count[0])
    return rest[:length] if 0 < length <= len(rest) else _PLIST.sub(b"\n", rest)


def _without_envelope(data: bytes) -> bytes:
    data = data.lstrip(_BLANKS)
    if count := _COUNT.match(data):
        data = data[count.end() :]
    envelope = _ENVELOPE.match(data)
    return data[envelope.end() :] if envelope else data


def _header_names(data: bytes) -> set[bytes]:
    """Return the header names at the start of bytes, in lower case."""
    names, position = set(), 0
    while line := _HEADER.match(data, position):
        names.add(line[1].lower())
        position = line.end()
    return names
