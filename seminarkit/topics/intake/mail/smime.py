"""Open mails signed as one block (S/MIME, smime.p7m); the signature is not verified.

Such a block is CMS in BER (RFC 5652): nested elements of tag, length and content. Only the path to
the signed content is parsed.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from seminarkit.topics.intake.containers import Allowance, Part

_PKCS7 = bytes.fromhex("2a864886f70d0107")
_SIGNED, _ENVELOPED = _PKCS7 + b"\2", (_PKCS7 + b"\3", bytes.fromhex("2a864886f70d010910010117"))
_SEQUENCE, _OID, _OCTETS, _SPLIT_OCTETS, _TAGGED = 0x30, 0x06, 0x04, 0x24, 0xA0
_ARMOUR = re.compile(rb"\s*-----BEGIN (?:PKCS7|CMS)-----\s*([A-Za-z0-9+/=\s]+)-----END")
_MOST = 20_000
_DEEPEST = 20


class _Element(NamedTuple):
    tag: int
    content: bytes


class _NotCmsError(Exception):
    pass


def is_signed(data: bytes) -> bool:
    """Return whether bytes are CMS signed data, with or without the signed content."""
    return _content_type(data) == _SIGNED


def is_sealed(data: bytes) -> bool:
    """Return whether bytes are encrypted CMS data, which only the recipient can open."""
    return _content_type(data) in _ENVELOPED


def is_signature(data: bytes) -> bool:
    """Return whether bytes are a detached signature, without the signed content."""
    return is_signed(data) and _signed_content(data) == b""


def signed_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the signed mail; nothing if the block cannot be parsed."""
    if content := _signed_content(data):
        allowance.spend(len(content))
        yield Part("the signed mail", content)


def _content_type(data: bytes) -> bytes:
    """Return the object identifier of the content type, which is first in the block."""
    start = _without_armour(data)[:40]
    position = start.find(b"\x06", 2, 12)
    if not start.startswith(b"\x30") or position < 0 or position + 2 > len(start):
        return b""
    return start[position + 2 : position + 2 + start[position + 1]]


def _signed_content(data: bytes) -> bytes | None:
    """Return the signed content, b'' if the block has none, None if it is damaged."""
    try:
        block = _content_of_first(_without_armour(data), _SEQUENCE)
        signed_data = _content_of_first(_content_of(block, _TAGGED), _SEQUENCE)
        content_info = _content_of(signed_data, _SEQUENCE)
        holders = [element for element in _elements(content_info) if element.tag == _TAGGED]
        return b"".join(_octet_string(holder.content, _DEEPEST) for holder in holders)
    except (_NotCmsError, IndexError):
        return None


def _content_of_first(data: bytes, tag: int) -> bytes:
    """Return the content of the first element, which must have this tag."""
    for element in _elements(data):
        if element.tag == tag:
            return element.content
        break
    raise _NotCmsError


def _content_of(data: bytes, tag: int) -> bytes:
    """Return the content of the first element with this tag."""
    for element in _elements(data):
        if element.tag == tag:
            return element.content
    raise _NotCmsError


def _octet_string(data: bytes, depth: int) -> bytes:
    """Return the octet string in an element, which may be split into pieces."""
    pieces = []
    for element in _elements(data):
        if element.tag == _OCTETS:
            pieces.append(element.content)
        elif element.tag == _SPLIT_OCTETS and depth:
            pieces.append(_octet_string(element.content, depth - 1))
    return b"".join(pieces)


def _elements(data: bytes) -> Iterator[_Element]:
    position, number = 0, 0
    while position < len(data):
        number += 1
        if number > _MOST:
            raise _NotCmsError
        begin, end, after = _bounds(data, position, _DEEPEST)
        if data[position:begin] == b"\0\0":
            return
        yield _Element(data[position], data[begin:end])
        position = after


def _bounds(data: bytes, position: int, depth: int) -> tuple[int, int, int]:
    """Return the begin and end of an element's content, and the begin of the next element."""
    length = data[position + 1]
    begin = position + 2
    if length == 0x80:  # indefinite length: the content ends with two zero bytes
        inner = begin
        while data[inner : inner + 2] != b"\0\0":
            if not depth or inner >= len(data):
                raise _NotCmsError
            _, _, inner = _bounds(data, inner, depth - 1)
        return begin, inner, inner + 2
    if length > 0x80:
        number = length & 0x7F
        length, begin = int.from_bytes(data[begin : begin + number], "big"), begin + number
    if begin + length > len(data):
        raise _NotCmsError
    return begin, begin + length, begin + length


def _without_armour(data: bytes) -> bytes:
    armour = _ARMOUR.match(data)
    if not armour:
        return data
    try:
        return base64.b64decode(re.sub(rb"\s", b"", armour[1]))
    except binascii.Error:
        return b""
