"""Make received names and texts safe to print, without control characters."""

from __future__ import annotations

import unicodedata

_MAX_LENGTH = 120
_UNSAFE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # Unicode categories of unsafe characters


def shown_name(name: str) -> str:
    """Return a file name that is safe to print, shortened if it is very long.

    >>> shown_name("report\\u202egpj.ipynb")
    'report\\ufffdgpj.ipynb'
    """
    clean = "".join("\ufffd" if unicodedata.category(c) in _UNSAFE else c for c in name)
    return clean if len(clean) <= _MAX_LENGTH else f"{clean[:60]}…{clean[-50:]}"


def one_line(text: str) -> str:
    """Return a text as one line that is safe to print, not shortened.

    >>> one_line("a\\x1b[31m\\nb")
    'a [31m b'
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)
