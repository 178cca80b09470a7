"""Decode a text in any encoding.

The encoding is taken from a byte order mark, else from the declaration if it fits, else guessed
from the alphabets of the seminar's countries.
"""

from __future__ import annotations

import codecs

from seminarkit.topics.intake.encoding.alphabets import NAMES
from seminarkit.topics.intake.encoding.guess import best_guess, code_pages, decode_strictly, fit

BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SEVEN_BIT = ("utf-7", "iso2022", "hz")  # 7-bit encodings: their bytes look like ASCII
# charsets without non-ASCII letters, and Python codecs that are not charsets
_NO_CHARSETS = frozenset(
    {"ascii", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs"}
)
# labels that browsers read as a larger charset
_LABEL_CHARSETS = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_MIN_ADVANTAGE = 1.0  # by how much the score of a guess must exceed that of the declared charset
_POOR_SCORE = -0.9  # below this score the declared charset is compared with guesses


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the decoded text, and a remark if its encoding was guessed; never raises.

    ``declared`` is the charset label of the mail or page.
    """
    charset = _known_charset(declared)
    if charset.startswith(_SEVEN_BIT) and (text := decode_strictly(data, charset)) is not None:
        return text, ""
    if encoding := unicode_encoding(data):
        return data.decode(encoding, "replace").lstrip("\ufeff"), ""
    if charset and not charset.startswith("utf"):
        text = decode_strictly(data, charset)
        if text is not None and not _is_better_guess(data, charset):
            return text, ""
    return _decode_by_guess(data, declared)


def _decode_by_guess(data: bytes, declared: str | None) -> tuple[str, str]:
    if damaged := _damaged_count(data):
        letters = "one of its letters is" if damaged == 1 else f"{damaged} of its letters are"
        return data.decode("utf-8", "replace"), (
            f"Attention: {letters} damaged and shown as \ufffd. Check the words there."
        )
    best = best_guess(data)
    if best is None:
        return data.decode("utf-8", "replace"), (
            "Attention: some of its letters cannot be read, because it is not known how the text "
            "was saved. Ask for the text saved as UTF-8, or for a Word file."
        )
    name = NAMES.get(best.encoding, best.encoding.upper())
    reason = (
        f"its letters do not fit the encoding that it names ({declared[:30]})"
        if _known_charset(declared) and declared
        else "it does not say how its letters are encoded"
    )
    return data.decode(best.encoding, "replace"), (
        f"It was read as {best.language} ({name}), because {reason}. Check that the words are "
        "right."
    )


def unicode_encoding(data: bytes) -> str:
    """Return the Unicode encoding of the bytes if it is certain, else ''."""
    for mark, name in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return name
    if encoding := _utf_16_or_32(data[:2_000]):
        return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # a character cut off at the end, after complete ones
        cut = error.reason == "unexpected end of data" and error.end == len(data)
        return "utf-8" if cut and not data[: error.start].isascii() else ""
    return "utf-8"


def _utf_16_or_32(start: bytes) -> str:
    """Return UTF-16 or UTF-32 for a text without byte order mark, recognised by its zero bytes."""
    if len(start) < 4 or (b"\0" not in start and len(start) < 16):
        return ""
    even, odd = start[::2], start[1::2]
    if start.count(0) * 10 > len(start) * 6:  # three of four bytes
        return "utf-32-le" if start[3::4].count(0) >= start[::4].count(0) else "utf-32-be"
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        # one script: nearly all high bytes are zero or its block, and no low byte is zero
        most = max(set(high) - {0}, key=high.count, default=0)
        block = sum(high.count(byte) for byte in {0, 0x20, most} if byte <= 0x20)
        if block * 10 > len(high) * 9 and high.count(0) and low.count(0) * 20 <= len(low):
            return name
    return ""


def _known_charset(declared: str | None) -> str:
    """Return the Python name of a declared charset, or '' if it is missing or unknown."""
    try:
        info = codecs.lookup((declared or "").strip().strip("\"'").lower()[:40])
    except (LookupError, ValueError):
        return ""
    if info.name in _NO_CHARSETS or not info._is_text_encoding:
        return ""
    return _LABEL_CHARSETS.get(info.name, info.name)


def _is_better_guess(data: bytes, charset: str) -> bool:
    """Return whether the text fits another encoding much better than the declared one."""
    best = best_guess(data)
    if best is None or best.encoding == charset or charset not in code_pages():
        return False
    declared_score = fit(data, charset)
    return declared_score < _POOR_SCORE and best.score > declared_score + _MIN_ADVANTAGE


def _damaged_count(data: bytes) -> int:
    """Return the number of damaged characters in UTF-8 text; 0 if it is mostly not UTF-8."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    intact = sum(char > "\x7f" for char in text) - damaged
    return damaged if intact >= 3 * damaged > 0 else 0
