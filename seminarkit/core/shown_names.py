"""Shows names and words that came from outside, without what could mislead an eye or a terminal."""

from __future__ import annotations

import unicodedata

_LONGEST = 120
_ODD = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # controls and formats; ends of lines


def shown_name(name: str) -> str:
    """Return a file name that is safe to print: no control, bidi or terminal codes, not endless.

    >>> shown_name("report\\u202egpj.ipynb")
    'report\\ufffdgpj.ipynb'
    """
    clean = "".join("\ufffd" if unicodedata.category(c) in _ODD else c for c in name)
    return clean if len(clean) <= _LONGEST else f"{clean[:60]}…{clean[-50:]}"


def one_line(text: str) -> str:
    """Return a text as one line that is safe to print, whole.

    >>> one_line("a\\x1b[31m\\nb")
    'a [31m b'
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)
