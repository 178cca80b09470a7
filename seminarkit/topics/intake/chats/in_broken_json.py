"""Search JSON that cannot be parsed, for example because it is truncated, for chats."""

from __future__ import annotations

import re

from seminarkit.topics.questions.chat.chat_lines import decoded, readings
from seminarkit.topics.questions.chat.recognise import looks_like_chat, signs_of

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"?', re.S)
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_ESCAPED = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "\n"}


def strings_in(text: str) -> list[str]:
    """Return the strings of a JSON text, which may be truncated anywhere."""
    return [_ESCAPE.sub(_unescaped, string) for string in _STRING.findall(text)]


def holds_chat_in_strings(data: bytes) -> bool:
    """Return whether the strings of a JSON file that cannot be parsed contain a chat."""
    for text in readings(data):
        strings = strings_in(text)
        if looks_like_chat("\n".join(strings)) or any(signs_of(string).whole for string in strings):
            return True
    return False


def may_be_notebook(start: bytes, data: bytes) -> bool:
    """Return whether a file looks like a notebook, perhaps a truncated one."""
    if b"\0" in start or data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16 or UTF-32
        text = (decoded(data) or "").lstrip("\ufeff \t\r\n")
        start, data = text[:4].encode("utf-8", "replace"), text.encode("utf-8", "replace")
    # nbformat is missing from a truncated notebook
    has_notebook_keys = b'"nbformat' in data or b'"cell_type"' in data
    return start.startswith(b"{") and b'"cells"' in data and has_notebook_keys


def _unescaped(match: re.Match[str]) -> str:
    code, letter = match.groups()
    return chr(int(code, 16)) if code else _ESCAPED.get(letter, letter)
