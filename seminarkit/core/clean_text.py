"""Cleans a text once, so that every file, page and mail can hold it: the one maker of ``Text``.

What comes in is cleaned where it comes in, and what it lost is told there. What writes a file takes
nothing but ``Text``, and so cannot stop at a sign that no file holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, NewType

Text = NewType("Text", str)

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NEVER = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_NO_LETTER = re.compile(f"[{_NEVER}]")
_EMBEDDINGS, _OVERRIDES, _ISOLATES = "\u202a\u202b", "\u202d\u202e", "\u2066\u2067\u2068"
_EMBEDDED, _ISOLATED = "\u202c", "\u2069"  # the ends of what the others begin
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ODD = re.compile(f"[{_NEVER}\r\x0b\x0c\x85\u2028-\u202e\u2066-\u2069]")


class Cleaned(NamedTuple):
    """A text that can be written anywhere, and the signs that were taken out of it."""

    text: Text
    removed: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    r"""Return a text without the signs that no file can hold, or that show it as what it is not.

    Every end of a line becomes a line feed. Control characters, halves of characters and codes
    that are never characters go. So do signs that turn the direction round against the letters, and
    those without their other half: they would turn what stands behind.

    >>> clean("a\x0bb\x07\r\n")
    Cleaned(text='a\nb\n', removed=('\x07',))
    """
    if not _ODD.search(text):
        return Cleaned(Text(text))
    text = _LINE_END.sub("\n", text)
    removed = _NO_LETTER.findall(text)
    text = _NO_LETTER.sub("", text)
    if _TURNS.search(text):
        lines = [_balanced(line) for line in text.split("\n")]
        text = "\n".join(line for line, _ in lines)
        removed += [sign for _, signs in lines for sign in signs]
    return Cleaned(Text(text), tuple(removed))


def letters(text: str) -> Text:
    """Return a text cleaned, where nobody needs to be told of it any more."""
    return clean(text).text


def cleaned(value: Any) -> Any:
    """Return a value with every text in it cleaned, however deep; its keys stay as they are."""
    if isinstance(value, str):
        return letters(value)
    if isinstance(value, dict):
        return {key: cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(cleaned, value)) if type(value) in (list, tuple) else value
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def sign_names(signs: Iterable[str], most: int = 6) -> str:
    """Return signs by number and name, each once, with how often it stands there."""
    counted = Counter(list(signs)).most_common()
    shown = [
        sign_name(sign) + (f" ({times} times)" if times > 1 else "")
        for sign, times in counted[:most]
    ]
    return ", ".join(shown) + (f" and {len(counted) - most} others" if len(counted) > most else "")


def sign_name(sign: str) -> str:
    """Return the number and name of a sign.

    >>> sign_name("\\u202e"), sign_name("\\x07")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', 'U+0007')
    """
    return f"{sign_number(sign)} {unicodedata.name(sign, '')}".strip()


def sign_number(sign: str) -> str:
    """Return the number of a sign as it is written, such as U+202E."""
    return f"U+{ord(sign):04X}"


def _balanced(line: str) -> tuple[str, list[str]]:
    """Return a line whose signs of direction have their other half, and the signs taken out."""
    gone: set[int] = set()
    begun: list[int] = []
    isolates = 0  # of those begun
    for place, sign in enumerate(line):
        if sign in _EMBEDDINGS or sign in _OVERRIDES or sign in _ISOLATES:
            begun.append(place)
            isolates += sign in _ISOLATES
        elif sign == _EMBEDDED:
            if begun and line[begun[-1]] not in _ISOLATES:
                start = begun.pop()
                gone |= {start, place} if line[start] in _OVERRIDES else set()
            else:
                gone.add(place)
        elif sign == _ISOLATED:
            if isolates:
                isolates -= 1
                while line[begun[-1]] not in _ISOLATES:
                    gone.add(begun.pop())
                begun.pop()
            else:
                gone.add(place)
    gone |= set(begun)
    kept = "".join(sign for place, sign in enumerate(line) if place not in gone)
    return kept, [line[place] for place in sorted(gone)]
