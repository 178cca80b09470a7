"""Recognise stored chats by their first line; apart, since every reader of files loads it."""

from __future__ import annotations

import re

_BEGINS = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?:[ \t]+[^\W\d_][^\n]*:|\t[^\t\n]+:\t)"  # earlier versions too
)


def begins_as_chat(data: bytes) -> bool:
    """Return whether a file begins like the chats that 'seminar chat' stores."""
    return bool(_BEGINS.match(data[:2000].decode("utf-8-sig", "replace").lstrip()))
