"""Open zip archives of all programs; unsupported compression is reported with a remedy."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from collections.abc import Iterator, Sequence

from seminarkit.topics.intake.archives.zip_names import open_zip
from seminarkit.topics.intake.containers import (
    MAX_FILE,
    Allowance,
    Part,
    base_name,
    is_junk,
    too_large,
)
from seminarkit.topics.intake.encoding.decode import decode
from seminarkit.topics.intake.refusal import Refusal

LOCAL, EMPTY_END = b"PK\x03\x04", b"PK\x05\x06"
# markers of split archives: in a single segment, and in the first of several
SPLIT_MARKS = (b"PK00PK\x03\x04", b"PK\x07\x08PK\x03\x04")
_LOCAL_HEAD = struct.Struct("<4s22x2H")
_UTF_8_NAME, _LOCKED = 0x800, 0x1
_MAX_DICTIONARY = 128 * 2**20
_METHODS = {
    1: "Shrink",
    6: "Implode",
    9: "Deflate64",
    10: "PKWARE DCL",
    93: "Zstandard",
    95: "XZ",
    96: "JPEG",
    97: "WavPack",
    98: "PPMd",
}
_PACK_AGAIN = (
    "Pack it again in the usual way (Windows: right-click, 'Send to', 'Compressed folder'; Mac: "
    "'Compress'), or send the files unpacked."
)


def is_zip(data: bytes) -> bool:
    """Return whether the bytes are a zip archive, possibly with other data before it."""
    if data.startswith((LOCAL, EMPTY_END, *SPLIT_MARKS)):
        return True
    # any text may contain the end marker, so an entry before it is needed too
    end = data.rfind(EMPTY_END, max(0, len(data) - 2**16 - 22))
    return end > 0 and 0 <= data.find(LOCAL) < end and bool(names_in(data))


def names_in(data: bytes) -> list[str]:
    """Return the entry names of an archive, with forward slashes.

    For an archive that is cut off, this is only the name of the first entry.
    """
    try:
        with open_zip(data) as archive:
            return [name.replace("\\", "/") for name in archive.namelist()]
    except Exception:  # zipfile raises many exceptions for damaged archives
        return _first_entry_name(data)


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; guess its encoding if it is not marked as UTF-8."""
    if entry.flag_bits & _UTF_8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        return decode(entry.filename.encode("cp437"))[0]
    except UnicodeEncodeError:
        return entry.filename


def zip_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the files in a zip archive; names are only shown, never used as paths."""
    try:
        archive = open_zip(data)
        entries = _files(archive.infolist())
    except Exception:  # zipfile raises many exceptions for damaged archives
        raise Refusal(_unreadable_message(data)) from None
    for entry in entries:
        name = entry_name(entry)
        if problem := _problem(data, entry):
            yield Part(name, None, problem)
            continue
        try:
            with archive.open(entry) as file:
                # the declared size may be false, so read no more than the limit
                content = file.read(MAX_FILE + 1)
        except NotImplementedError:
            method = _METHODS.get(entry.compress_type, f"method {entry.compress_type}")
            yield Part(
                name, None, f"It is packed with {method}, which cannot be opened. {_PACK_AGAIN}"
            )
            continue
        except Exception:  # zipfile raises many exceptions for damaged entries
            yield Part(name, None, "It is damaged inside the archive. Ask for it again.")
            continue
        allowance.spend(len(content))
        if is_junk(name, content):
            continue
        if len(content) > MAX_FILE:
            yield Part(name, None, too_large(len(content)))
        else:
            yield Part(name, content)


def _files(entries: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Return the entries that are files, without folders, macOS metadata and junk.

    An empty entry whose name is the path prefix of another entry is a folder too.
    """
    folders = {
        entry.filename[: slash.start()]
        for entry in entries
        for slash in re.finditer(r"[\\/]", entry.filename)
    }
    return [
        entry
        for entry in entries
        if not entry.filename.endswith(("/", "\\"))
        and not (entry.file_size == 0 and entry.filename in folders)
        and "__MACOSX" not in re.split(r"[\\/]", entry.filename)
        and not is_junk(base_name(entry.filename), b"{")
    ]


def _problem(data: bytes, entry: zipfile.ZipInfo) -> str:
    """Return why an entry cannot be opened, or '' if it can be tried."""
    if entry.flag_bits & _LOCKED or entry.compress_type == 99:
        return "It is locked with a password. Send it without one."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "It is a link that was packed in place of the file. Ask for the file itself."
    if entry.file_size > MAX_FILE:
        return too_large(entry.file_size)
    if entry.compress_type == zipfile.ZIP_LZMA and _dictionary_size(data, entry) > _MAX_DICTIONARY:
        return f"It is packed in a way that needs too much memory to be opened. {_PACK_AGAIN}"
    return ""


def _dictionary_size(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Return the LZMA dictionary size of an entry, which is the memory needed to unpack it."""
    if len(data) < entry.header_offset + _LOCAL_HEAD.size:
        return 0
    _, name, extra = _LOCAL_HEAD.unpack_from(data, entry.header_offset)
    properties = entry.header_offset + _LOCAL_HEAD.size + name + extra + 4
    return int.from_bytes(data[properties + 1 : properties + 5], "little")


def _unreadable_message(data: bytes) -> str:
    if data.startswith(SPLIT_MARKS[1]) or b"PK\x06\x07" in data[-100:]:
        return (
            "It is one part of a zip archive that was split. Pack the files again as one archive."
        )
    return "It is a zip archive that is cut off or damaged. Ask for it again."


def _first_entry_name(data: bytes) -> list[str]:
    for mark in SPLIT_MARKS:
        data = data[4:] if data.startswith(mark) else data
    if not data.startswith(LOCAL) or len(data) < _LOCAL_HEAD.size:
        return []
    _, length, _ = _LOCAL_HEAD.unpack_from(data)
    name = data[_LOCAL_HEAD.size : _LOCAL_HEAD.size + length]
    return [name.decode("utf-8", "replace").replace("\\", "/")]
