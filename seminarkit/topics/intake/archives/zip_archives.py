"""Opens zip archives of every maker; what a rare packing hides is named with what to do."""

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
# an archive that was to be split, and became one file after all, or did not
SPLIT_MARKS = (b"PK00PK\x03\x04", b"PK\x07\x08PK\x03\x04")
_LOCAL_HEAD = struct.Struct("<4s22x2H")
_UTF_8_NAME, _LOCKED = 0x800, 0x1
_LARGEST_DICTIONARY = 128 * 2**20
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
_USUAL = (
    "Pack it again in the usual way (Windows: right-click, 'Send to', 'Compressed folder'; Mac: "
    "'Compress'), or send the files unpacked."
)


def is_zip(data: bytes) -> bool:
    """Say whether bytes are a zip archive, also one with something in front of it."""
    if data.startswith((LOCAL, EMPTY_END, *SPLIT_MARKS)):
        return True
    # a mark of the end, and a first entry before it: the same letters may stand in any text
    end = data.rfind(EMPTY_END, max(0, len(data) - 2**16 - 22))
    return end > 0 and 0 <= data.find(LOCAL) < end and bool(names_in(data))


def names_in(data: bytes) -> list[str]:
    """Return the names of what is in an archive, with forward slashes.

    Of one that is cut off, only the name of its first entry is known.
    """
    try:
        with open_zip(data) as archive:
            return [name.replace("\\", "/") for name in archive.namelist()]
    except Exception:  # zipfile raises many kinds for damaged archives
        return _first_name(data)


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry as its maker wrote it: old programs do not say in which way."""
    if entry.flag_bits & _UTF_8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        return decode(entry.filename.encode("cp437"))[0]
    except UnicodeEncodeError:
        return entry.filename


def zip_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the files in a zip archive. Names are only shown, never used as a path."""
    try:
        archive = open_zip(data)
        entries = _files(archive.infolist())
    except Exception:  # zipfile raises many kinds for damaged archives
        raise Refusal(_why_not(data)) from None
    for entry in entries:
        name = entry_name(entry)
        if problem := _problem(data, entry):
            yield Part(name, None, problem)
            continue
        try:
            with archive.open(entry) as file:
                # the size that the archive tells may be a lie: read no more than is allowed
                content = file.read(MAX_FILE + 1)
        except NotImplementedError:
            method = _METHODS.get(entry.compress_type, f"method {entry.compress_type}")
            yield Part(name, None, f"It is packed by {method}, which cannot be opened. {_USUAL}")
            continue
        except Exception:  # and for damaged entries
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
    """Return the entries that are files: folders are left out, whichever slash ends their name.

    Some programs write a folder as an empty file; then others have its name before theirs.
    """
    folders = {
        entry.filename[: cut.start()]
        for entry in entries
        for cut in re.finditer(r"[\\/]", entry.filename)
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
    """Return why an entry is not even tried; nothing for most."""
    if entry.flag_bits & _LOCKED or entry.compress_type == 99:
        return "It is locked with a password. Send it without one."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "It is a link that was packed in place of the file. Ask for the file itself."
    if entry.file_size > MAX_FILE:
        return too_large(entry.file_size)
    if entry.compress_type == zipfile.ZIP_LZMA and _dictionary(data, entry) > _LARGEST_DICTIONARY:
        return f"It is packed in a way that needs too much memory to be opened. {_USUAL}"
    return ""


def _dictionary(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Return how much memory unpacking by LZMA takes, as the first bytes of the entry say."""
    if len(data) < entry.header_offset + _LOCAL_HEAD.size:
        return 0
    _, name, extra = _LOCAL_HEAD.unpack_from(data, entry.header_offset)
    properties = entry.header_offset + _LOCAL_HEAD.size + name + extra + 4
    return int.from_bytes(data[properties + 1 : properties + 5], "little")


def _why_not(data: bytes) -> str:
    if data.startswith(SPLIT_MARKS[1]) or b"PK\x06\x07" in data[-100:]:
        return "It is one piece of a zip archive in several. Pack the files again as one archive."
    return "It is a zip archive that is cut off or damaged. Ask for it again."


def _first_name(data: bytes) -> list[str]:
    for mark in SPLIT_MARKS:
        data = data[4:] if data.startswith(mark) else data
    if not data.startswith(LOCAL) or len(data) < _LOCAL_HEAD.size:
        return []
    _, length, _ = _LOCAL_HEAD.unpack_from(data)
    name = data[_LOCAL_HEAD.size : _LOCAL_HEAD.size + length]
    return [name.decode("utf-8", "replace").replace("\\", "/")]
