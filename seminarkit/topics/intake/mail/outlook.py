"""Opens what Outlook keeps a mail in: winmail.dat (TNEF), and .msg files.

Only files and plain words are taken. Words that are in rich text alone are not read.
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
# names of what an old Office file keeps in itself, as UTF-16
_MSG = "__properties_version1.0".encode("utf-16-le")


def is_msg(data: bytes) -> bool:
    """Say whether bytes are a mail that Outlook saved as .msg."""
    return data.startswith(OLE) and _MSG in data


def tnef_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the files in a winmail.dat, and its plain words."""
    name, place, number = "", 6, 0
    waiting: bytes | None = None
    while place + _ATTRIBUTE.size <= len(data) and number < _MOST:
        number += 1
        level, what, size = _ATTRIBUTE.unpack_from(data, place)
        content = data[place + _ATTRIBUTE.size : place + _ATTRIBUTE.size + size]
        place += _ATTRIBUTE.size + size + 2  # and a sum to check it by
        if level not in (1, 2) or len(content) < size:
            break
        if what == _BODY:
            yield _words(content.rstrip(b"\0"))
        elif what == _NEW_FILE:
            yield from _file(name, waiting, allowance)
            name, waiting = "", None
        elif what == _FILE:
            waiting = content
        elif what == _TITLE:
            name = name or decode(content.rstrip(b"\0"))[0]
        elif what == _PROPERTIES:
            name = _long_name(content) or name
    yield from _file(name, waiting, allowance)


def msg_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the files in a .msg, and its plain words; a mail in it is not opened further."""
    import logging

    import olefile

    logging.getLogger("olefile").setLevel(logging.CRITICAL)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as mail:
            streams = {"/".join(path): path for path in mail.listdir()[:_MOST]}
            body = _text(mail, streams, "")
            if body:
                yield _words(body.encode("utf-8"))
            folders = dict.fromkeys(name.partition("/")[0] for name in streams)
            for folder in folders:
                if folder.startswith("__attach"):
                    yield from _attached(mail, streams, folder, allowance)
    except (OSError, ValueError, IndexError, struct.error, TypeError, AttributeError):
        return  # damaged: what came before was read


def _attached(
    mail: object, streams: dict[str, list[str]], folder: str, allowance: Allowance
) -> Iterator[Part]:
    name = ""
    for what in ("3707", "3704", "3001"):
        name = name or _text(mail, streams, f"{folder}/", what)
    place = streams.get(f"{folder}/__substg1.0_37010102")
    if place:
        yield from _file(name, _stream(mail, place), allowance)
    elif any(each.startswith(f"{folder}/__substg1.0_3701000D/") for each in streams):
        problem = "It is a mail within the mail. Open it in Outlook and send its files themselves."
        yield Part(name or "a forwarded mail", None, problem)


def _text(mail: object, streams: dict[str, list[str]], folder: str, what: str = "1000") -> str:
    if place := streams.get(f"{folder}__substg1.0_{what}001F"):
        return _stream(mail, place).decode("utf-16-le", "replace").rstrip("\0")
    if place := streams.get(f"{folder}__substg1.0_{what}001E"):
        return decode(_stream(mail, place).rstrip(b"\0"))[0]
    return ""


def _stream(mail: object, place: list[str]) -> bytes:
    content: bytes = mail.openstream(place).read(MAX_FILE + 1)  # type: ignore[attr-defined]
    return content


def _words(content: bytes) -> Part:
    text, _ = decode(content)
    return Part("the mail's text", content, role="words", words=MailWords(text, "text/plain"))


def _file(name: str, content: bytes | None, allowance: Allowance) -> Iterator[Part]:
    if content is None:
        return
    allowance.spend(len(content))
    name = name or "an attachment"
    if len(content) > MAX_FILE:
        yield Part(name, None, too_large(len(content)))
    else:
        yield Part(name, content)


def _long_name(data: bytes) -> str:
    """Return the long name of a file among its properties; nothing where it is not had."""
    place = 4
    for _ in range(min(int.from_bytes(data[:4], "little"), _MOST)):
        if place + 4 > len(data):
            break
        kind, number = struct.unpack_from("<HH", data, place)
        place += 4
        if number >= 0x8000 or kind & 0x1000:  # a property with a name of its own, or several
            break
        if kind in _FIXED_SIZES:
            place += _FIXED_SIZES[kind]
        elif kind in _VARIABLE:
            size = int.from_bytes(data[place + 4 : place + 8], "little")
            content = data[place + 8 : place + 8 + size]
            if number in _LONG_NAME and kind in _TEXTS:
                text = (
                    content.decode("utf-16-le", "replace") if kind == 0x1F else decode(content)[0]
                )
                return text.rstrip("\0")
            place += 8 + size + -size % 4
        else:
            break
    return ""
