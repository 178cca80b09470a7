"""Opens a zip archive also where its names are written with a slip; names are only shown here.

The library refuses an archive for one name that is marked as UTF-8 and is not, and an entry whose
own name differs from that in the directory, be it by a slash alone.
"""

from __future__ import annotations

import io
import struct
import zipfile

_UTF_8 = 0x800
_LOCAL, _ENTRY, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_NAME = struct.Struct("<6xH18xH2x")  # flags, length of the name
_LENGTHS = struct.Struct("<HHH")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return an archive for reading; raises what the library raises for one that is damaged."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:
        data = _unmarked(data)
        archive = zipfile.ZipFile(io.BytesIO(data))
    mended = bytearray(data)
    for entry in archive.infolist():
        _make_one(mended, entry)
    if mended != data:
        archive.fp = io.BytesIO(mended)
    return archive


def _make_one(data: bytearray, entry: zipfile.ZipInfo) -> None:
    """Let an entry have the name that the library is to find there, in one encoding."""
    at = entry.header_offset
    if not data.startswith(_LOCAL, max(at, 0)) or at + _LOCAL_NAME.size > len(data):
        return  # damaged: the library says so
    flags, length = _LOCAL_NAME.unpack_from(data, at)
    own = bytes(data[at + 30 : at + 30 + length])
    try:
        entry.orig_filename = own.decode("utf-8" if entry.flag_bits & _UTF_8 else "cp437")
    except UnicodeDecodeError:
        entry.flag_bits &= ~_UTF_8
        entry.orig_filename = own.decode("cp437")
    flags = (flags & ~_UTF_8) | (entry.flag_bits & _UTF_8)
    data[at + 6 : at + 8] = flags.to_bytes(2, "little")


def _unmarked(data: bytes) -> bytes:
    """Return the archive with the mark of UTF-8 taken from the names that are none."""
    end = data.rfind(_END)
    if end < 0 or end + 22 > len(data):
        return data
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    mended = bytearray(data)
    at = end - size
    while 0 <= at < end and data.startswith(_ENTRY, at) and at + 46 <= len(data):
        flags = int.from_bytes(data[at + 8 : at + 10], "little")
        name, extra, remark = _LENGTHS.unpack_from(data, at + 28)
        try:
            data[at + 46 : at + 46 + name].decode("utf-8")
        except UnicodeDecodeError:
            mended[at + 8 : at + 10] = (flags & ~_UTF_8).to_bytes(2, "little")
        at += 46 + name + extra + remark
    return bytes(mended)
