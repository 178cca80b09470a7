"""Opens a file for searching: what is packed in it, and its words, whatever they are written in.

Only read, never executed, and with a bound on all that is unpacked.
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

_MOST = 400 * 2**20
_DEEPEST = 8
_BASE64 = re.compile(
    rb"(?:[A-Za-z0-9+/]{4}(?:\\n|[\r\n])*){20,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
)
_NO_WORDS = (b"\x89PNG", b"\xff\xd8\xff", b"wOFF", b"wOF2", b"GIF8", b"\0\1\0\0", b"OTTO")
_PRINTED = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{4,}")
_PACKERS = {b"\x1f\x8b": gzip, b"BZh": bz2, b"\xfd7zXZ": lzma}


class View(NamedTuple):
    """The words of a file, or of a part of it; or why they cannot be read."""

    part: str
    text: str
    problem: str = ""


class Budget:
    """How much may still be unpacked of one file."""

    def __init__(self) -> None:
        self.left = _MOST

    def spend(self, size: int) -> bool:
        """Count what was unpacked; return whether it was still allowed."""
        self.left -= size
        return self.left >= 0


def views(
    data: bytes, part: str = "", budget: Budget | None = None, deep: int = 0
) -> Iterator[View]:
    """Yield the words of a file, and of everything that is packed in it."""
    budget = budget or Budget()
    if deep > _DEEPEST or not budget.spend(len(data)):
        yield View(part, "", "is packed too deeply or too large to be searched")
        return
    if data.startswith(b"%PDF"):
        yield from _pdf(data, part)
        return
    try:
        inside = list(_packed(data, budget))
    except Exception:  # archives are damaged in many ways; what can be read of it is read below
        inside = []
        yield View(part, "", "is an archive that is damaged or locked")
    for name, content in inside:
        where = f"{part} › {name}" if part else name
        yield View(where, name)
        if content is None:
            yield View(where, "", "is locked or damaged inside its archive")
        elif isinstance(content, str):
            yield View(where, content)
        else:
            yield from views(content, where, budget, deep + 1)
    if not (inside and data.startswith((b"PK", *_PACKERS))):
        for text in texts(data):
            yield View(part, text)
        if deep < _DEEPEST and not is_mail(data):
            for content in _embedded(data):
                yield from views(content, part, budget, deep + 2)


def texts(data: bytes) -> list[str]:
    """Return the words of bytes that are packed no further: as UTF-8 or UTF-16."""
    if data.startswith(_NO_WORDS):
        return []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return [data.decode("utf-16", "replace")]
    if b"\0" not in data[:65536]:
        try:
            return [data.decode("utf-8-sig")]
        except UnicodeDecodeError:
            return [data.decode("utf-8", "replace"), data.decode("latin-1")]
    printed = b"\n".join(_PRINTED.findall(data))
    # a word may begin at an even or an odd place
    wide = [data[start:].decode("utf-16-le", "ignore") for start in (0, 1)]
    return [printed.decode("utf-8", "replace"), *wide]


def _packed(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | str | None]]:
    """Yield what is packed in a file; words of a mail as a text, in which nothing is packed."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zipped(data, budget)
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
                taken = archive.extractfile(entry) if entry.isfile() else None
                yield entry.name, taken.read(budget.left + 1) if taken else b""
        return
    opener = kind_of(data).opener
    for part in opener(data, Allowance()) if opener else ():
        file = file_in_words(part)
        if file is not None or part.role == "file":
            yield part.name, file or part.data
        elif part.words is not None:
            words = part.words.text.encode("utf-8", "replace")
            # in these something may be written down in base 64
            yield part.name, part.words.text if is_mail(words) else words
        else:
            yield "headers", (part.data or b"").decode("utf-8", "replace")


def _zipped(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | None]]:
    with open_zip(data) as archive:
        for entry in archive.infolist():
            try:
                with archive.open(entry) as file:
                    yield entry.filename, file.read(max(budget.left, 0) + 1)
            except Exception:  # of a damaged or locked entry, many kinds
                yield entry.filename, None


def _embedded(data: bytes) -> Iterator[bytes]:
    """Yield what is written as base64 in a text, pictures and fonts left out."""
    for found in _BASE64.finditer(data):
        try:
            content = base64.b64decode(re.sub(rb"\\n|\s", b"", found[0]))
        except binascii.Error:
            continue
        if not content.startswith(_NO_WORDS):
            yield content


def _pdf(data: bytes, part: str) -> Iterator[View]:
    """Yield the words of a PDF, and those about it."""
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file = PdfReader(io.BytesIO(data))
        about = "\n".join(str(value) for value in (file.metadata or {}).values())
        pages = "\n".join(page.extract_text() for page in file.pages)
    except Exception:  # pypdf raises many kinds for damaged files
        yield View(part, data.decode("latin-1"), "is a PDF that cannot be read")
        return
    yield View(part, f"{about}\n{pages}")
    if not pages.strip():
        yield View(part, data.decode("latin-1"), "is a PDF of pictures, without words")
