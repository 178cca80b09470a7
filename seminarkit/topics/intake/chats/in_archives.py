"""Leaves out of a zip archive what was looked at unpacked, to look for chats in the rest."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Container

from seminarkit.topics.intake.archives.zip_archives import entry_name
from seminarkit.topics.intake.archives.zip_names import open_zip
from seminarkit.topics.intake.containers import MAX_FILE

_LOCAL_HEAD = struct.Struct("<26x2H")


def without_entries(data: bytes, names: Container[str]) -> bytes:
    """Return a zip archive without the packed bytes of the entries with these names.

    What is left is what stands between entries, and what is stored without packing.
    """
    left, start = [], 0
    with open_zip(data) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    for entry in entries:
        head = entry.header_offset + _LOCAL_HEAD.size
        packed = entry.compress_type == zipfile.ZIP_DEFLATED and entry_name(entry) in names
        if packed and start <= head <= len(data):
            name, extra = _LOCAL_HEAD.unpack_from(data, entry.header_offset)
            body = head + name + extra
            inflated = zlib.decompressobj(wbits=-15)
            inflated.decompress(data[body : body + entry.compress_size], MAX_FILE)
            left += [data[start:body], inflated.unused_data]
            start = body + entry.compress_size
    return b"\n".join([*left, data[start:]])
