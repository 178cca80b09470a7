"""Reduce published files to words that can be compared, whatever their markup and typography.

Markup, entities, case, accents, punctuation, white space, soft hyphens and zero-width characters
are ignored, and look-alike letters in Latin, Cyrillic and Greek are unified. In scripts without
spaces each character is a word. Content that a browser does not show is included: comments, styles,
scripts, attributes, and files in data URIs.
"""

from __future__ import annotations

import io
import json
import re
import string
import unicodedata
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from pathlib import PurePosixPath
from typing import TypeAlias
from urllib.parse import unquote

Words: TypeAlias = tuple[str, ...]

_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_NO_SPACES}\U00020000-\U0003ffff]|[^\W_{_NO_SPACES}]+")
_UNSEEN = re.compile(
    r"<(script|style)\b[^>]*>(.*?)</\1\s*>|<!--(.*?)--!?>|<!\[CDATA\[(.*?)\]\]>",
    re.DOTALL | re.IGNORECASE,
)
_ALIKE = str.maketrans(
    "авекмнорстухѕіјԁԛԝһӏ" + "αβεικμνορτυχγωϳ" + "ıɡɑ",
    "abekmhopctyxsijdqwhl" + "abeikmvoptuxywj" + "iga",
)
_ACCENTS = re.compile(r"[\u0300-\u036f\ufe00-\ufe0f\u115f\u1160\u17b4\u17b5\U000e0100-\U000e01ef]")
_BLOCKS = (
    "address article aside blockquote body button caption dd details div dl dt figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr label legend li main nav ol option p pre section "
    "summary table tbody td text tfoot th thead title tr ul w:p w:tc a:p a:tc c row si"
)
_BLOCK = re.compile(rf"</?(?:{'|'.join(_BLOCKS.split())})\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|w:br|w:tab|a:br)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r"""[\w:-]\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# the same if no '=' has a space before it; much faster on pictures, which have few '='
_CLOSE_VALUE = re.compile(r"""=(?<=[\w:-]=)\s*(?:"([^"]*)"|'([^']*)')""")
_SPACE_BEFORE = re.compile(r"""=(?<=\s=)\s*["']""")
_PICTURE = re.compile(r"data:([\w/+.-]*)((?:;[\w=-]+)*);base64,([\w+/=]+)")
_ADDRESS = re.compile(r"\s*data:([\w/+.-]*)((?:;[\w=-]+)*),(.*)", re.DOTALL | re.IGNORECASE)
_ESCAPED = re.compile(
    r"\\(?:u([0-9a-f]{4})|u\{([0-9a-f]+)\}|x([0-9a-f]{2})|([0-9a-f]{2,6})\s?|[nrt])", re.IGNORECASE
)
_DRAWN = re.compile(
    r"(?:image/(?!svg)|font/|audio/|video/|application/(?:pdf|font))", re.IGNORECASE
)
_LETTER = rf"[^\W\d_{_NO_SPACES}]{{1,3}}"  # case folding turns some letters into two or three
APART = 12  # so many of them in a row are a spaced-out word
_SPELLED = re.compile(rf"(?<!\S)(?:{_LETTER} ){{{APART - 1},}}{_LETTER}(?!\S)")
_ONE = re.compile(_LETTER)
_BASE64 = f"{string.ascii_letters}{string.digits}+/".encode()
_DEEP = 4  # nesting of files in data URIs
_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr\s*>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)(?=<t[hd]\b|$)", re.DOTALL | re.IGNORECASE)
_PACKED = (".docx", ".pptx", ".xlsx", ".odt", ".epub", ".zip")
_NO_TEXT = (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2", ".ttf", ".emf", ".bin")


def words(text: str) -> Words:
    """Return the words of a plain text; cached, as those of a page's frame recur.

    >>> words("Who\\u00a0pays — for “inter\\u00adnational study”?")
    ('who', 'pays', 'for', 'international', 'study')
    """
    return _words(text)


@lru_cache(maxsize=1 << 13)
def _words(text: str) -> Words:
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if any(unicodedata.category(sign) == "Cf" for sign in set(text)):
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return tuple(_WORD.findall(unicodedata.normalize("NFC", bare).translate(_ALIKE)))


def blocks(path: str, content: str | bytes, deep: int = 0) -> list[str]:
    """Return the texts of a file, one per paragraph, heading, cell or line."""
    ending = PurePosixPath(path).suffix.lower()
    if ending in _PACKED:
        return _packed(content if isinstance(content, bytes) else content.encode(), deep)
    if ending in _NO_TEXT:
        return []
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    if ending in (".json", ".ipynb"):
        return _json_texts(text)
    if ending == ".ics":  # unfold long lines
        text = re.sub(r"\r?\n[ \t]", "", text).replace("\\,", ",").replace("\\n", " ")
    if ending in (".csv", ".tsv"):
        return [cell.strip(' "') for cell in re.split(r"[\r\n;,\t]", text)] + text.splitlines()
    if ending in (".ics", ".txt", ".md", ".yml"):
        return text.splitlines()
    return marked_up(text, deep)


def marked_up(text: str, deep: int = 0) -> list[str]:
    """Return the texts of markup: those between tags, then those that a browser does not show."""
    plain = _PICTURE.sub("", text)
    between = _BREAK.sub(" ", _BLOCK.sub("\0", _UNSEEN.sub(" ", plain)))
    texts = [unescape(part).strip() for part in _TAG.sub("", between).split("\0")]
    return [block for block in texts if block] + _unshown(text, plain, deep)


def _unshown(text: str, plain: str, deep: int) -> list[str]:
    """Return the texts in comments, styles, scripts, tags and data URIs."""
    hidden = [part for match in _UNSEEN.findall(plain) for part in match[1:] if part.strip()]
    texts = [_unescaped(part) for part in hidden]
    pattern = _VALUE if _SPACE_BEFORE.search(text) else _CLOSE_VALUE
    attributes = [double or single for double, single in pattern.findall(text)]
    values = [unescape(value) if "&" in value else value for value in attributes]
    addresses = [match for value in values if (match := _ADDRESS.match(value))]
    files = {match.string for match in addresses}
    texts += [unquote(value) if "%" in value else value for value in values if value not in files]
    tags = [tag[1:-1] for tag in _TAG.findall(plain) if " " in tag]
    tags = [unescape(tag) if "&" in tag else tag for tag in tags]
    texts += [unquote(tag) if "%" in tag else tag for tag in tags]
    if deep >= _DEEP:
        return texts
    embedded = [match.groups() for match in addresses]
    embedded += [(kind, f"{more};base64", data) for kind, more, data in _PICTURE.findall(text)]
    for kind, how, data in dict.fromkeys(embedded):
        if not _DRAWN.match(kind):
            file = _decoded(data) if how.lower().endswith(";base64") else unquote(data)
            texts += blocks("json.json" if "json" in kind else "", file, deep + 1)
    for part in [*hidden, *values]:
        if "<" in part and not _ADDRESS.match(part):
            texts += marked_up(part, deep + 1)
    return texts


def _unescaped(part: str) -> str:
    """Return a script or style with its escapes decoded, such as '\\u0041' and '\\41 '."""

    def letter(match: re.Match[str]) -> str:
        number = int("".join(filter(None, match.groups())) or "20", 16)
        return chr(number) if number <= 0x10FFFF else " "

    if "\\" in part:  # this also joins surrogate pairs
        halves = _ESCAPED.sub(letter, part).encode("utf-16", "surrogatepass")
        part = halves.decode("utf-16", "replace")
    return unquote(unescape(part))


def rows(page: str) -> Iterator[tuple[Words, Words]]:
    """Yield the rows of a page's tables: the words of the first cell, the numbers in the others."""
    for row in _ROW.findall(_PICTURE.sub("", page)):
        cells = [words(unescape(_TAG.sub(" ", cell))) for cell in _CELL.findall(row)]
        if len(cells) > 1:
            yield cells[0], numbers(word for cell in cells[1:] for word in cell)


def numbers(candidates: Iterator[str]) -> Words:
    """Return the words that are numbers."""
    return tuple(word for word in candidates if word.isdecimal())


def runs(sequence: Sequence[str], length: int) -> Iterator[Words]:
    """Yield each run of ``length`` words."""
    return zip(*(sequence[start:] for start in range(length)), strict=False)


def spelled_out(sequence: Sequence[str]) -> Iterator[str]:
    """Yield each sequence of spaced-out letters, joined as one word."""
    for letters in _SPELLED.findall(" ".join(sequence)):
        yield letters.replace(" ", "")


def is_letter(word: str) -> bool:
    """Say whether a word may be one letter of a spaced-out word."""
    return len(word) <= 3 and _ONE.fullmatch(word) is not None


def _packed(content: bytes, deep: int) -> list[str]:
    texts: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist() if deep < _DEEP else ():
                texts += blocks(name, package.read(name), deep + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError):
        return texts
    return texts


def _decoded(data: str) -> bytes:
    bare = data.rstrip("=")
    if not bare.isascii() or bare.encode().translate(None, _BASE64):
        bare = re.sub(r"[^\w+/-]", "", unquote(data)).replace("-", "+").replace("_", "/")
    try:
        return b64decode(bare + "=" * (-len(bare) % 4))
    except ValueError:
        return b""


def _json_texts(text: str) -> list[str]:
    try:  # as pairs, since keys are texts too
        return list(texts_in(json.loads(text, object_pairs_hook=list)))
    except (ValueError, RecursionError):
        return text.splitlines()


def texts_in(data: object) -> Iterator[str]:
    """Yield each string in JSON data."""
    waiting: list[object] = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
