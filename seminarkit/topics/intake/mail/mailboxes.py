"""Knows mails by their headers, as RFC 5322 has them, and takes the folders of mails apart.

What programs put in front of a mail is passed over: a mark of UTF-8, empty lines, the line 'From '
of a folder (also quoted), the length that Apple Mail writes first.
"""

from __future__ import annotations

import re

_BLANK = b"\xef\xbb\xbf \t\r\n"
_HEAD = 64 * 2**10
_LINE = re.compile(rb"([!-9;-~]{1,80})[ \t]*:[^\n]*(?:\n[ \t]+[^\s][^\n]*)*\n?")
_ENVELOPE = re.compile(rb">?From [^\n]*\n\s*")
_COUNT = re.compile(rb"\d{1,10}[ \t]*\r?\n")
_SPLIT = re.compile(rb"\n(?=From [^\n]*\r?\n[!-9;-~]{1,80}:)")
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")
_PLIST = re.compile(rb"\s*<\?xml[^>]*\?>\s*<!DOCTYPE plist.*\Z", re.S)
# headers that no person types above a text
_TECHNICAL = frozenset(
    b"received return-path message-id mime-version content-type content-transfer-encoding "
    b"delivered-to dkim-signature in-reply-to user-agent list-id resent-from "
    b"content-disposition authentication-results".split()
)
# those that may stand above notes as well: two of them make a mail
_COMMON = frozenset(b"from to cc bcc date subject sender reply-to sent importance".split())


def is_mail(data: bytes) -> bool:
    """Say whether bytes begin as a mail, or as a folder of mails."""
    names = _names(_without_envelope(data[:_HEAD]))
    return is_technical(names) or len(names & _COMMON) > 1


def is_whole_mail(data: bytes) -> bool:
    """Say whether bytes have headers that only programs write: no reply quoted in a text has."""
    return is_technical(_names(_without_envelope(data[:_HEAD])))


def is_technical(names: set[bytes]) -> bool:
    """Say whether one of these headers is one that only programs write."""
    return any(name in _TECHNICAL or name.startswith(b"x-") for name in names)


def mails_in(data: bytes) -> list[bytes]:
    """Return each mail of a folder of mails, or the one that these bytes are."""
    return [mail for _, mail in envelopes_and_mails(data)]


def envelopes_and_mails(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return each mail of a folder of mails behind its line 'From ', which one alone has not.

    A line of a text that begins with 'From ' splits none: the headers of a mail must follow.
    """
    data = data.lstrip(_BLANK)
    if count := _COUNT.match(data):
        return [(b"", _of_apple(data, count))]
    if not _ENVELOPE.match(data):
        return [(b"", data)]
    mails, begin = [], 0
    for cut in _SPLIT.finditer(data):
        if is_mail(data[cut.end() : cut.end() + _HEAD]):
            mails.append(data[begin : cut.end()])
            begin = cut.end()
    return [_unquoted(mail) for mail in (*mails, data[begin:])]


def _unquoted(mail: bytes) -> tuple[bytes, bytes]:
    """Return the line 'From ' and the mail below it, in which such lines were quoted."""
    envelope = _ENVELOPE.match(mail)
    end = envelope.end() if envelope else 0
    return mail[:end], _QUOTED_FROM.sub(rb"\1", mail[end:])


def _of_apple(data: bytes, count: re.Match[bytes]) -> bytes:
    """Return the mail in an .emlx file, without what Apple Mail notes behind it."""
    rest = data[count.end() :]
    length = int(count[0])
    return rest[:length] if 0 < length <= len(rest) else _PLIST.sub(b"\n", rest)


def _without_envelope(data: bytes) -> bytes:
    data = data.lstrip(_BLANK)
    if count := _COUNT.match(data):
        data = data[count.end() :]
    envelope = _ENVELOPE.match(data)
    return data[envelope.end() :] if envelope else data


def _names(data: bytes) -> set[bytes]:
    """Return the names of the headers with which bytes begin, in small letters."""
    names, place = set(), 0
    while line := _LINE.match(data, place):
        names.add(line[1].lower())
        place = line.end()
    return names
