"""What stands in one text of a page, worked out once for many pages that show that text.

Frames, styles and the letters of drawn charts come back on each page, and are most of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from seminarkit.site.known_public_words import RUN
from seminarkit.site.page_words import APART, Words, is_letter, runs, spelled_out, words
from seminarkit.site.secrets import Secret

_BREAK = "\0"  # no word
_LONG = 2 * RUN + 1  # words of a text whose middle can be left out
_LETTER, _WORD = "x", "."
_REMEMBERED = 1 << 13  # texts: more than one page has, as most come back on the next
_LONGEST_ADDRESS = 320  # letters of an e-mail address


@dataclass(frozen=True, slots=True)
class Passage:
    """One text: its words, and what of them may be part of a secret.

    ``matter`` are the words that secrets have as well, with a break for all others. Of a long text
    that holds nothing secret by itself it is the beginning and the end, as a sentence may go on
    from one text to the next. ``letters`` has a sign for each word: whether it may be a letter that
    stands apart. ``answer`` is the answer that this text is, or that begins so; ``names`` are those
    of core participants in it.
    """

    words: Words
    matter: Words
    letters: str
    answer: Secret | None
    names: tuple[Words, ...]


class Passages:
    """The passages of all pages, by their texts."""

    def __init__(
        self,
        secret_runs: Sequence[Collection[Words]],
        names: Collection[Words],
        answers: Mapping[Words, Secret],
        cut_off: Callable[[str, Words], Secret | None],
    ) -> None:
        """Look for runs of words, names, whole answers, and answers that were cut off."""
        self._secret_runs = [(given, {len(run) for run in given}) for given in secret_runs]
        self._secret_words = {word for given in secret_runs for run in given for word in run}
        self._names, self._name_lengths = names, {len(name) for name in names}
        self._first_names = {name[0] for name in names}
        self._answers, self._cut_off = answers, cut_off
        self._letters = _Letters()
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._made)

    def of(self, text: str) -> Passage:
        """Return the passage of a text."""
        return self._remembered(text)

    def _made(self, text: str) -> Passage:
        own = words(text)
        answer = self._answers.get(own) or self._cut_off(text, own)
        letters = "".join(map(self._letters.__getitem__, own))
        return Passage(own, self._matter(own), letters, answer, tuple(self._named(own)))

    def _named(self, own: Words) -> Iterator[Words]:
        if not self._first_names.isdisjoint(own):
            for length in self._name_lengths:
                yield from filter(self._names.__contains__, runs(own, length))

    def _matter(self, own: Words) -> Words:
        if self._secret_words.isdisjoint(own):
            return (_BREAK,) if own else ()
        if len(own) >= _LONG and not self._has_secrets(own):
            own = (*own[:RUN], _BREAK, *own[-RUN:])
        kept: list[str] = []
        for word in own:
            if word in self._secret_words:
                kept.append(word)
            elif not kept or kept[-1] != _BREAK:
                kept.append(_BREAK)
        return tuple(kept)

    def _has_secrets(self, own: Words) -> bool:
        return any(
            any(map(given.__contains__, runs(own, length)))
            for given, lengths in self._secret_runs
            for length in lengths
        )


class ByLetters:
    """Runs of words by their first letters, to be found where their letters stand apart."""

    def __init__(self, secret_runs: Iterable[Words]) -> None:
        """Each run has as many letters as RUN at the least."""
        self._begun: dict[str, list[tuple[int, Words]]] = {}
        for place, run in enumerate(secret_runs):
            self._begun.setdefault("".join(run)[:RUN], []).append((place, run))

    def runs_in(self, spelled: str) -> list[Words]:
        """Return the runs that a row of letters holds, in the order in which they were named."""
        found = {
            (place, run)
            for i in range(len(spelled))
            for place, run in self._begun.get(spelled[i : i + RUN], ())
            if spelled.startswith("".join(run), i)
        }
        return [run for _, run in sorted(found)]


def letter_by_letter(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield what these passages say in letters that stand apart, as one word each."""
    if _LETTER * APART in "".join([passage.letters for passage in passages]):
        yield from spelled_out([word for passage in passages for word in passage.words])


def addresses_in(text: str, addresses: Iterable[str]) -> Iterator[str]:
    """Yield those of some e-mail addresses that a text holds, each once."""
    beside, at = [], text.find("@")
    while at >= 0:
        beside.append(text[max(0, at - _LONGEST_ADDRESS) : at + _LONGEST_ADDRESS])
        at = text.find("@", at + 1)
    near = "\n".join(beside)  # much shorter than the text, and has all addresses but odd ones
    for address in dict.fromkeys(addresses):
        odd = "@" not in address or "\n" in address or len(address) > _LONGEST_ADDRESS
        if address in (text if odd else near):
            yield address


class _Letters(dict[str, str]):
    """A sign for each word, worked out once."""

    def __missing__(self, word: str) -> str:
        sign = self[word] = _LETTER if is_letter(word) else _WORD
        return sign
