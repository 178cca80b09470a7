"""Open a file saved as a ``data:`` URL, which is how web pages embed small files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from seminarkit.topics.intake.containers import MAX_FILE, Allowance, Part, too_large
from seminarkit.topics.intake.mail.repair import from_base_64

ADDRESS = re.compile(
    rb"[\"']?data:[\w.+-]+/[\w.+-]+(?:;[\w-]+=[\w\"'.-]+)*(?P<coded>;base64)?,", re.I
)


def address_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the file encoded in the URL."""
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    address = ADDRESS.match(data)
    if not address:
        return
    encoded = data[address.end() :].rstrip(b"\"' \t\r\n")
    content = (
        from_base_64(unquote_to_bytes(encoded)) if address["coded"] else unquote_to_bytes(encoded)
    )
    allowance.spend(len(content))
    if len(content) > MAX_FILE:
        yield Part("the file inside", None, too_large(len(content)))
    else:
        yield Part("the file inside", content)
