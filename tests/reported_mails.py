"""Mails with the traits of public bug reports on mail programs, servers, gateways and lists."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator
from itertools import pairwise

from make_inbox import archive
from reported_forms import notebook

_HEAD = (
    b"From: Core participant 2, Georgia <sample@example.org>\r\nTo: team@example.org\r\n"
    b"Subject: Our questions\r\nDate: Fri, 20 Nov 2020 12:00:00 +0100\r\nMIME-Version: 1.0\r\n"
)
_WORDS = b"Content-Type: text/plain; charset=utf-8\r\n\r\nPlease find our file attached.\r\n"
_ATTACHED = b'Content-Disposition: attachment; filename="questions.ipynb"\r\n'
_OCTETS = b"Content-Type: application/octet-stream\r\n"
_BASE64 = b"Content-Transfer-Encoding: base64\r\n"


def lines64(data: bytes) -> bytes:
    """Return base64 as mail programs break it."""
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def mixed(*parts: bytes, kind: bytes = b"mixed", close: bytes = b"--=-mixed--\r\n") -> bytes:
    """Return headers and parts of a mail with several parts."""
    begin = b'Content-Type: multipart/%s; boundary="=-mixed"\r\n\r\n' % kind
    return begin + b"".join(b"--=-mixed\r\n%s\r\n" % part for part in parts) + close


def part(body: bytes | None = None, *heads: bytes) -> bytes:
    """Return the notebook as an attachment; ``heads`` take the place of the usual headers."""
    coded = lines64(notebook()) if body is None else body
    return b"".join(heads or (_OCTETS, _BASE64, _ATTACHED)) + b"\r\n" + coded


def mail(*parts: bytes) -> bytes:
    """Return a mail with some words and these parts."""
    return _HEAD + mixed(_WORDS, *parts)


def _percent(name: str, *at: int) -> list[bytes]:
    """Cut a percent-encoded name into pieces, also in the middle of a letter."""
    coded = "".join(f"%{byte:02X}" for byte in name.encode())
    ends = [3 * place for place in (0, *at)] + [len(coded)]
    return [coded[a:b].encode() for a, b in pairwise(ends)]


def _continued() -> bytes:
    pieces = _percent("კითხვები GE-2.ipynb", 7, 20)
    names = [b" filename*%d*=%s" % (n, p) for n, p in enumerate(pieces)]
    names[0] = names[0].replace(b"=", b"=UTF-8''", 1)
    disposition = b"Content-Disposition: attachment;\r\n" + b";\r\n".join(names) + b"\r\n"
    return mail(part(None, _OCTETS, _BASE64, disposition))


def _two_pieces() -> bytes:
    data, cut = notebook(), 1000  # 1000 is no multiple of three: the first piece ends with "=="
    return mail(part(lines64(data[:cut]) + lines64(data[cut:])))


def _without_padding() -> bytes:
    data = notebook().rstrip(b"\n")
    data += b"\n" * (1 + (len(data) % 3 == 2))  # a length that needs padding
    assert lines64(data).rstrip().endswith(b"=")
    return mail(part(lines64(data).rstrip(b"=\r\n") + b"\r\n"))


def _bounced() -> bytes:
    notice = b"Content-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
    status = (
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        b"Final-Recipient: rfc822; team@example.org\r\nAction: failed\r\nStatus: 5.2.2\r\n"
    )
    original = b"Content-Type: message/rfc822\r\n\r\n" + mail(part()).replace(b"=-mixed", b"=-in")
    report = b"report; report-type=delivery-status"
    return _HEAD + mixed(notice, status, original, kind=report)


def _forwarded_in_base64() -> bytes:
    inner = lines64(mail(part()).replace(b"=-mixed", b"=-in"))
    return mail(b"Content-Type: message/rfc822\r\n" + _BASE64 + b"\r\n" + inner)


def _badly_closed() -> bytes:
    whole = mail(part()).replace(b"=-mixed", b"=-in").replace(b"--=-in--\r\n", b"--=-in\r\n")
    return _HEAD + mixed(b"Content-Type: message/rfc822\r\n\r\n" + whole, close=b"--=-mixed\r\n")


def _koi8_header() -> bytes:
    name = b"".join(b"=%02X" % byte for byte in "вопросы.ipynb".encode("koi8-r"))
    kind = b"Content-Type: =?koi8-r?Q?application/x-ipynb+json=3B_name=3D=22%s=22?=\r\n" % name
    return mail(part(None, kind, _BASE64))


def _eight_bits() -> bytes:
    coding = b"Content-Transfer-Encoding: 8bits\r\n"
    return mail(part(notebook().replace(b"\n", b"\r\n"), _OCTETS, coding, _ATTACHED))


def _soft_breaks() -> bytes:
    coding = b"Content-Transfer-Encoding: Quoted-Printable  \r\n"
    body = quopri.encodestring(notebook()).replace(b"\n", b"\r\n")
    kind = b"Content-Type: application/x-ipynb+json; charset=us-ascii\r\n"
    return mail(part(body, kind, coding, _ATTACHED))


def _invitation() -> bytes:
    event = (
        b"Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"
        b"METHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Seminar\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    return mail(event, part())


def _scrubbed() -> bytes:
    words = (
        b"Please find our file attached.\r\n-------------- next part --------------\r\n"
        b"A non-text attachment was scrubbed...\r\nName: questions.ipynb\r\n"
        b"Type: application/octet-stream\r\nSize: 24114 bytes\r\nDesc: not available\r\n"
        b"URL: <http://lists.example.org/pipermail/team/attachments/20201120/questions.obj>\r\n"
    )
    return _HEAD + b"Content-Type: text/plain; charset=us-ascii\r\n\r\n" + words


def _taken_away() -> bytes:
    heads = b'Content-Type: text/plain; name="Malware Alert Text.txt"\r\n'
    at = b'Content-Disposition: attachment; filename="Malware Alert Text.txt"\r\n'
    words = (
        b"Malware was detected in one or more attachments included with this email. All "
        b"attachments have been deleted.\r\n"
    )
    return mail(part(words, heads, at))


def _encrypted() -> bytes:
    version = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    body = (
        b'Content-Type: application/octet-stream; name="encrypted.asc"\r\n'
        b'Content-Disposition: inline; filename="encrypted.asc"\r\n\r\n'
        b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA1234567890abcdefghijklmnop\r\n=abcd\r\n"
        b"-----END PGP MESSAGE-----\r\n"
    )
    kind = b'encrypted; protocol="application/pgp-encrypted"'
    return _HEAD + mixed(version, body, kind=kind)


def _in_the_cloud() -> bytes:
    words = (
        b'Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Our file: <a href="https://'
        b'sample-my.sharepoint.com/:u:/g/personal/sample/EaBcD?e=x1">questions.ipynb</a></p>'
        b"</body></html>\r\n"
    )
    return _HEAD + words


def _partly_loaded() -> bytes:
    stub = part(b"", _OCTETS, _BASE64, _ATTACHED, b"X-Apple-Content-Length: 33012\r\n")
    whole = mail(stub).replace(b"\r\n", b"\n")
    plist = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict/></plist>\n'
    return b"%d\n%s%s" % (len(whole), whole, plist)


def _apple_mailbox() -> bytes:
    box = b"From sample@example.org Fri Nov 20 12:00:00 2020\n" + mail(part()).replace(
        b"\r\n", b"\n"
    )
    index = b"\x00\x0d\xbb\xa0\x00\x00\x00\x04" + b"\x00\x01" * 30
    return archive(("Team.mbox/mbox", box), ("Team.mbox/table_of_contents", index))


def _blank_in_headers(blank: bytes) -> bytes:
    return mail(part()).replace(b"Date:", blank + b"Date:", 1)


def mails() -> Iterator[tuple[str, bytes]]:
    """Yield each mail: its name begins with its number in the log."""
    yield "01 name in pieces.eml", _continued()
    yield "02 base64 in two pieces.eml", _two_pieces()
    yield "03 blanks behind base64.eml", mail(part()).replace(b": base64\r\n", b": base64  \r\n")
    yield "04 base64 without padding.eml", _without_padding()
    yield "05 no closing boundary.eml", _HEAD + mixed(_WORDS, part(), close=b"")
    yield "06 boundary closed like an opening one.eml", _badly_closed()
    yield "07 encoding 8bits.eml", _eight_bits()
    yield "08 forwarded mail in base64.eml", _forwarded_in_base64()
    yield "09 empty lines before Content-Type.eml", mail(part()).replace(b"Content-Type: multi", b"\r\n\r\nContent-type: multi", 1)  # fmt: skip
    yield "10 line of blanks in the headers.eml", _blank_in_headers(b"References: <1@example.org>\r\n  \r\n")  # fmt: skip
    yield "11 lines end CR CR LF.eml", mail(part()).replace(b"\r\n", b"\r\r\n")
    yield "12 LF and CRLF mixed.mbox", b"From - Fri Nov 20 12:00:00 2020\nX-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n" + mail(part())  # fmt: skip
    yield "13 bounced back.eml", _bounced()
    yield "14 header in koi8-r.eml", _koi8_header()
    yield "15 quoted-printable notebook.eml", _soft_breaks()
    yield "16 invitation without a name beside it.eml", _invitation()
    yield "17 exported mailbox of Apple Mail.zip", _apple_mailbox()
    yield "18 scrubbed by a mailing list.eml", _scrubbed()
    yield "19 taken away by a gateway.eml", _taken_away()
    yield "20 encrypted with PGP.eml", _encrypted()
    yield "21 a link in place of the file.eml", _in_the_cloud()
    yield "22 partly loaded.partial.emlx", _partly_loaded()
