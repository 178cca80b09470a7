"""Opens mails that are signed as one block (S/MIME, smime.p7m); a seal is not checked.

Such a block is CMS in BER (RFC 5652): things of a tag, a length and a content, which may hold
others. Only the way to the signed words is walked.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from seminarkit.topics.intake.containers import Allowance, Part

_PKCS7 = bytes.fromhex("2a864886f70d0107")
_SIGNED, _SEALED = _PKCS7 + b"\2", (_PKCS7 + b"\3", bytes.fromhex("2a864886f70d010910010117"))
_SEQUENCE, _OID, _OCTETS, _OCTETS_IN_PIECES, _TAGGED = 0x30, 0x06, 0x04, 0x24, 0xA0
_ARMOUR = re.compile(rb"\s*-----BEGIN (?:PKCS7|CMS)-----\s*([A-Za-z0-9+/=\s]+)-----END")
_MOST = 20_000
_DEEPEST = 20


class _Thing(NamedTuple):
    tag: int
    content: bytes


class _NoBlockError(Exception):
    pass


def is_signed(data: bytes) -> bool:
    """Say whether bytes are a block of signed words, or a signature without them."""
    return _kind(data) == _SIGNED


def is_sealed(data: bytes) -> bool:
    """Say whether bytes are an encrypted block, which only its receiver can open."""
    return _kind(data) in _SEALED


def is_signature(data: bytes) -> bool:
    """Say whether bytes are a signature alone, which stands beside what it signs."""
    return is_signed(data) and _walk(data) == b""


def signed_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the mail that is signed; nothing where the block cannot be walked."""
    if content := _walk(data):
        allowance.spend(len(content))
        yield Part("the signed mail", content)


def _kind(data: bytes) -> bytes:
    """Return the number of the kind of block, which stands first in it."""
    start = _without_armour(data)[:40]
    place = start.find(b"\x06", 2, 12)
    if not start.startswith(b"\x30") or place < 0 or place + 2 > len(start):
        return b""
    return start[place + 2 : place + 2 + start[place + 1]]


def _walk(data: bytes) -> bytes | None:
    """Return the signed words, b'' where none are in the block, None where it is damaged."""
    try:
        block = _inside(_without_armour(data), _SEQUENCE)
        signed = _inside(_content_of(block, _TAGGED), _SEQUENCE)
        within = _content_of(signed, _SEQUENCE)
        holders = [thing for thing in _things(within) if thing.tag == _TAGGED]
        return b"".join(_octets(holder.content, _DEEPEST) for holder in holders)
    except (_NoBlockError, IndexError):
        return None


def _inside(data: bytes, tag: int) -> bytes:
    """Return the content of the one thing that bytes begin with."""
    for thing in _things(data):
        if thing.tag == tag:
            return thing.content
        break
    raise _NoBlockError


def _content_of(data: bytes, tag: int) -> bytes:
    """Return the content of the first thing with a tag."""
    for thing in _things(data):
        if thing.tag == tag:
            return thing.content
    raise _NoBlockError


def _octets(data: bytes, depth: int) -> bytes:
    """Return the words in a thing, which may be cut into pieces."""
    pieces = []
    for thing in _things(data):
        if thing.tag == _OCTETS:
            pieces.append(thing.content)
        elif thing.tag == _OCTETS_IN_PIECES and depth:
            pieces.append(_octets(thing.content, depth - 1))
    return b"".join(pieces)


def _things(data: bytes) -> Iterator[_Thing]:
    place, number = 0, 0
    while place < len(data):
        number += 1
        if number > _MOST:
            raise _NoBlockError
        begin, end, after = _bounds(data, place, _DEEPEST)
        if data[place:begin] == b"\0\0":
            return
        yield _Thing(data[place], data[begin:end])
        place = after


def _bounds(data: bytes, place: int, depth: int) -> tuple[int, int, int]:
    """Return where the content of a thing begins and ends, and where the next one begins."""
    first = data[place + 1]
    begin = place + 2
    if first == 0x80:  # of no told length: it goes to two noughts
        inner = begin
        while data[inner : inner + 2] != b"\0\0":
            if not depth or inner >= len(data):
                raise _NoBlockError
            _, _, inner = _bounds(data, inner, depth - 1)
        return begin, inner, inner + 2
    if first > 0x80:
        number = first & 0x7F
        first, begin = int.from_bytes(data[begin : begin + number], "big"), begin + number
    if begin + first > len(data):
        raise _NoBlockError
    return begin, begin + first, begin + first


def _without_armour(data: bytes) -> bytes:
    armour = _ARMOUR.match(data)
    if not armour:
        return data
    try:
        return base64.b64decode(re.sub(rb"\s", b"", armour[1]))
    except binascii.Error:
        return b""
