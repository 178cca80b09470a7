"""Remove the entries already searched from a zip archive, to search its remaining bytes."""

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
    """Return a zip archive without the compressed bytes of the entries with these names.

    What remains are the bytes between entries, and entries stored without compression.
    """
    pieces, start = [], 0
    with open_zip(data) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    for entry in entries:
        head_end = entry.header_offset + _LOCAL_HEAD.size
        is_removed = entry.compress_type == zipfile.ZIP_DEFLATED and entry_name(entry) in names
        if is_removed and start <= head_end <= len(data):
            name, extra = _LOCAL_HEAD.unpack_from(data, entry.header_offset)
            body = head_end + name + extra
            inflated = zlib.decompressobj(wbits=-15)
            inflated.decompress(data[body : body + entry.compress_size], MAX_FILE)
            pieces += [data[start:body], inflated.unused_data]
            start = body + entry.compress_size
    return b"\n".join([*pieces, data[start:]])
