"""Tests that recognise a file type by its first bytes or its content."""

from __future__ import annotations

import re
from collections.abc import Callable

from seminarkit.topics.intake.file_glance import FileContent
from seminarkit.topics.intake.mail.outlook import OLE, is_msg

TypeTest = Callable[[FileContent], bool]


def begins(*marks: bytes) -> TypeTest:
    """Return a test for binary files that begin with one of these magic numbers."""
    return lambda file: file.begins(*marks) and b"\0" in file.data[:4096]


def matches(pattern: bytes) -> TypeTest:
    """Return a test for texts that begin with a pattern, ignoring case."""
    compiled = re.compile(pattern, re.I | re.S)
    return lambda file: file.matches(compiled)


def has_name(pattern: str) -> TypeTest:
    """Return a test for zip archives with an entry of this name."""
    compiled = re.compile(pattern)
    return lambda file: file.has_name(compiled)


def has_brand(*brands: bytes) -> TypeTest:
    """Return a test for films and pictures with one of these ISO container brands."""
    return lambda file: file.data[4:8] == b"ftyp" and file.data[8:12] in brands


def is_office_with(*names: str) -> TypeTest:
    """Return a test for old Office files with one of these stream names, stored as UTF-16."""
    marks = [name.encode("utf-16-le") for name in names]
    return lambda file: (
        file.begins(OLE) and any(mark in file.data for mark in marks) and not is_msg(file.data)
    )


def any_of(*tests: TypeTest) -> TypeTest:
    """Return a test that passes if any of these tests passes."""
    return lambda file: any(test(file) for test in tests)


def is_cloud_shortcut(file: FileContent) -> bool:
    """Return whether a file is a shortcut to a file in a cloud or elsewhere."""
    tiny = len(file.data) < 4096 and file.start.startswith(b"{") and b'"cells"' not in file.data
    return (
        (file.begins(b"bplist") and b"NSURL" in file.data)
        or file.begins(b"L\0\0\0\1\x14\2\0", b"book\0\0\0\0mark\0\0\0\0")
        or (tiny and (b"docs.google.com" in file.data or b'"doc_id"' in file.data))
    )
