"""Wraps files as the programs of the world do: archives, mails, signed blocks, Outlook's own."""

from __future__ import annotations

import base64
import binascii
import io
import struct
import tarfile
import zipfile
from email.message import EmailMessage
from typing import Any

from ole_tools import ole


def zipped_files(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*files: tuple[str, bytes], mode: Any = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def mail_with(*files: tuple[str, bytes], body: str = "see attached") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "form"
    mail.set_content(body)
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def _thing(tag: int, content: bytes, *, endless: bool = False) -> bytes:
    if endless:
        return bytes([tag, 0x80]) + content + b"\0\0"
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + content


def signed_block(content: bytes, *, endless: bool = False, kind: int = 2) -> bytes:
    """Return a block of CMS as ministries' mail programs write it, without certificates."""
    octets = _thing(4, content)
    if endless:
        pieces = b"".join(_thing(4, content[i : i + 1000]) for i in range(0, len(content), 1000))
        octets = _thing(0x24, pieces, endless=True)
    data = _thing(0x06, bytes.fromhex("2a864886f70d010701"))
    within = _thing(
        0x30, data + (_thing(0xA0, octets, endless=endless) if content else b""), endless=endless
    )
    signed = _thing(
        0x30, _thing(2, b"\1") + _thing(0x31, b"") + within + _thing(0x31, b""), endless=endless
    )
    number = _thing(0x06, bytes.fromhex("2a864886f70d0107") + bytes([kind]))
    return _thing(0x30, number + _thing(0xA0, signed, endless=endless), endless=endless)


def tnef(*files: tuple[str, bytes], body: bytes = b"") -> bytes:
    def attribute(level: int, what: int, data: bytes) -> bytes:
        return (
            struct.pack("<BII", level, what, len(data))
            + data
            + struct.pack("<H", sum(data) & 0xFFFF)
        )

    parts = [struct.pack("<IH", 0x223E9F78, 1), attribute(1, 0x89006, struct.pack("<I", 0x10000))]
    parts += [attribute(1, 0x2800C, body + b"\0")] if body else []
    for name, data in files:
        long = name.encode("utf-16-le") + b"\0\0"
        prop = struct.pack("<HHII", 0x1F, 0x3707, 1, len(long)) + long + b"\0" * (-len(long) % 4)
        parts += [
            attribute(2, 0x69002, b"\0" * 14),
            attribute(2, 0x18010, b"Q~1.IPY\0"),
            attribute(2, 0x6800F, data),
            attribute(2, 0x69005, struct.pack("<I", 1) + prop),
        ]
    return b"".join(parts)


def outlook_msg(*files: tuple[str, bytes], body: str = "see attached") -> bytes:
    """Return a mail as Outlook saves it, as .msg."""
    streams = {
        "__properties_version1.0": b"\0" * 32,
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for number, (name, data) in enumerate(files):
        folder = f"__attach_version1.0_#{number:08}"
        streams[f"{folder}/__substg1.0_37010102"] = data.ljust(4096)
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
    return ole(streams)


def uuencoded(name: str, data: bytes) -> str:
    lines = [binascii.b2a_uu(data[i : i + 45]).decode() for i in range(0, len(data), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def forwarded(way: str, name: str, content: bytes) -> bytes:
    """Return a mail that holds a mail, written down against the rules."""
    inner = base64.encodebytes(mail_with((name, content)))
    return (
        b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="XX"\n\n--XX\nContent-Type: '
        + way.encode()
        + b"\nContent-Transfer-Encoding: base64\n\n"
        + inner
        + b"\n--XX--\n"
    )
