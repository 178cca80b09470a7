"""Open the mail formats of Outlook: winmail.dat (TNEF) and .msg.

Only attachments and the plain-text body are read; a body in rich text alone is not.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from seminarkit.topics.intake.containers import MAX_FILE, Allowance, MailWords, Part, too_large
from seminarkit.topics.intake.encoding.decode import decode

TNEF = b"\x78\x9f\x3e\x22"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ATTRIBUTE = struct.Struct("<BII")
_BODY, _FILE, _TITLE, _NEW_FILE, _PROPERTIES = 0x2800C, 0x6800F, 0x18010, 0x69002, 0x69005
_LONG_NAME = (0x3707, 0x3704)
_FIXED_SIZES = {2: 4, 3: 4, 4: 4, 10: 4, 11: 4, 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16}
_TEXTS = (0x1E, 0x1F)
_VARIABLE = (0x1E, 0x1F, 0x0D, 0x0102)
_MOST = 5_000
# a stream of a .msg; old Office files name their streams in UTF-16
_MSG_STREAM = "__properties_version1.0".encode("utf-16-le")


def is_msg(data: bytes) -> bool:
    """Return whether bytes are an Outlook .msg file."""
    return data.startswith(OLE) and _MSG_STREAM in data


def tnef_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the attachments and the plain-text body of a winmail.dat."""
    name, position, number = "", 6, 0
    content_of_file: bytes | None = None
    while position + _ATTRIBUTE.size <= len(data) and number < _MOST:
        number += 1
        level, attribute, size = _ATTRIBUTE.unpack_from(data, position)
        content = data[position + _ATTRIBUTE.size : position + _ATTRIBUTE.size + size]
        position += _ATTRIBUTE.size + size + 2  # 2 for the checksum
        if level not in (1, 2) or len(content) < size:
            break
        if attribute == _BODY:
            yield _body_part(content.rstrip(b"\0"))
        elif attribute == _NEW_FILE:
            yield from _file_part(name, content_of_file, allowance)
            name, content_of_file = "", None
        elif attribute == _FILE:
            content_of_file = content
        elif attribute == _TITLE:
            name = name or decode(content.rstrip(b"\0"))[0]
        elif attribute == _PROPERTIES:
            name = _long_name(content) or name
    yield from _file_part(name, content_of_file, allowance)


def msg_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the attachments and the plain-text body of a .msg; a mail within it is not opened."""
    import logging

    import olefile

    logging.getLogger("olefile").setLevel(logging.CRITICAL)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as mail:
            streams = {"/".join(path): path for path in mail.listdir()[:_MOST]}
            body = _text(mail, streams, "")
            if body:
                yield _body_part(body.encode("utf-8"))
            folders = dict.fromkeys(name.partition("/")[0] for name in streams)
            for folder in folders:
                if folder.startswith("__attach"):
                    yield from _attachment(mail, streams, folder, allowance)
    except (OSError, ValueError, IndexError, struct.error, TypeError, AttributeError):
        return  # damaged: keep the parts read so far


def _attachment(
    mail: object, streams: dict[str, list[str]], folder: str, allowance: Allowance
) -> Iterator[Part]:
    name = ""
    for number in ("3707", "3704", "3001"):
        name = name or _text(mail, streams, f"{folder}/", number)
    path = streams.get(f"{folder}/__substg1.0_37010102")
    if path:
        yield from _file_part(name, _stream(mail, path), allowance)
    elif any(stream.startswith(f"{folder}/__substg1.0_3701000D/") for stream in streams):
        problem = "It is a mail inside the mail. Open it in Outlook and send its files separately."
        yield Part(name or "a forwarded mail", None, problem)


def _text(mail: object, streams: dict[str, list[str]], folder: str, number: str = "1000") -> str:
    if path := streams.get(f"{folder}__substg1.0_{number}001F"):
        return _stream(mail, path).decode("utf-16-le", "replace").rstrip("\0")
    if path := streams.get(f"{folder}__substg1.0_{number}001E"):
        return decode(_stream(mail, path).rstrip(b"\0"))[0]
    return ""


def _stream(mail: object, path: list[str]) -> bytes:
    content: bytes = mail.openstream(path).read(MAX_FILE + 1)  # type: ignore[attr-defined]
    return content


def _body_part(content: bytes) -> Part:
    text, _ = decode(content)
    return Part("the mail's text", content, role="words", words=MailWords(text, "text/plain"))


def _file_part(name: str, content: bytes | None, allowance: Allowance) -> Iterator[Part]:
    if content is None:
        return
    allowance.spend(len(content))
    name = name or "an attachment"
    if len(content) > MAX_FILE:
        yield Part(name, None, too_large(len(content)))
    else:
        yield Part(name, content)


def _long_name(data: bytes) -> str:
    """Return the long file name from the properties of an attachment, or ''."""
    position = 4
    for _ in range(min(int.from_bytes(data[:4], "little"), _MOST)):
        if position + 4 > len(data):
            break
        kind, number = struct.unpack_from("<HH", data, position)
        position += 4
        if number >= 0x8000 or kind & 0x1000:  # a named or multi-valued property
            break
        if kind in _FIXED_SIZES:
            position += _FIXED_SIZES[kind]
        elif kind in _VARIABLE:
            size = int.from_bytes(data[position + 4 : position + 8], "little")
            content = data[position + 8 : position + 8 + size]
            if number in _LONG_NAME and kind in _TEXTS:
                text = (
                    content.decode("utf-16-le", "replace") if kind == 0x1F else decode(content)[0]
                )
                return text.rstrip("\0")
            position += 8 + size + -size % 4
        else:
            break
    return ""
