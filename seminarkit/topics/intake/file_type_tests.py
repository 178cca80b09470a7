"""How a kind of file that cannot be read is known: by its first bytes, or by what is in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from seminarkit.topics.intake.file_glance import Look
from seminarkit.topics.intake.mail.outlook import OLE, is_msg

Test = Callable[[Look], bool]


def begins(*marks: bytes) -> Test:
    """Return what knows a binary file by one of these marks at its beginning."""
    return lambda look: look.begins(*marks) and b"\0" in look.data[:4096]


def matches(pattern: bytes) -> Test:
    """Return what knows a text by a pattern at its beginning, in whatever case."""
    compiled = re.compile(pattern, re.I | re.S)
    return lambda look: look.matches(compiled)


def has_name(pattern: str) -> Test:
    """Return what knows a zip archive by the name of something in it."""
    compiled = re.compile(pattern)
    return lambda look: look.has_name(compiled)


def has_brand(*brands: bytes) -> Test:
    """Return what knows a film or picture by the brand of its container."""
    return lambda look: look.data[4:8] == b"ftyp" and look.data[8:12] in brands


def is_office_with(*names: str) -> Test:
    """Return what knows an old Office file by the names in it, which are written as UTF-16."""
    marks = [name.encode("utf-16-le") for name in names]
    return lambda look: (
        look.begins(OLE) and any(mark in look.data for mark in marks) and not is_msg(look.data)
    )


def any_of(*tests: Test) -> Test:
    """Return what knows a file by any of several tests."""
    return lambda look: any(is_it(look) for is_it in tests)


def points_to_a_cloud(look: Look) -> bool:
    """Say whether it is a small file that stands for one in a cloud, or elsewhere."""
    tiny = len(look.data) < 4096 and look.start.startswith(b"{") and b'"cells"' not in look.data
    return (
        (look.begins(b"bplist") and b"NSURL" in look.data)
        or look.begins(b"L\0\0\0\1\x14\2\0", b"book\0\0\0\0mark\0\0\0\0")
        or (tiny and (b"docs.google.com" in look.data or b'"doc_id"' in look.data))
    )
