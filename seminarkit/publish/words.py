"""The words of whatever is published, as they can be compared: how they are dressed does not count.

Markup, entities, capitals, punctuation, white space, soft hyphens and signs without width fall
away. Where a script writes no spaces between words, each sign is a word.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import PurePosixPath
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]

_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_NO_SPACES}\U00020000-\U0003ffff]|[^\W_{_NO_SPACES}]+")
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_BLOCKS = (
    "address article aside blockquote body button caption dd details div dl dt figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr label legend li main nav ol option p pre section "
    "summary table tbody td text tfoot th thead title tr ul w:p w:tc a:p a:tc c row si"
)
_BLOCK = re.compile(rf"</?(?:{'|'.join(_BLOCKS.split())})\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|w:br|w:tab|a:br)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SAID = re.compile(r"""\b(?:alt|title|aria-label|content|descr|placeholder)=("[^"]*"|'[^']*')""")
_PICTURE = re.compile(r"data:([\w/+.-]+);base64,([\w+/=]+)")
_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr\s*>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)(?=<t[hd]\b|$)", re.DOTALL | re.IGNORECASE)
_PARTS = re.compile(r"(?:word|ppt|xl)/.*\.xml|content\.xml|.*\.x?html")


def words(text: str) -> Words:
    """Return the words of a plain text.

    >>> words("Who\\u00a0pays — for “Micro\\u00adcredentials”?")
    ('who', 'pays', 'for', 'microcredentials')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        if any(unicodedata.category(sign) == "Cf" for sign in set(text)):
            text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        return tuple(_WORD.findall(text))
    return tuple(_WORD.findall(text.lower()))


def blocks(path: str, content: str | bytes) -> list[str]:
    """Return the texts of a file, one a paragraph, a heading, a cell or a line."""
    ending = PurePosixPath(path).suffix.lower()
    if ending in (".docx", ".pptx", ".xlsx", ".odt", ".epub", ".zip"):
        return _packed(content if isinstance(content, bytes) else content.encode())
    if ending in (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2", ".ttf"):
        return []
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    if ending == ".json":
        return _json_texts(text)
    if ending == ".ics":  # long lines go on after a line end and a space
        text = re.sub(r"\r?\n[ \t]", "", text).replace("\\,", ",").replace("\\n", " ")
    if ending in (".csv", ".tsv"):
        return [each.strip(' "') for each in re.split(r"[\r\n;,\t]", text)] + text.splitlines()
    if ending in (".ics", ".txt", ".md", ".yml"):
        return text.splitlines()
    return marked_up(text)


def marked_up(text: str) -> list[str]:
    """Return the texts of markup: those between tags, and those that stand for pictures."""
    drawn = []
    for kind, data in _PICTURE.findall(text):
        if "svg" in kind and b"<text" in (picture := _decoded(data)):
            drawn += marked_up(picture.decode("utf-8", "replace"))
    text = _UNSEEN.sub(" ", _PICTURE.sub("", text))
    spoken = [each[1:-1] for each in _SAID.findall(text)]
    text = _BREAK.sub(" ", _BLOCK.sub("\0", text))
    found = [*_TAG.sub("", text).split("\0"), *spoken]
    return [block for each in found if (block := unescape(each).strip())] + drawn


def rows(page: str) -> Iterator[tuple[Words, Words]]:
    """Yield the rows of a page's tables: the words of the first cell, the numbers of the others."""
    for row in _ROW.findall(_PICTURE.sub("", page)):
        cells = [words(unescape(_TAG.sub(" ", cell))) for cell in _CELL.findall(row)]
        if len(cells) > 1:
            yield cells[0], numbers(word for cell in cells[1:] for word in cell)


def numbers(given: Iterator[str]) -> Words:
    """Return those words that are numbers."""
    return tuple(word for word in given if word.isdecimal())


def runs(given: Sequence[str], length: int) -> Iterator[Words]:
    """Yield each run of so many words."""
    return zip(*(given[start:] for start in range(length)), strict=False)


def _packed(content: bytes) -> list[str]:
    found: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                if _PARTS.fullmatch(name):
                    found += marked_up(package.read(name).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, zlib.error, OSError):
        return []
    return found


def _decoded(data: str) -> bytes:
    try:
        return b64decode(data)
    except ValueError:
        return b""


def _json_texts(text: str) -> list[str]:
    try:
        return list(texts_in(json.loads(text)))
    except (ValueError, RecursionError):
        return text.splitlines()


def texts_in(whole: object) -> Iterator[str]:
    """Yield each text of what JSON holds."""
    waiting: list[object] = [whole]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
