"""Whether two names are one person's: titles, accents, order and spelling are no difference."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

SAMPLE = "[sample]"  # the mark that the kit's own sample puts behind every text
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
    """Return a text without the sample's mark and without doubled spaces."""
    return " ".join(text.replace(SAMPLE, " ").split())


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: no title, accent, sign or capital."""
    plain = unicodedata.normalize("NFKD", _DEGREE.sub(" ", without_sample(name)).casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[\w'’-]*\w", plain.replace("_", " "))
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


def is_same_name(one: str, other: str) -> bool:
    """Say whether two names have the same words, in any order."""
    words = sorted(name_words(one))
    return bool(words) and words == sorted(name_words(other))


def is_near_name(one: str, other: str) -> bool:
    """Say whether each word of the shorter name is a word of the other one.

    An initial stands for a word, and a letter more or less is no difference. Numbers must agree:
    they tell apart the places of a delegation that are named by role.
    """
    shorter, longer = sorted((name_words(one), name_words(other)), key=len)
    if not shorter or _numbers(shorter) != _numbers(longer):
        return False
    left, whole = list(longer), False
    for word in sorted(shorter, key=len, reverse=True):
        twin = max(left, key=lambda each: _likeness(word, each))
        if _likeness(word, twin) < _SIMILAR:
            return False
        whole |= min(len(word), len(twin)) > 1
        left.remove(twin)
    return whole


def has_common_word(one: str, other: str) -> bool:
    """Say whether two names share a word of three letters or more, such as a first name."""
    return any(
        len(word) > 2 and not word.isdigit() and _likeness(word, each) >= _SIMILAR
        for word in name_words(one)
        for each in name_words(other)
    )


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1 and longer.startswith(shorter) and not shorter.isdigit():
        return 0.9
    return SequenceMatcher(None, one, other).ratio() if len(shorter) > 3 else 0.0


def _numbers(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if word.isdigit()}
