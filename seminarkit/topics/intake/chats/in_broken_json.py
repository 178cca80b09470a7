"""Looks for chats in a text in JSON that cannot be parsed, as it may be cut off anywhere."""

from __future__ import annotations

import re

from seminarkit.topics.questions.chat.chat_lines import decoded, readings
from seminarkit.topics.questions.chat.recognise import looks_like_chat, signs_of

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"?', re.S)
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_ESCAPED = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "\n"}


def strings_in(text: str) -> list[str]:
    """Return each string of a text in JSON, which may be cut off anywhere."""
    return [_ESCAPE.sub(_unescaped, found) for found in _STRING.findall(text)]


def holds_chat_in_strings(data: bytes) -> bool:
    """Say whether the strings of a file in JSON that cannot be parsed hold a chat."""
    for text in readings(data):
        strings = strings_in(text)
        if looks_like_chat("\n".join(strings)) or any(signs_of(string).whole for string in strings):
            return True
    return False


def may_be_notebook(start: bytes, data: bytes) -> bool:
    """Say whether a file begins as a notebook, also one that is cut off."""
    if b"\0" in start or data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # two or four bytes a letter
        text = (decoded(data) or "").lstrip("\ufeff \t\r\n")
        start, data = text[:4].encode("utf-8", "replace"), text.encode("utf-8", "replace")
    # the number of the format is missing where it is cut off
    marks = b'"nbformat' in data or b'"cell_type"' in data
    return start.startswith(b"{") and b'"cells"' in data and marks


def _unescaped(found: re.Match[str]) -> str:
    code, letter = found.groups()
    return chr(int(code, 16)) if code else _ESCAPED.get(letter, letter)
