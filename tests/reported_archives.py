"""Archives and files of cloud folders with the traits of public bug reports."""

from __future__ import annotations

import base64
import io
import plistlib
import stat
import struct
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterator

from make_inbox import archive
from reported_forms import notebook, word

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class _Stream(io.RawIOBase):
    """A place that can only be written on, as a download is: sizes come behind the data."""

    def __init__(self) -> None:
        super().__init__()
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += data
        return len(data)


def _streamed(data: bytes) -> bytes:
    """Pack the parts of a Word file again as a stream, in the 64 bit form."""
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made, zipfile.ZipFile(io.BytesIO(data)) as old:  # fmt: skip
        for name in old.namelist():
            with made.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(old.read(name))
    return bytes(stream.data)


def _two_names() -> bytes:
    """The directory says GE\\q.ipynb, the entry itself GE/q.ipynb."""
    data = archive(("GE/q.ipynb", notebook()))
    at = data.rindex(b"GE/q.ipynb")
    return data[:at] + b"GE\\q.ipynb" + data[at + 10 :]


def _marked_utf8() -> bytes:
    """A name in Cyrillic letters of DOS, marked as UTF-8."""
    data = archive(("xxxxxxx.ipynb", notebook()))
    data = data.replace(b"xxxxxxx", "вопросы".encode("cp866"))
    marked = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        marked[marked.find(magic) + offset] |= 8
    return bytes(marked)


def _apple_name() -> bytes:
    """A decomposed name in UTF-8 that is not marked as such."""
    name = unicodedata.normalize("NFD", "Čo sa pýtame.ipynb").encode()
    return archive(("x" * len(name), notebook())).replace(b"x" * len(name), name)


def _padded_extra() -> bytes:
    """An extra field with a time and two bytes behind it that belong to nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        entry = zipfile.ZipInfo("q.ipynb", date_time=(2020, 11, 20, 12, 0, 0))
        entry.extra = struct.pack("<HHBI", 0x5455, 5, 1, 1605870000) + b"\0\0"
        made.writestr(entry, notebook())
    return buffer.getvalue()


def _link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        entry = zipfile.ZipInfo("our answers/questions.ipynb", date_time=(2020, 11, 20, 12, 0, 0))
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o755) << 16
        made.writestr(entry, "/Users/sample/Desktop/questions.ipynb")
    return buffer.getvalue()


def _with_trash() -> bytes:
    """A Word file whose archive begins with what was thrown away."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made, zipfile.ZipFile(io.BytesIO(word())) as old:
        made.writestr("[trash]/0001.dat", b"\xff" * 229)
        for name in old.namelist():
            made.writestr(name, old.read(name))
    return buffer.getvalue()


def _with_owner_files() -> bytes:
    """The marks that Word and LibreOffice leave beside a file that is open."""
    owner = b"\x06Sample" + b" " * 48 + b"\x06\0S\0a\0m\0p\0l\0e\0" + b" \0" * 48
    lock = b",sample,laptop,20.11.2020 12:00,file:///home/sample/.config/libreoffice/4;"
    return archive(
        ("~$estions.docx", owner), ("questions.docx", word()), (".~lock.questions.docx#", lock)
    )


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", format=tarfile.PAX_FORMAT) as made:
        entry = tarfile.TarInfo("ответы/Вопросы делегации.ipynb")
        entry.size = len(notebook())
        made.addfile(entry, io.BytesIO(notebook()))
    return buffer.getvalue()


def archives() -> Iterator[tuple[str, bytes]]:
    """Yield each file: its name begins with its number in the log."""
    yield "23 two names for one entry.zip", _two_names()
    yield "24 marked as UTF-8, and is not.zip", _marked_utf8()
    yield "25 decomposed name.zip", _apple_name()
    yield "26 a line in front of the archive.zip", b"#!/usr/bin/env unpack\n" + archive(("q.ipynb", notebook()))  # fmt: skip
    yield "27 streamed in 64 bits.docx", _streamed(word())
    yield "28 padded extra field.zip", _padded_extra()
    yield "29 link in place of the file.zip", _link()
    yield "30 begins with trash.docx", _with_trash()
    yield "31 as a data address.docx", f"data:{_WORD_TYPE};base64,".encode() + base64.b64encode(word())  # fmt: skip
    yield "32 marks of open files.zip", _with_owner_files()
    yield "33 tar with pax headers.tar.gz", _tar()
    yield "34 not loaded from iCloud.icloud", plistlib.dumps({"NSURLFileResourceTypeKey": "NSURLFileResourceTypeRegular", "NSURLFileSizeKey": 33012, "NSURLNameKey": "questions.ipynb"}, fmt=plistlib.FMT_BINARY)  # fmt: skip
    yield "35 link of Google Drive.gdoc", b'{"url": "https://docs.google.com/open?id=aaabbbccc", "doc_id": "aaabbbccc", "email": "sample@example.org", "resource_id": "document:aaabbbccc"}'  # fmt: skip
    yield "36 pointer of Git LFS.ipynb", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a21" * 10 + b"abcd\nsize 33012\n"  # fmt: skip
    yield "37 photo of an iPhone.jpg", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + b"\0" * 200
