"""Opens files packed by gzip, bzip2 or xz, and tar archives, with the bounds of all archives."""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator

from seminarkit.topics.intake.containers import MAX_FILE, Allowance, Part, is_junk, too_large
from seminarkit.topics.intake.refusal import Refusal

_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
_LZMA = b"\x5d\0\0"  # the older form of xz, which has no mark of its own
_MEMORY = 128 * 2**20
_NAMED = 8
_CUT_OFF = "It is cut off or damaged inside its packing. Ask for it again."


def is_packed(data: bytes) -> bool:
    """Say whether bytes are one packed file."""
    return data.startswith((_GZIP, _BZIP2, _XZ)) or (
        data.startswith(_LZMA) and unpacked(data) is not None
    )


def packed_part(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the one file that is packed by gzip, bzip2 or xz."""
    whole = unpacked(data)
    if whole is None:
        raise Refusal("It is a packed file that is cut off or damaged. Ask for it again.")
    content, ends = whole
    allowance.spend(len(content))
    if len(content) > MAX_FILE:
        yield Part(_name(data), content[:MAX_FILE], too_large(len(content)))
    elif is_junk(_name(data), content):
        return
    else:
        yield Part(_name(data), content, "" if ends else _CUT_OFF)


def unpacked(data: bytes) -> tuple[bytes, bool] | None:
    """Return what a packed file holds, no more than a file may be, and whether it is whole.

    None for what is not packed, or of which nothing can be had.
    """
    if data.startswith(_GZIP):
        return _gzip(data)
    opened: bz2.BZ2Decompressor | lzma.LZMADecompressor
    try:
        if data.startswith(_BZIP2):
            opened = bz2.BZ2Decompressor()
        elif data.startswith((_XZ, _LZMA)):
            opened = lzma.LZMADecompressor(memlimit=_MEMORY)
        else:
            return None
        content = opened.decompress(data, MAX_FILE + 1)
    except (OSError, lzma.LZMAError, EOFError, ValueError, MemoryError):
        return None
    return (content, opened.eof) if content or opened.eof else None


def is_tar(data: bytes) -> bool:
    """Say whether bytes begin as a tar archive, also one of the oldest kind, without its mark."""
    if len(data) < 512:
        return False
    try:
        tarfile.TarInfo.frombuf(data[:512], "utf-8", "replace")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def tar_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield each file in a tar archive. Nothing is written, and no link is followed."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                if not (member.isreg() and (file := archive.extractfile(member))):
                    continue
                content = file.read(MAX_FILE + 1)
                allowance.spend(len(content))
                if is_junk(member.name, content):
                    continue
                if len(content) > MAX_FILE:
                    yield Part(member.name, content[:MAX_FILE], too_large(member.size))
                elif len(content) < member.size:
                    yield Part(member.name, content, _CUT_OFF)
                else:
                    yield Part(member.name, content)
    except (tarfile.TarError, OSError, EOFError, ValueError, OverflowError):
        # what came before was read
        problem = "Here the archive is cut off or damaged. Ask for it again."
        yield Part("the rest of the archive", None, problem)


def _gzip(data: bytes) -> tuple[bytes, bool] | None:
    """Return what a gzip file holds, which may be several ones behind each other."""
    whole, ends = b"", True
    while data.startswith(_GZIP) and len(whole) <= MAX_FILE:
        opened = zlib.decompressobj(wbits=31)
        try:
            whole += opened.decompress(data, MAX_FILE + 1 - len(whole))
        except (zlib.error, MemoryError):
            ends = False
            break
        data, ends = opened.unused_data, opened.eof
    return (whole, ends) if whole or ends else None


def _name(data: bytes) -> str:
    """Return the name of the file before it was packed, as gzip keeps it."""
    if data.startswith(_GZIP) and len(data) > 10 and data[3] & _NAMED and not data[3] & 4:
        return data[10 : data.find(b"\0", 10)][:200].decode("utf-8", "replace")
    return "the file inside"
