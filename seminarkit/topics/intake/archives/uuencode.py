"""Extract uuencoded files, which old mail programs put into the text of a mail."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from seminarkit.topics.intake.containers import Allowance, MailWords, Part
from seminarkit.topics.intake.encoding.decode import decode

_BLOCK = re.compile(
    rb"^begin(-base64)? [0-7]{3,4} ([^\r\n]{1,200})\r?\n(.*?)^(?:end|====)[ \t]*\r?$", re.M | re.S
)
_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} [^\r\n]{1,200}\r?\n[ -`]", re.M)


def is_uuencoded(data: bytes) -> bool:
    """Return whether a text contains a uuencoded file, complete or cut off."""
    return b"begin" in data and _BEGIN.search(data) is not None


def uuencoded_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the files in a text, and the text around them as mail words."""
    for block in _BLOCK.finditer(data):
        name = block[2].decode("utf-8", "replace").strip()
        content = _base64(block[3]) if block[1] else _uudecoded(block[3])
        allowance.spend(len(content or b""))
        problem = "" if content is not None else "It was damaged on its way. Ask for it again."
        yield Part(name, content, problem)
    rest = _BLOCK.sub(b"", data)
    if cut_off := _BEGIN.search(rest):
        yield Part("the file in its text", None, "It is cut off in the middle. Ask for it again.")
        rest = rest[: cut_off.start()]
    words = MailWords(decode(rest)[0], "text/plain")
    yield Part("the text around it", rest, role="words", words=words)


def _base64(lines: bytes) -> bytes | None:
    try:
        return binascii.a2b_base64(lines)
    except binascii.Error:
        return None


def _uudecoded(lines: bytes) -> bytes | None:
    chunks = []
    for line in lines.splitlines():
        if not line.strip(b"` "):
            continue
        try:
            chunks.append(binascii.a2b_uu(line))
        except binascii.Error:
            # some programs add padding or lose trailing spaces
            size = ((line[0] - 32) & 63) * 4 // 3 + 4
            try:
                chunks.append(binascii.a2b_uu(line[:size].ljust(size)))
            except binascii.Error:
                return None
    return b"".join(chunks)
