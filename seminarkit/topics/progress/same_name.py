"""Fuzzy comparison of names of people: ignores titles, accents, word order and spelling."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

SAMPLE = "[sample]"  # the mark after every text of the kit's sample data
_TITLES = frozenset(
    """
    dr prof professor doctor mr mrs ms miss mx sir phd msc mba ing mag mgr doc doz assoc associate
    assistant habil hon mme mlle herr frau pr eng д-р др проф доктор профессор доцент г-н г-жа
    د أ الدكتور الدكتورة دكتور الأستاذ الأستاذة
    """.split()  # noqa: SIM905
)
_DEGREE = re.compile(r"\b(ph|m|b)\.?\s?(d|sc|a)\.(?=\W|$)|\bph\.?\s?d\b", re.IGNORECASE)
_SIMILAR = 0.8


def without_sample(text: str) -> str:
    """Return a text without the sample mark and with single spaces."""
    return " ".join(text.replace(SAMPLE, " ").split())


def name_words(name: str) -> tuple[str, ...]:
    """Return the normalised words of a name: no titles, accents, punctuation or capitals."""
    plain = unicodedata.normalize("NFKD", _DEGREE.sub(" ", without_sample(name)).casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[\w'’-]*\w", plain.replace("_", " "))
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


def is_same_name(one: str, other: str) -> bool:
    """Say whether two names have the same normalised words, in any order."""
    words = sorted(name_words(one))
    return bool(words) and words == sorted(name_words(other))


def is_near_name(one: str, other: str) -> bool:
    """Say whether each word of the shorter name matches a word of the longer one.

    Initials and similar spellings match. Numbers must be equal, since they distinguish the
    placeholder names of a delegation.
    """
    shorter, longer = sorted((name_words(one), name_words(other)), key=len)
    if not shorter or _numbers(shorter) != _numbers(longer):
        return False
    left, has_full_word = list(longer), False
    for word in sorted(shorter, key=len, reverse=True):
        twin = max(left, key=lambda candidate: _similarity(word, candidate))
        if _similarity(word, twin) < _SIMILAR:
            return False
        has_full_word |= min(len(word), len(twin)) > 1
        left.remove(twin)
    return has_full_word


def has_common_word(one: str, other: str) -> bool:
    """Say whether two names share a word of three letters or more, such as a first name."""
    return any(
        len(word) > 2 and not word.isdigit() and _similarity(word, candidate) >= _SIMILAR
        for word in name_words(one)
        for candidate in name_words(other)
    )


def _similarity(one: str, other: str) -> float:
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1 and longer.startswith(shorter) and not shorter.isdigit():
        return 0.9
    return SequenceMatcher(None, one, other).ratio() if len(shorter) > 3 else 0.0


def _numbers(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if word.isdigit()}
