"""What a person is known by (id, names, addresses, own words), and how it is found in a text.

A text is searched in a plain form of it (escapes undone, letters folded), and blacked out where it
is as it was written. Own words are looked for by their letters and digits alone, so that quotation
marks, markup and line ends make no difference.
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

LEAST_WORDS = 14  # letters and digits; what is shorter is said by many
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_JSON_SIGNS = re.compile(r"\\+[nrtbf\"/]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_NO_LETTERS = re.compile(r"[\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\s*\n\s*")
# between two words as they are written somewhere: signs, entities, escapes, markup
_GAP = (
    r"(?:[\W_]|&[#\w]{1,8};|<[^<>]{0,300}>|\\+[nrtbf]|\\+u[0-9a-fA-F]{4}|=[0-9A-F]{2}"
    r"|%[0-9A-F]{2}){0,60}?"
)
_DASH = r"[-\u2010-\u2015\u2212_]"


@dataclass(frozen=True)
class Traces:
    """All that a person is looked for by. ``texts`` are sentences of the person's own answers."""

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
        """Return how often a text holds an id, a name, an address or own words."""
        plain = canonical(text)
        ways = {plain, canonical(_TAG.sub("", _unescaped(text))) if "</" in plain else plain}
        counts: Counter[str] = Counter()
        for way in ways:
            counts |= Counter(self._known_in(way)) | Counter(self._words_in(way))
        return +counts

    def _known_in(self, plain: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for what, hint, pattern in self._patterns:
            if hint in plain:
                places = (found.start() for found in pattern.finditer(plain))
                alone = (at for at in places if at == 0 or not plain[at - 1].isalnum())
                counts[what] = counts.get(what, 0) + sum(1 for _ in alone)
        return counts

    def _words_in(self, plain: str) -> dict[str, int]:
        if not self._squeezed:
            return {}
        letters = squeezed(plain)
        return {"answer": sum(letters.count(words) for words in self._squeezed)}

    def blacken(self, text: str) -> str:
        """Return a text without any trace; markup inside of one stays, so that it stays whole."""
        before = after = unicodedata.normalize("NFC", text)
        for pattern in self._written:
            after = pattern.sub(_blacked, after)
        if "</" in after and self.find(after):
            for pattern in self._parted:
                after = pattern.sub(_blacked, after)
        return after if after != before else text

    def is_known(self, value: object) -> bool:
        """Say whether a value is the person: the id, a name or an address, and nothing else."""
        if not isinstance(value, str):
            return False
        words = squeezed(canonical(value))
        known = (*self.ids, *self.names, *self.addresses)
        return bool(words) and words in {squeezed(canonical(each)) for each in known}

    def is_row(self, row: object) -> bool:
        """Say whether an item of a list is about the person, such as a nominated one."""
        return isinstance(row, dict) and any(
            self.is_known(value)
            for key, value in row.items()
            if key == "id" or str(key).endswith(("name", "email"))
        )

    def marks(self, text: str) -> bool:
        """Say whether a text names the person, by id, name or address."""
        return any(self._known_in(canonical(text)).values())

    @cached_property
    def _squeezed(self) -> frozenset[str]:
        return frozenset(squeezed(canonical(each)) for each in self.texts)

    @cached_property
    def _patterns(self) -> list[tuple[str, str, re.Pattern[str]]]:
        """Return for each trace its kind, its longest word, and how it is found.

        A pattern begins with a letter, as such a one is looked for fast.
        """
        known = {"id": self.ids, "name": self.names, "address": self.addresses}
        return [
            (what, max(_words(canonical(value)), key=len), _compiled(what, value))
            for what, values in known.items()
            for value in sorted(values)
            if _words(canonical(value))
        ]

    @cached_property
    def _written(self) -> list[re.Pattern[str]]:
        """Return one pattern per trace: the longest first, as a name may be part of words."""
        return self._patterns_between("")

    @cached_property
    def _parted(self) -> list[re.Pattern[str]]:
        """Return one pattern per trace that markup may part in the middle of a word."""
        return self._patterns_between(r"(?:<[^<>]{0,300}>){0,40}")

    def _patterns_between(self, between: str) -> list[re.Pattern[str]]:
        known = self.ids | self.names | self.addresses
        longest = sorted(known | self.texts, key=lambda value: (-len(value), value))
        return [
            re.compile(_bounded(way) if value in known else way, re.IGNORECASE)
            for value in longest
            if _words(value)
            for way in [_id(value, between) if value in self.ids else _tolerant(value, between)]
        ]


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of an answer that are long enough to know them by."""
    parts = [text, *_SENTENCE.split(text)]
    long = [part for part in parts if len(squeezed(canonical(part))) >= LEAST_WORDS]
    return long[1:] or long


def canonical(text: str) -> str:
    """Return a text with escapes undone and letters folded, as it is compared."""
    plain = unicodedata.normalize("NFKC", _unescaped(text))
    return _INVISIBLE.sub("", plain).casefold()


def squeezed(plain: str) -> str:
    """Return only the letters and digits of a text."""
    return _NO_LETTERS.sub("", plain)


def _unescaped(text: str) -> str:
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = _JSON_SIGNS.sub(" ", text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "&" in text:
        text = html.unescape(text)
    return unquote(text) if "%" in text else text


def _words(text: str) -> list[str]:
    return [word for word in _NO_LETTERS.split(text) if word]


def _compiled(what: str, value: str) -> re.Pattern[str]:
    gap = _DASH if what == "id" else r"[\W_]{1,40}"
    words = gap.join(map(re.escape, _words(canonical(value))))
    return re.compile(words + r"(?![^\W_])")


def _bounded(pattern: str) -> str:
    return rf"(?<![^\W_])(?:{pattern})(?![^\W_])"


def _id(value: str, between: str) -> str:
    return between.join(_DASH if letter == "-" else re.escape(letter) for letter in value)


def _tolerant(value: str, between: str) -> str:
    """Return a pattern for words as they are written in HTML, JSON, XML or a mail."""
    return _GAP.join(between.join(map(_letter, word)) for word in _words(value))


def _letter(letter: str) -> str:
    """Return a pattern for one letter: itself, in another Unicode form, or escaped."""
    if letter.isascii():
        return re.escape(letter)
    forms = {letter, letter.lower(), letter.upper(), unicodedata.normalize("NFD", letter)}
    ways = [re.escape(form) for form in sorted(forms)]
    for form in {letter, letter.lower(), letter.upper()}:
        code = ord(form[0])
        units = form[0].encode("utf-16-be").hex()
        escaped = "".join(rf"\\+u{units[i : i + 4]}" for i in range(0, len(units), 4))
        octets = form[0].encode("utf-8")
        ways += [f"&#{code};", f"&#x0*{code:x};", escaped]
        ways += ["".join(f"{sign}{octet:02X}" for octet in octets) for sign in "=%"]
    return f"(?:{'|'.join(ways)})"


def _blacked(found: re.Match[str]) -> str:
    return BLACK + "".join(_TAG.findall(found[0]))
