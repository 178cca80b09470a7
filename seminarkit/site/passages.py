"""Texts of pages with the words in them that may be secret, cached by text.

Frames, styles and the glyphs of charts recur on every page, and are most of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from seminarkit.site.known_public_words import RUN
from seminarkit.site.page_words import APART, Words, is_letter, runs, spelled_out, words
from seminarkit.site.secrets import Secret

_BREAK = "\0"  # not a word
_LONG_TEXT = 2 * RUN + 1  # number of words from which the middle of a text may be left out
_LETTER, _WORD = "x", "."
_CACHE_SIZE = 1 << 13  # cached texts: more than a page has, as most recur on the next page
_LONGEST_ADDRESS = 320  # letters of an e-mail address


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a page: its words, and which of them may be part of a secret.

    ``matter`` are the words that also occur in secrets, with a break in place of all others. For a
    long text that contains no secret, it is only the beginning and the end, as a sentence may
    continue in the next text. ``letters`` has a sign for each word: whether it may be a letter of a
    spaced-out word. ``answer`` is the answer that equals this text or begins with it; ``names`` are
    the names of core participants in it.
    """

    words: Words
    matter: Words
    letters: str
    answer: Secret | None
    names: tuple[Words, ...]


class Passages:
    """A cache of passages by text, for all pages."""

    def __init__(
        self,
        secret_runs: Sequence[Collection[Words]],
        names: Collection[Words],
        answers: Mapping[Words, Secret],
        cut_off: Callable[[str, Words], Secret | None],
    ) -> None:
        """Search for runs of words, names, whole answers, and answers that were cut off."""
        self._secret_runs = [(group, {len(run) for run in group}) for group in secret_runs]
        self._secret_words = {word for group in secret_runs for run in group for word in run}
        self._names, self._name_lengths = names, {len(name) for name in names}
        self._first_names = {name[0] for name in names}
        self._answers, self._cut_off = answers, cut_off
        self._letters = _Letters()
        self._cached = lru_cache(maxsize=_CACHE_SIZE)(self._build)

    def of(self, text: str) -> Passage:
        """Return the passage for a text."""
        return self._cached(text)

    def _build(self, text: str) -> Passage:
        own = words(text)
        answer = self._answers.get(own) or self._cut_off(text, own)
        letters = "".join(map(self._letters.__getitem__, own))
        return Passage(own, self._matter(own), letters, answer, tuple(self._names_among(own)))

    def _names_among(self, own: Words) -> Iterator[Words]:
        if not self._first_names.isdisjoint(own):
            for length in self._name_lengths:
                yield from filter(self._names.__contains__, runs(own, length))

    def _matter(self, own: Words) -> Words:
        if self._secret_words.isdisjoint(own):
            return (_BREAK,) if own else ()
        if len(own) >= _LONG_TEXT and not self._has_secrets(own):
            own = (*own[:RUN], _BREAK, *own[-RUN:])
        matter: list[str] = []
        for word in own:
            if word in self._secret_words:
                matter.append(word)
            elif not matter or matter[-1] != _BREAK:
                matter.append(_BREAK)
        return tuple(matter)

    def _has_secrets(self, own: Words) -> bool:
        return any(
            any(map(group.__contains__, runs(own, length)))
            for group, lengths in self._secret_runs
            for length in lengths
        )


class ByLetters:
    """Runs of words by their first letters, to find them in spaced-out letters."""

    def __init__(self, secret_runs: Iterable[Words]) -> None:
        """Each run must have at least RUN letters."""
        self._by_start: dict[str, list[tuple[int, Words]]] = {}
        for index, run in enumerate(secret_runs):
            self._by_start.setdefault("".join(run)[:RUN], []).append((index, run))

    def runs_in(self, spelled: str) -> list[Words]:
        """Return the runs that a string of letters contains, in the order of the given runs."""
        matches = {
            (index, run)
            for i in range(len(spelled))
            for index, run in self._by_start.get(spelled[i : i + RUN], ())
            if spelled.startswith("".join(run), i)
        }
        return [run for _, run in sorted(matches)]


def letter_by_letter(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield each sequence of spaced-out letters in these passages, joined as one word."""
    if _LETTER * APART in "".join([passage.letters for passage in passages]):
        yield from spelled_out([word for passage in passages for word in passage.words])


def addresses_in(text: str, addresses: Iterable[str]) -> Iterator[str]:
    """Yield those of some e-mail addresses that a text contains, without duplicates."""
    surroundings, at = [], text.find("@")
    while at >= 0:
        surroundings.append(text[max(0, at - _LONGEST_ADDRESS) : at + _LONGEST_ADDRESS])
        at = text.find("@", at + 1)
    excerpt = "\n".join(surroundings)  # much shorter than the text; lacks only odd addresses
    for address in dict.fromkeys(addresses):
        odd = "@" not in address or "\n" in address or len(address) > _LONGEST_ADDRESS
        if address in (text if odd else excerpt):
            yield address


class _Letters(dict[str, str]):
    """A cache of the sign for each word."""

    def __missing__(self, word: str) -> str:
        sign = self[word] = _LETTER if is_letter(word) else _WORD
        return sign
