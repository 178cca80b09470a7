"""Extracts the searchable text of files in any format, and of files nested in them.

Files are never executed, and the total unpacked size is limited.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import io
import lzma
import re
import tarfile
from collections.abc import Iterator
from typing import NamedTuple

from seminarkit.topics.intake.archives.packed_files import is_tar
from seminarkit.topics.intake.archives.zip_names import open_zip
from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.file_types import kind_of
from seminarkit.topics.intake.mail.mailboxes import is_mail
from seminarkit.topics.intake.mail.read_mail import file_in_words

_LARGEST = 400 * 2**20
_DEEPEST = 8
_BASE64 = re.compile(
    rb"(?:[A-Za-z0-9+/]{4}(?:\\n|[\r\n])*){20,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
)
_NO_TEXT = (b"\x89PNG", b"\xff\xd8\xff", b"wOFF", b"wOF2", b"GIF8", b"\0\1\0\0", b"OTTO")
_PRINTABLE = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{4,}")
_PACKERS = {b"\x1f\x8b": gzip, b"BZh": bz2, b"\xfd7zXZ": lzma}


class FileView(NamedTuple):
    """The text of one part of a file, or the reason why the part cannot be read."""

    part: str
    text: str
    problem: str = ""


class Budget:
    """Limits the number of bytes that are unpacked from one file."""

    def __init__(self) -> None:
        self.left = _LARGEST

    def spend(self, size: int) -> bool:
        """Count ``size`` unpacked bytes. Return whether the total is within the limit."""
        self.left -= size
        return self.left >= 0


def views(
    data: bytes, part: str = "", budget: Budget | None = None, depth: int = 0
) -> Iterator[FileView]:
    """Yield the texts of a file and of all files nested in it."""
    budget = budget or Budget()
    if depth > _DEEPEST or not budget.spend(len(data)):
        yield FileView(part, "", "is nested too deeply or is too large to be searched")
        return
    if data.startswith(b"%PDF"):
        yield from _pdf_texts(data, part)
        return
    try:
        nested = list(_nested_files(data, budget))
    except Exception:  # damaged archives raise many kinds; the raw bytes are searched below
        nested = []
        yield FileView(part, "", "is an archive that is damaged or locked")
    for name, content in nested:
        path = f"{part} › {name}" if part else name
        yield FileView(path, name)
        if content is None:
            yield FileView(path, "", "is locked or damaged inside its archive")
        elif isinstance(content, str):
            yield FileView(path, content)
        else:
            yield from views(content, path, budget, depth + 1)
    if not (nested and data.startswith((b"PK", *_PACKERS))):
        for text in texts(data):
            yield FileView(part, text)
        if depth < _DEEPEST and not is_mail(data):
            for content in _embedded_base64_files(data):
                yield from views(content, part, budget, depth + 2)


def texts(data: bytes) -> list[str]:
    """Return the text of ``data`` in each possible encoding."""
    if data.startswith(_NO_TEXT):
        return []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return [data.decode("utf-16", "replace")]
    if b"\0" not in data[:65536]:
        try:
            return [data.decode("utf-8-sig")]
        except UnicodeDecodeError:
            return [data.decode("utf-8", "replace"), data.decode("latin-1")]
    printable = b"\n".join(_PRINTABLE.findall(data))
    # UTF-16 text may start at an even or an odd offset
    utf16 = [data[start:].decode("utf-16-le", "ignore") for start in (0, 1)]
    return [printable.decode("utf-8", "replace"), *utf16]


def _nested_files(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | str | None]]:
    """Yield the name and content of each nested file. The text of a mail is a ``str``."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zip_entries(data, budget)
        return
    for magic, packer in _PACKERS.items():
        if data.startswith(magic):
            with packer.open(io.BytesIO(data)) as file:
                content = file.read(budget.left + 1)
            yield "", content
            return
    if is_tar(data):
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for entry in archive:
                stream = archive.extractfile(entry) if entry.isfile() else None
                yield entry.name, stream.read(budget.left + 1) if stream else b""
        return
    opener = kind_of(data).opener
    for part in opener(data, Allowance()) if opener else ():
        file = file_in_words(part)
        if file is not None or part.role == "file":
            yield part.name, file or part.data
        elif part.words is not None:
            words = part.words.text.encode("utf-8", "replace")
            # other texts may contain base64 data
            yield part.name, part.words.text if is_mail(words) else words
        else:
            yield "headers", (part.data or b"").decode("utf-8", "replace")


def _zip_entries(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | None]]:
    with open_zip(data) as archive:
        for entry in archive.infolist():
            try:
                with archive.open(entry) as file:
                    yield entry.filename, file.read(max(budget.left, 0) + 1)
            except Exception:  # damaged and locked entries raise many kinds
                yield entry.filename, None


def _embedded_base64_files(data: bytes) -> Iterator[bytes]:
    for match in _BASE64.finditer(data):
        try:
            content = base64.b64decode(re.sub(rb"\\n|\s", b"", match[0]))
        except binascii.Error:
            continue
        if not content.startswith(_NO_TEXT):
            yield content


def _pdf_texts(data: bytes, part: str) -> Iterator[FileView]:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file = PdfReader(io.BytesIO(data))
        metadata = "\n".join(str(value) for value in (file.metadata or {}).values())
        pages = "\n".join(page.extract_text() for page in file.pages)
    except Exception:  # pypdf raises many kinds for damaged files
        yield FileView(part, data.decode("latin-1"), "is a PDF that cannot be read")
        return
    yield FileView(part, f"{metadata}\n{pages}")
    if not pages.strip():
        yield FileView(
            part, data.decode("latin-1"), "is a PDF without text, which cannot be searched"
        )
