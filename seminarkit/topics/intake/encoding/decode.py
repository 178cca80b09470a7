"""Turns the bytes of a text into words, whatever encoding they are saved in.

The one place where that is decided: by a mark at the beginning, by what is declared where it fits,
else by which alphabet of the seminar's countries the letters fit best.
"""

from __future__ import annotations

import codecs

from seminarkit.topics.intake.encoding.alphabets import NAMES
from seminarkit.topics.intake.encoding.guess import best_guess, code_pages, fit, strictly

BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SEVEN_BITS = ("utf-7", "iso2022", "hz")  # each byte of them looks like ASCII
# what says nothing of letters beyond ASCII, or is a codec of Python and no charset of a text
_NO_CHARSETS = frozenset(
    {"ascii", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs"}
)
# labels of a page or mail that mean more than they say, as every browser reads them
_WIDER = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_MUCH_BETTER = 1.0  # how much better, for each sign, a guess must be than what is declared
_POOR = -0.9  # below it what is declared is held against what could be meant


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the words of a text, and a remark where its encoding had to be guessed.

    ``declared`` is the charset that a mail or page names. Never raises.
    """
    charset = _known_charset(declared)
    if charset.startswith(_SEVEN_BITS) and (text := strictly(data, charset)) is not None:
        return text, ""
    if certain := unicode_encoding(data):
        return data.decode(certain, "replace").lstrip("\ufeff"), ""
    if charset and not charset.startswith("utf"):
        text = strictly(data, charset)
        if text is not None and not _is_better_guess(data, charset):
            return text, ""
    return _guessed(data, declared)


def _guessed(data: bytes, declared: str | None) -> tuple[str, str]:
    if broken := _broken_letters(data):
        letters = "one of its letters is" if broken == 1 else f"{broken} of its letters are"
        return data.decode("utf-8", "replace"), (
            f"Attention: {letters} damaged, shown as \ufffd. Check the words there."
        )
    best = best_guess(data)
    if best is None:
        return data.decode("utf-8", "replace"), (
            "Attention: some of its letters cannot be read, as it is not known how it was saved. "
            "Ask for the text saved as UTF-8, or for a Word file."
        )
    name = NAMES.get(best.encoding, best.encoding.upper())
    why = (
        f"its letters do not fit to the encoding it names ({declared[:30]})"
        if _known_charset(declared) and declared
        else "it does not say how its letters are encoded"
    )
    return data.decode(best.encoding, "replace"), (
        f"It was read as {best.language} ({name}), as {why}. Check that the words are right."
    )


def unicode_encoding(data: bytes) -> str:
    """Return the encoding of Unicode that bytes are in without doubt; nothing for any other."""
    for mark, name in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return name
    if wide := _wide(data[:2_000]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # a letter that was cut in two at the end, behind others that are whole
        cut = error.reason == "unexpected end of data" and error.end == len(data)
        return "utf-8" if cut and not data[: error.start].isascii() else ""
    return "utf-8"


def _wide(start: bytes) -> str:
    """Return UTF-16 or UTF-32 without its mark: blanks and line ends then have noughts beside."""
    if len(start) < 4 or (b"\0" not in start and len(start) < 16):
        return ""
    even, odd = start[::2], start[1::2]
    if start.count(0) * 10 > len(start) * 6:  # three of four bytes
        return "utf-32-le" if start[3::4].count(0) >= start[::4].count(0) else "utf-32-be"
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        # of one script: nearly all high bytes are its own, or nought, and no low byte is nought
        most = max(set(high) - {0}, key=high.count, default=0)
        block = sum(high.count(byte) for byte in {0, 0x20, most} if byte <= 0x20)
        if block * 10 > len(high) * 9 and high.count(0) and low.count(0) * 20 <= len(low):
            return name
    return ""


def _known_charset(declared: str | None) -> str:
    """Return Python's name of a declared charset; nothing for none, or one that is no charset."""
    try:
        info = codecs.lookup((declared or "").strip().strip("\"'").lower()[:40])
    except (LookupError, ValueError):
        return ""
    if info.name in _NO_CHARSETS or not info._is_text_encoding:
        return ""
    return _WIDER.get(info.name, info.name)


def _is_better_guess(data: bytes, charset: str) -> bool:
    """Say whether the letters fit far better to another encoding than to the declared one."""
    best = best_guess(data)
    if best is None or best.encoding == charset or charset not in code_pages():
        return False
    as_declared = fit(data, charset)
    return as_declared < _POOR and best.score > as_declared + _MUCH_BETTER


def _broken_letters(data: bytes) -> int:
    """Return how many letters of a text in UTF-8 are damaged; 0 where most of it is no UTF-8."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    whole = sum(sign > "\x7f" for sign in text) - broken
    return broken if whole >= 3 * broken > 0 else 0
