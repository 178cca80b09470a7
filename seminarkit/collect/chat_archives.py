"""Opens packed files to look for chats in them, with the bounds that hold for zip archives."""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Container, Iterator

from seminarkit.collect.containers import MAX_FILE, Allowance

_MEMORY = 128 * 2**20
_LOCAL_HEAD = struct.Struct("<26x2H")
_XZ = (b"\xfd7zXZ\0", b"\x5d\0\0")


def unpacked(data: bytes) -> bytes | None:
    """Return the beginning of a file packed by gzip, bzip2 or xz; None for any other."""
    if data.startswith(b"\x1f\x8b"):
        return _joined_gzip(data)
    try:
        if data.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(data, MAX_FILE)
        if data.startswith(_XZ):
            return lzma.LZMADecompressor(memlimit=_MEMORY).decompress(data, MAX_FILE)
    except (OSError, lzma.LZMAError, EOFError, ValueError, MemoryError):
        return None
    return None


def is_tar(data: bytes) -> bool:
    """Say whether bytes begin as a tar archive, also one of the oldest kind, without its mark."""
    if len(data) < 512:
        return False
    try:
        tarfile.TarInfo.frombuf(data[:512], "utf-8", "replace")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def tar_parts(data: bytes, allowance: Allowance) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file in a tar archive; raises Refusal beyond the allowance.

    Nothing is written, and no link is followed.
    """
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                if member.isreg() and (file := archive.extractfile(member)):
                    content = file.read(MAX_FILE)
                    allowance.spend(len(content))
                    yield member.name, content
    except (tarfile.TarError, OSError, EOFError, ValueError):
        return  # cut off or damaged: what came before was looked at


def without_entries(data: bytes, names: Container[str]) -> bytes:
    """Return a zip archive without the packed bytes of the entries with these names.

    What is left is what stands between entries, and what is stored without packing.
    """
    left, start = [], 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    for entry in entries:
        head = entry.header_offset + _LOCAL_HEAD.size
        packed = entry.compress_type == zipfile.ZIP_DEFLATED and entry.filename in names
        if packed and start <= head <= len(data):
            name, extra = _LOCAL_HEAD.unpack_from(data, entry.header_offset)
            body = head + name + extra
            inflated = zlib.decompressobj(wbits=-15)
            inflated.decompress(data[body : body + entry.compress_size], MAX_FILE)
            left += [data[start:body], inflated.unused_data]
            start = body + entry.compress_size
    return b"\n".join([*left, data[start:]])


def _joined_gzip(data: bytes) -> bytes | None:
    """Return what a gzip file holds, which may be several ones behind each other."""
    whole = b""
    while data.startswith(b"\x1f\x8b") and len(whole) < MAX_FILE:
        opened = zlib.decompressobj(wbits=31)
        try:
            whole += opened.decompress(data, MAX_FILE - len(whole))
        except (zlib.error, MemoryError):
            break
        data = opened.unused_data
    return whole or None
