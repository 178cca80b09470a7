"""Guesses by its letters which language a text is in, and so the code page it was saved in.

Each language is held against the sample in each of its code pages: letters that it has speak for
it, the frequent ones more, and what no word looks like speaks against it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from seminarkit.topics.intake.encoding.alphabets import ALPHABETS, COMMON_SIGNS

_SAMPLE = 2_000
_STRANGE = -9.0  # a sign that the language does not have
_DOUBTFUL = -4.0  # below it a guess is none
_HIGH_LINES = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_MIXED_CASE = re.compile(r"[a-zß-öø-ÿа-яёђ-џα-ω][A-ZÀ-ÖØ-ÞА-ЯЁЂ-ЏΑ-Ω]")
_TWO_SCRIPTS = re.compile(
    r"[A-Za-z][\u0370-\u06ff\ufb00-\ufeff]|[\u0370-\u06ff\ufb00-\ufeff][A-Za-z]"
)
_ALL_ACCENTS = re.compile(r"(?<![^\W\d_])[\u00c0-\u024f]{2,}(?![^\W\d_])|[\u00c0-\u024f]{4}")
# no word of these scripts is so: Cyrillic without a vowel, a final letter of Hebrew not at the end
_NO_VOWEL = re.compile(
    r"(?<![^\W\d_])[бвгджзйклмнпрстфхцчшщъьђѓјљњћќџғқңһґ]{2,}(?![^\W\d_])"
    r"|(?<![^\W\d_])[βγδζθκλμνξπρσςτφχψ]{2,}(?![^\W\d_])|[ךםןףץ](?=[א-ת])",
    re.IGNORECASE,
)
# a low quotation mark begins a word
_LATE_QUOTE = re.compile(r"[^\W\d_][‚„]|[‚„](?!\w)")
# what stands in a word all the same
_JOINTS = frozenset("’‘·\u00ad\u200c\u200d")


class Guess(NamedTuple):
    """An encoding and a language that a text may be in; the higher the score, the likelier."""

    score: float
    encoding: str
    language: str


def best_guess(data: bytes) -> Guess | None:
    """Return the encoding and language that the letters of some bytes fit best."""
    return _best(_sample(data))


@lru_cache(maxsize=64)  # a file is looked at to know its kind, to find a chat, and to be read
def _best(sample: bytes) -> Guess | None:
    best = max(_guesses(sample), key=lambda guess: guess.score, default=None)
    return best if best and best.score > _DOUBTFUL else None


def fit(data: bytes, encoding: str) -> float:
    """Return how well a text in an encoding fits the language that it fits best."""
    scores = _scores(_sample(data), encoding, _languages(encoding) or list(ALPHABETS))
    return max(scores.values(), default=-math.inf)


def code_pages() -> list[str]:
    """Return every encoding that can be guessed."""
    return list(dict.fromkeys(page for each in ALPHABETS.values() for page in each.code_pages))


def strictly(data: bytes, encoding: str) -> str | None:
    """Return bytes decoded without any doubt; None where they are not in this encoding."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _sample(data: bytes) -> bytes:
    """Return the first lines with letters beyond ASCII."""
    lines, size = [], 0
    for line in _HIGH_LINES.finditer(data):
        lines.append(line[0][: _SAMPLE - size])
        size += len(lines[-1])
        if size >= _SAMPLE:
            break
    return b"\n".join(lines)


def _guesses(sample: bytes) -> Iterator[Guess]:
    for encoding in code_pages():
        for language, score in _scores(sample, encoding, _languages(encoding)).items():
            rank = list(ALPHABETS).index(language)
            place = ALPHABETS[language].code_pages.index(encoding)
            yield Guess(score - rank * 0.02 - place * 0.15, encoding, language)


@cache
def _languages(encoding: str) -> list[str]:
    """Return the languages that are written in a code page."""
    return [name for name, alphabet in ALPHABETS.items() if encoding in alphabet.code_pages]


def _scores(sample: bytes, encoding: str, languages: Sequence[str]) -> dict[str, float]:
    """Return how well a sample in an encoding fits each language: the mean for each sign.

    Nothing where it cannot be in this encoding.
    """
    text = strictly(sample, encoding)
    if text is None:
        return {}
    signs = Counter(sign for sign in text.lower() if sign > "\x7f")
    common = sum(number for sign, number in signs.items() if sign in COMMON_SIGNS)
    strange = sum(
        len(pattern.findall(text))
        for pattern in (_MIXED_CASE, _TWO_SCRIPTS, _ALL_ACCENTS, _LATE_QUOTE)
    )
    shape = _STRANGE * (strange + _misplaced_signs(text) + len(_NO_VOWEL.findall(text)) / 2)
    if common == signs.total() and encoding == "cp1252" and not strange:
        return dict.fromkeys(languages, 1.0)  # a text in English with typographic signs alone
    return {
        language: (
            shape
            - 0.3 * common
            + sum(
                number * weights.get(sign, _STRANGE)
                for sign, number in signs.items()
                if sign not in COMMON_SIGNS
            )
        )
        / max(1, signs.total())
        for language in languages
        if (weights := _weights(language))
    }


def _misplaced_signs(text: str) -> int:
    """Count the signs beyond ASCII between two letters, and those of money or sums at one."""
    number = 0
    for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if sign > "\x7f" and sign not in _JOINTS:
            kind = unicodedata.category(sign)[0]
            beside = before.isalpha() + after.isalpha()
            number += (kind not in "LM" and beside == 2) or (kind in "SN" and beside == 1)
    return number


@cache
def _weights(language: str) -> dict[str, float]:
    """Return how much each letter of a language speaks for it, by its place in the alphabet.

    The logarithm of how often it comes, against letters that come equally often.
    """
    letters = list(dict.fromkeys(ALPHABETS[language].letters))
    shares = [1 / (place + 4) for place in range(len(letters))]
    return {
        letter: math.log(len(letters) * share / sum(shares))
        for letter, share in zip(letters, shares, strict=True)
    }
