"""Guess the language of a text, and so its code page, from letter frequencies.

A sample is scored for each language in each of its code pages. Letters of the language raise the
score, frequent ones more; impossible letter sequences lower it.
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

_SAMPLE_SIZE = 2_000
_FOREIGN_LETTER = -9.0  # for a letter that the language lacks
_MIN_SCORE = -4.0  # below this score there is no guess
_HIGH_LINES = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_MIXED_CASE = re.compile(r"[a-zß-öø-ÿа-яёђ-џα-ω][A-ZÀ-ÖØ-ÞА-ЯЁЂ-ЏΑ-Ω]")
_TWO_SCRIPTS = re.compile(
    r"[A-Za-z][\u0370-\u06ff\ufb00-\ufeff]|[\u0370-\u06ff\ufb00-\ufeff][A-Za-z]"
)
_ALL_ACCENTS = re.compile(r"(?<![^\W\d_])[\u00c0-\u024f]{2,}(?![^\W\d_])|[\u00c0-\u024f]{4}")
# impossible words: Cyrillic or Greek without a vowel, a Hebrew final letter not at the end
_NO_VOWEL = re.compile(
    r"(?<![^\W\d_])[бвгджзйклмнпрстфхцчшщъьђѓјљњћќџғқңһґ]{2,}(?![^\W\d_])"
    r"|(?<![^\W\d_])[βγδζθκλμνξπρσςτφχψ]{2,}(?![^\W\d_])|[ךםןףץ](?=[א-ת])",
    re.IGNORECASE,
)
# a low quotation mark that does not begin a word
_LATE_QUOTE = re.compile(r"[^\W\d_][‚„]|[‚„](?!\w)")
# non-letters that may occur inside a word
_WORD_JOINERS = frozenset("’‘·\u00ad\u200c\u200d")


class Guess(NamedTuple):
    """A possible encoding and language of a text; a higher score is more likely."""

    score: float
    encoding: str
    language: str


def best_guess(data: bytes) -> Guess | None:
    """Return the most likely encoding and language, or None if no guess is good enough."""
    return _best(_sample(data))


@lru_cache(maxsize=64)  # each file is decoded several times: for its type, for chats, for reading
def _best(sample: bytes) -> Guess | None:
    best = max(_guesses(sample), key=lambda guess: guess.score, default=None)
    return best if best and best.score > _MIN_SCORE else None


def fit(data: bytes, encoding: str) -> float:
    """Return the best score of any language for a text in this encoding."""
    scores = _scores(_sample(data), encoding, _languages(encoding) or list(ALPHABETS))
    return max(scores.values(), default=-math.inf)


def code_pages() -> list[str]:
    """Return all encodings that can be guessed."""
    return list(
        dict.fromkeys(page for alphabet in ALPHABETS.values() for page in alphabet.code_pages)
    )


def decode_strictly(data: bytes, encoding: str) -> str | None:
    """Return the decoded bytes, or None if they are not valid in this encoding."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _sample(data: bytes) -> bytes:
    """Return the first lines with non-ASCII bytes, up to the sample size."""
    lines, size = [], 0
    for line in _HIGH_LINES.finditer(data):
        lines.append(line[0][: _SAMPLE_SIZE - size])
        size += len(lines[-1])
        if size >= _SAMPLE_SIZE:
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
    """Return the languages that use a code page."""
    return [name for name, alphabet in ALPHABETS.items() if encoding in alphabet.code_pages]


def _scores(sample: bytes, encoding: str, languages: Sequence[str]) -> dict[str, float]:
    """Return the mean score per non-ASCII character of a sample for each language.

    Empty if the sample is not valid in this encoding.
    """
    text = decode_strictly(sample, encoding)
    if text is None:
        return {}
    signs = Counter(sign for sign in text.lower() if sign > "\x7f")
    common = sum(number for sign, number in signs.items() if sign in COMMON_SIGNS)
    anomalies = sum(
        len(pattern.findall(text))
        for pattern in (_MIXED_CASE, _TWO_SCRIPTS, _ALL_ACCENTS, _LATE_QUOTE)
    )
    penalty = _FOREIGN_LETTER * (
        anomalies + _misplaced_signs(text) + len(_NO_VOWEL.findall(text)) / 2
    )
    if common == signs.total() and encoding == "cp1252" and not anomalies:
        return dict.fromkeys(languages, 1.0)  # English with typographic punctuation only
    return {
        language: (
            penalty
            - 0.3 * common
            + sum(
                number * weights.get(sign, _FOREIGN_LETTER)
                for sign, number in signs.items()
                if sign not in COMMON_SIGNS
            )
        )
        / max(1, signs.total())
        for language in languages
        if (weights := _weights(language))
    }


def _misplaced_signs(text: str) -> int:
    """Count non-ASCII symbols between two letters, and currency or math signs beside one."""
    count = 0
    for left, sign, right in zip(" " + text, text, text[1:] + " ", strict=False):
        if sign > "\x7f" and sign not in _WORD_JOINERS:
            kind = unicodedata.category(sign)[0]
            adjacent_letters = left.isalpha() + right.isalpha()
            count += (kind not in "LM" and adjacent_letters == 2) or (
                kind in "SN" and adjacent_letters == 1
            )
    return count


@cache
def _weights(language: str) -> dict[str, float]:
    """Return the weight of each letter of a language, from its rank by frequency.

    The weight is the log ratio of its assumed frequency to a uniform distribution.
    """
    letters = list(dict.fromkeys(ALPHABETS[language].letters))
    shares = [1 / (place + 4) for place in range(len(letters))]
    return {
        letter: math.log(len(letters) * share / sum(shares))
        for letter, share in zip(letters, shares, strict=True)
    }
