"""The search terms for a person, and how to find them in a text.

Searches use a normalised text: unescaped and case-folded. Redactions change the original text.
Sentences are compared by letters and digits only, because quotation marks and markup may differ.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from seminarkit.core.logs.redactions import BLACK

LEAST_WORDS = 14  # letters and digits; shorter sentences are not specific to a person
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_JSON_SIGNS = re.compile(r"\\+[nrtbf\"/]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_NO_LETTERS = re.compile(r"[\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\s*\n\s*")
# between two words of a raw text: punctuation, entities, escapes, markup
_GAP = (
    r"(?:[\W_]|&[#\w]{1,8};|<[^<>]{0,300}>|\\+[nrtbf]|\\+u[0-9a-fA-F]{4}|=[0-9A-F]{2}"
    r"|%[0-9A-F]{2}){0,60}?"
)
_DASH = r"[-\u2010-\u2015\u2212_]"


@dataclass(frozen=True)
class Traces:
    """The search terms for a person. ``texts`` are sentences from the person's answers."""

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    texts: frozenset[str] = field(default=frozenset(), repr=False)

    def __or__(self, other: Traces) -> Traces:
        return Traces(
            self.ids | other.ids,
            self.names | other.names,
            self.addresses | other.addresses,
            self.texts | other.texts,
        )

    def find(self, text: str) -> Counter[str]:
        """Return the number of ids, names, addresses and own sentences in a text."""
        plain = canonical(text)
        forms = {plain, canonical(_TAG.sub("", _unescaped(text))) if "</" in plain else plain}
        counts: Counter[str] = Counter()
        for form in forms:
            counts |= Counter(self._count_terms(form)) | Counter(self._count_sentences(form))
        return +counts

    def _count_terms(self, plain: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for kind, hint, pattern in self._patterns:
            if hint in plain:
                offsets = (match.start() for match in pattern.finditer(plain))
                at_word_start = (at for at in offsets if at == 0 or not plain[at - 1].isalnum())
                counts[kind] = counts.get(kind, 0) + sum(1 for _ in at_word_start)
        return counts

    def _count_sentences(self, plain: str) -> dict[str, int]:
        if not self._squeezed:
            return {}
        letters = squeezed(plain)
        return {"answer": sum(letters.count(words) for words in self._squeezed)}

    def redacted(self, text: str) -> str:
        """Return a text in which all mentions of the person are redacted. Markup is preserved."""
        before = after = unicodedata.normalize("NFC", text)
        for pattern in self._raw_patterns:
            after = pattern.sub(_blacked, after)
        if "</" in after and self.find(after):
            for pattern in self._markup_patterns:
                after = pattern.sub(_blacked, after)
        return after if after != before else text

    def is_person(self, value: object) -> bool:
        """True if a value is exactly an id, a name or an address of the person."""
        if not isinstance(value, str):
            return False
        words = squeezed(canonical(value))
        terms = (*self.ids, *self.names, *self.addresses)
        return bool(words) and words in {squeezed(canonical(term)) for term in terms}

    def is_about_person(self, row: object) -> bool:
        """True if a list item is about the person, such as a row of a nomination."""
        return isinstance(row, dict) and any(
            self.is_person(value)
            for key, value in row.items()
            if key == "id" or str(key).endswith(("name", "email"))
        )

    def names_person(self, text: str) -> bool:
        """True if a text contains an id, a name or an address of the person."""
        return any(self._count_terms(canonical(text)).values())

    @cached_property
    def _squeezed(self) -> frozenset[str]:
        return frozenset(squeezed(canonical(text)) for text in self.texts)

    @cached_property
    def _patterns(self) -> list[tuple[str, str, re.Pattern[str]]]:
        """Return (kind, longest word, pattern) for each search term."""
        # a literal first letter makes the search fast
        terms = {"id": self.ids, "name": self.names, "address": self.addresses}
        return [
            (kind, max(_words(canonical(value)), key=len), _compiled(kind, value))
            for kind, values in terms.items()
            for value in sorted(values)
            if _words(canonical(value))
        ]

    @cached_property
    def _raw_patterns(self) -> list[re.Pattern[str]]:
        return self._patterns_between("")

    @cached_property
    def _markup_patterns(self) -> list[re.Pattern[str]]:
        return self._patterns_between(r"(?:<[^<>]{0,300}>){0,40}")

    def _patterns_between(self, between: str) -> list[re.Pattern[str]]:
        terms = self.ids | self.names | self.addresses
        longest = sorted(terms | self.texts, key=lambda value: (-len(value), value))
        return [
            re.compile(_bounded(pattern) if value in terms else pattern, re.IGNORECASE)
            for value in longest
            if _words(value)
            for pattern in [
                _id(value, between) if value in self.ids else _raw_text_pattern(value, between)
            ]
        ]


def sentences(text: str) -> list[str]:
    """Return the sentences of an answer that are long enough to identify the author."""
    parts = [text, *_SENTENCE.split(text)]
    long = [part for part in parts if len(squeezed(canonical(part))) >= LEAST_WORDS]
    return long[1:] or long


def canonical(text: str) -> str:
    """Return a normalised text: unescaped, in Unicode form NFKC and case-folded."""
    plain = unicodedata.normalize("NFKC", _unescaped(text))
    return _INVISIBLE.sub("", plain).casefold()


def squeezed(plain: str) -> str:
    """Return only the letters and digits of a text."""
    return _NO_LETTERS.sub("", plain)


def _unescaped(text: str) -> str:
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = _JSON_SIGNS.sub(" ", text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "&" in text:
        text = html.unescape(text)
    return unquote(text) if "%" in text else text


def _words(text: str) -> list[str]:
    return [word for word in _NO_LETTERS.split(text) if word]


def _compiled(kind: str, value: str) -> re.Pattern[str]:
    gap = _DASH if kind == "id" else r"[\W_]{1,40}"
    words = gap.join(map(re.escape, _words(canonical(value))))
    return re.compile(words + r"(?![^\W_])")


def _bounded(pattern: str) -> str:
    return rf"(?<![^\W_])(?:{pattern})(?![^\W_])"


def _id(value: str, between: str) -> str:
    return between.join(_DASH if letter == "-" else re.escape(letter) for letter in value)


def _raw_text_pattern(value: str, between: str) -> str:
    return _GAP.join(between.join(map(_letter_pattern, word)) for word in _words(value))


def _letter_pattern(letter: str) -> str:
    if letter.isascii():
        return re.escape(letter)
    forms = {letter, letter.lower(), letter.upper(), unicodedata.normalize("NFD", letter)}
    patterns = [re.escape(form) for form in sorted(forms)]
    for form in {letter, letter.lower(), letter.upper()}:
        code = ord(form[0])
        units = form[0].encode("utf-16-be").hex()
        escaped = "".join(rf"\\+u{units[i : i + 4]}" for i in range(0, len(units), 4))
        octets = form[0].encode("utf-8")
        patterns += [f"&#{code};", f"&#x0*{code:x};", escaped]
        patterns += ["".join(f"{sign}{octet:02X}" for octet in octets) for sign in "=%"]
    return f"(?:{'|'.join(patterns)})"


def _blacked(match: re.Match[str]) -> str:
    return BLACK + "".join(_TAG.findall(match[0]))
