"""Knows the chats that were kept by how they begin; apart, as every reader of files loads it."""

from __future__ import annotations

import re

_BEGINS = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?:[ \t]+[^\W\d_][^\n]*:|\t[^\t\n]+:\t)"  # earlier versions too
)


def begins_as_chat(data: bytes) -> bool:
    """Say whether these bytes begin as the chats do that 'seminar chat' keeps."""
    return bool(_BEGINS.match(data[:2000].decode("utf-8-sig", "replace").lstrip()))
