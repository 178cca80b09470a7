"""Open zip archives with faulty entry names, which are only shown, never used as paths.

zipfile refuses an archive if one name is marked as UTF-8 and is not, and an entry if its local
header has another name than the central directory, even if only a slash differs.
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
    """Return an archive for reading; raise the errors of zipfile if it is damaged."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:
        data = _without_false_flags(data)
        archive = zipfile.ZipFile(io.BytesIO(data))
    repaired = bytearray(data)
    for entry in archive.infolist():
        _align_name(repaired, entry)
    if repaired != data:
        archive.fp = io.BytesIO(repaired)
    return archive


def _align_name(data: bytearray, entry: zipfile.ZipInfo) -> None:
    """Make the local header and the directory entry agree on name and encoding."""
    at = entry.header_offset
    if not data.startswith(_LOCAL, max(at, 0)) or at + _LOCAL_NAME.size > len(data):
        return  # damaged: zipfile reports it
    flags, length = _LOCAL_NAME.unpack_from(data, at)
    name = bytes(data[at + 30 : at + 30 + length])
    try:
        entry.orig_filename = name.decode("utf-8" if entry.flag_bits & _UTF_8 else "cp437")
    except UnicodeDecodeError:
        entry.flag_bits &= ~_UTF_8
        entry.orig_filename = name.decode("cp437")
    flags = (flags & ~_UTF_8) | (entry.flag_bits & _UTF_8)
    data[at + 6 : at + 8] = flags.to_bytes(2, "little")


def _without_false_flags(data: bytes) -> bytes:
    """Return the archive without the UTF-8 flag on names that are not UTF-8."""
    end = data.rfind(_END)
    if end < 0 or end + 22 > len(data):
        return data
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    repaired = bytearray(data)
    at = end - size
    while 0 <= at < end and data.startswith(_ENTRY, at) and at + 46 <= len(data):
        flags = int.from_bytes(data[at + 8 : at + 10], "little")
        name, extra, remark = _LENGTHS.unpack_from(data, at + 28)
        try:
            data[at + 46 : at + 46 + name].decode("utf-8")
        except UnicodeDecodeError:
            repaired[at + 8 : at + 10] = (flags & ~_UTF_8).to_bytes(2, "little")
        at += 46 + name + extra + remark
    return bytes(repaired)
