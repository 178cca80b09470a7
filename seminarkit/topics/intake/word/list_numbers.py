"""Format list numbers (1, a, iv, б) by the names that Word and LibreOffice use."""

from __future__ import annotations

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = {
    "lowerletter": _LATIN,
    "a": _LATIN,
    "russianlower": _RUSSIAN,
    "а": _RUSSIAN,
    "arabicalpha": _ARABIC,
    "arabicabjad": _ABJAD,
    "hebrew2": _HEBREW,
}
_MOST = 3999


def list_number(number: int, kind: str) -> str:
    """Return a number in a list format; in digits if the format is unknown.

    >>> [list_number(4, kind) for kind in ("decimal", "lowerLetter", "upperRoman", "russianLower")]
    ['4', 'd', 'IV', 'г']
    >>> list_number(28, "lowerLetter")
    'bb'
    """
    name = kind.lower()
    if name in ("none", ""):
        return ""
    if not 0 < number <= _MOST:
        return str(number)
    if name == "decimalzero":
        return f"{number:02}"
    if name == "ordinal":
        return f"{number}{_ordinal(number)}"
    if name in ("lowerroman", "upperroman", "i"):
        text = _roman(number)
        return text.upper() if kind in ("upperRoman", "I") else text
    lower = name.replace("upper", "lower", 1)
    letters = _LETTERS.get(lower) or _LETTERS.get(f"{lower.removesuffix('lower')}lower", "")
    if not letters:
        return str(number)
    label = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    return label.upper() if "upper" in kind.lower() or kind.isupper() else label


def _roman(number: int) -> str:
    text = ""
    for value, numeral in _ROMAN:
        text += numeral * (number // value)
        number %= value
    return text


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
