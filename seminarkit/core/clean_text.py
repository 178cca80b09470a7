"""Clean texts so that every file, page and mail can contain them.

Received text is cleaned on arrival, and removed characters are reported then. Writers of files
accept ``Text`` only, so no character can make them fail.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, NewType

Text = NewType("Text", str)

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_FORBIDDEN_CHARACTER = re.compile(f"[{_FORBIDDEN}]")
_EMBEDDINGS, _OVERRIDES, _ISOLATES = "\u202a\u202b", "\u202d\u202e", "\u2066\u2067\u2068"
_END_EMBEDDING, _END_ISOLATE = "\u202c", "\u2069"  # the closing characters (PDF and PDI)
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SUSPICIOUS = re.compile(f"[{_FORBIDDEN}\r\x0b\x0c\x85\u2028-\u202e\u2066-\u2069]")


class Cleaned(NamedTuple):
    """A text that is valid in every file format, and the characters that were removed."""

    text: Text
    removed: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    r"""Return a text without characters that files cannot contain or that disguise the text.

    Every line ending becomes a line feed. Control characters, surrogates and noncharacters are
    removed. So are bidirectional overrides, and unbalanced embeddings and isolates, which would
    reverse the text after them.

    >>> clean("a\x0bb\x07\r\n")
    Cleaned(text='a\nb\n', removed=('\x07',))
    """
    if not _SUSPICIOUS.search(text):
        return Cleaned(Text(text))
    text = _LINE_END.sub("\n", text)
    removed = _FORBIDDEN_CHARACTER.findall(text)
    text = _FORBIDDEN_CHARACTER.sub("", text)
    if _BIDI_CONTROL.search(text):
        lines = [_balanced(line) for line in text.split("\n")]
        text = "\n".join(line for line, _ in lines)
        removed += [sign for _, signs in lines for sign in signs]
    return Cleaned(Text(text), tuple(removed))


def clean_text(text: str) -> Text:
    """Return the cleaned text only, without the removed characters."""
    return clean(text).text


def cleaned(value: Any) -> Any:
    """Return a copy of a value with all nested texts cleaned, except dictionary keys."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(cleaned, value)) if type(value) in (list, tuple) else value
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Yield all texts in a nested value, except dictionary keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_in(item)


def character_counts(signs: Iterable[str], most: int = 6) -> str:
    """Return the code points and names of characters, most frequent first, with their counts."""
    counts = Counter(list(signs)).most_common()
    descriptions = [
        character_name(sign) + (f" ({times} times)" if times > 1 else "")
        for sign, times in counts[:most]
    ]
    return ", ".join(descriptions) + (
        f" and {len(counts) - most} others" if len(counts) > most else ""
    )


def character_name(sign: str) -> str:
    """Return the code point and name of a character.

    >>> character_name("\\u202e"), character_name("\\x07")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', 'U+0007')
    """
    return f"{code_point(sign)} {unicodedata.name(sign, '')}".strip()


def code_point(sign: str) -> str:
    """Return the code point of a character, such as U+202E."""
    return f"U+{ord(sign):04X}"


def _balanced(line: str) -> tuple[str, list[str]]:
    removed: set[int] = set()
    open_places: list[int] = []
    open_isolates = 0  # how many of open_places are isolates
    for place, sign in enumerate(line):
        if sign in _EMBEDDINGS or sign in _OVERRIDES or sign in _ISOLATES:
            open_places.append(place)
            open_isolates += sign in _ISOLATES
        elif sign == _END_EMBEDDING:
            if open_places and line[open_places[-1]] not in _ISOLATES:
                start = open_places.pop()
                removed |= {start, place} if line[start] in _OVERRIDES else set()
            else:
                removed.add(place)
        elif sign == _END_ISOLATE:
            if open_isolates:
                open_isolates -= 1
                while line[open_places[-1]] not in _ISOLATES:
                    removed.add(open_places.pop())
                open_places.pop()
            else:
                removed.add(place)
    removed |= set(open_places)
    balanced = "".join(sign for place, sign in enumerate(line) if place not in removed)
    return balanced, [line[place] for place in sorted(removed)]
