"""Is an archive opened whatever its maker did with the names?"""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_inbox import archive

from seminarkit.topics.intake.archives.zip_names import open_zip

CONTENT = b"first\n", b"second\n"


def contents(data: bytes) -> list[bytes]:
    opened = open_zip(data)
    return [opened.read(entry) for entry in opened.infolist()]


def marked(data: bytes) -> bytes:
    """Mark every name as UTF-8, in the directory and at the entries."""
    changed = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = -1
        while (at := data.find(magic, at + 1)) >= 0:
            changed[at + offset] |= 8
    return bytes(changed)


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "cp1256", "koi8-r", "gb18030"])
@pytest.mark.parametrize("as_utf_8", [False, True])
def test_names_of_any_encoding_however_marked(encoding: str, as_utf_8: bool) -> None:
    """P09"""
    name = "отчёт".encode(encoding, "replace")
    data = archive(("x" * len(name) + "1", CONTENT[0]), ("plain", CONTENT[1]))
    data = data.replace(b"x" * len(name), name)
    assert contents(marked(data) if as_utf_8 else data) == [*CONTENT]


@pytest.mark.parametrize("front", [b"", b"#!/bin/sh\n", b"x" * 5000])
def test_an_entry_may_have_another_name_than_the_directory_says(front: bytes) -> None:
    """P09: another slash, another case, or letters that do not go into this encoding."""
    data = archive(("A/one.txt", CONTENT[0]), ("A/two.txt", CONTENT[1]))
    at = data.index(b"PK\x01\x02")
    for other in (b"A\\one.txt", b"a/ONE.txt", b"A/\xff\xfee.txt"):
        assert contents(front + data[:at] + data[at:].replace(b"A/one.txt", other)) == [*CONTENT]


@given(st.data())
def test_a_damaged_archive_raises_what_the_library_raises(draw: st.DataObject) -> None:
    data = bytearray(marked(archive(("отчёт.txt", CONTENT[0]), ("b", CONTENT[1]))))
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        contents(bytes(data))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        pass
    except Exception as error:  # zlib.error, struct.error: what its readers catch as well
        assert type(error).__module__ in ("zlib", "struct", "lzma", "_struct", "_lzma"), error
