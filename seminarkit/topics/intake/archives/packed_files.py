"""Open gzip, bzip2, xz and tar files, within the unpacking limits."""

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
_LZMA = b"\x5d\0\0"  # predecessor of xz, without a magic number
_MEMORY_LIMIT = 128 * 2**20
_HAS_NAME = 8
_CUT_OFF = "It is cut off or damaged inside its packing. Ask for it again."


def is_packed(data: bytes) -> bool:
    """Return whether the bytes are a gzip, bzip2, xz or LZMA file."""
    return data.startswith((_GZIP, _BZIP2, _XZ)) or (
        data.startswith(_LZMA) and unpacked(data) is not None
    )


def packed_part(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the single file in a gzip, bzip2 or xz file."""
    result = unpacked(data)
    if result is None:
        raise Refusal("It is a packed file that is cut off or damaged. Ask for it again.")
    content, is_complete = result
    allowance.spend(len(content))
    if len(content) > MAX_FILE:
        yield Part(_name(data), content[:MAX_FILE], too_large(len(content)))
    elif is_junk(_name(data), content):
        return
    else:
        yield Part(_name(data), content, "" if is_complete else _CUT_OFF)


def unpacked(data: bytes) -> tuple[bytes, bool] | None:
    """Return the content of a packed file, cut just above MAX_FILE, and whether it is complete.

    None if the bytes are not packed or nothing can be unpacked.
    """
    if data.startswith(_GZIP):
        return _gzip(data)
    decompressor: bz2.BZ2Decompressor | lzma.LZMADecompressor
    try:
        if data.startswith(_BZIP2):
            decompressor = bz2.BZ2Decompressor()
        elif data.startswith((_XZ, _LZMA)):
            decompressor = lzma.LZMADecompressor(memlimit=_MEMORY_LIMIT)
        else:
            return None
        content = decompressor.decompress(data, MAX_FILE + 1)
    except (OSError, lzma.LZMAError, EOFError, ValueError, MemoryError):
        return None
    return (content, decompressor.eof) if content or decompressor.eof else None


def is_tar(data: bytes) -> bool:
    """Return whether the bytes are a tar archive, including the old format without magic."""
    if len(data) < 512:
        return False
    try:
        tarfile.TarInfo.frombuf(data[:512], "utf-8", "replace")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def tar_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield each file in a tar archive, without writing files or following links."""
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
        # the files before this point were read
        problem = "From here on, the archive is cut off or damaged. Ask for it again."
        yield Part("the rest of the archive", None, problem)


def _gzip(data: bytes) -> tuple[bytes, bool] | None:
    """Return the content of a gzip file, which may have several members."""
    content, is_complete = b"", True
    while data.startswith(_GZIP) and len(content) <= MAX_FILE:
        decompressor = zlib.decompressobj(wbits=31)
        try:
            content += decompressor.decompress(data, MAX_FILE + 1 - len(content))
        except (zlib.error, MemoryError):
            is_complete = False
            break
        data, is_complete = decompressor.unused_data, decompressor.eof
    return (content, is_complete) if content or is_complete else None


def _name(data: bytes) -> str:
    """Return the original file name, which only gzip stores."""
    if data.startswith(_GZIP) and len(data) > 10 and data[3] & _HAS_NAME and not data[3] & 4:
        return data[10 : data.find(b"\0", 10)][:200].decode("utf-8", "replace")
    return "the file inside"
