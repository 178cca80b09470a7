"""Opens packed files to look for chats in them, with the bounds that hold for zip archives."""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator

from seminarkit.collect.containers import MAX_FILE, Allowance

_MEMORY = 128 * 2**20
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
