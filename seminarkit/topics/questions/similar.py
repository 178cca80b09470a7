"""Which questions might ask the same thing: a suggestion for a person, and never more than that.

Words are taken by their beginnings, so that 'credit' and 'credits' meet in most languages, and
weighed by how rare they are. As two people seldom choose the same words for one thing, each word
also brings those along that stand beside it in the seminar's own texts, at less weight. Scripts do
not meet: a question in Arabic is never suggested for one in English.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

SHOWN = 3
PLACES = 6  # of a likeness, after the point
# Suggested are those alone that are so many times as near as the next one; chosen by the sets of
# scripts/benchmarks/questions.py: fewer than half as many lines, and nearly as many are found.
_MARGIN = 1.2
_BEGINNING = 5  # letters; with the two numbers below chosen by scripts/benchmarks/questions.py
_COMPANIONS = 20
_WEIGHT = 0.6
_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    _WORD.findall("""
    a about after again all also am an and any are as at be been before being both but by can
    could did do does doing done each every few for from had has have having he her here him his
    how i if in into is it its may me might more most must my no nor not of on one only or other
    our out over own same shall she should so some such than that the their them then there these
    they this those to too two under up upon us very was we were what when where which who whom
    whose why will with would you your yours
    """)
)

Vector = Mapping[str, float]
Likeness = Sequence[Sequence[float]]  # of each text to each


class Companions:
    """Which words stand together in the sentences and short answers of a seminar's texts."""

    def __init__(self, texts: Iterable[str], theme_words: Iterable[str] = ()) -> None:
        """``theme_words`` are in nearly every question, and tell none from another."""
        self._theme = beginnings(theme_words)
        self._number = 0
        self._texts_with: Counter[str] = Counter()
        self._beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            words = set(self.words(text))
            if len(words) > 2:
                self._number += 1
                self._texts_with.update(words)
                for word in words:
                    self._beside[word].update(words - {word})

    def words(self, text: str) -> list[str]:
        """Return the beginnings of the words that say what a text is about."""
        found = (word.casefold() for word in _WORD.findall(text))
        begun = (word[:_BEGINNING] for word in found if word not in _COMMON)
        return [word for word in begun if word not in self._theme]

    def between(self, texts: Sequence[str]) -> Likeness:
        """Return how like each text is to each: 0 where they share nothing, 1 at the most.

        One product of a sparse matrix with itself, a word at a time, in memory for the result
        alone. Rounded, as sums of fractions depend on their order.
        """
        import numpy as np  # slow to load

        vectors = [self.vector(text) for text in texts]
        having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, vector in enumerate(vectors):
            for word, weight in vector.items():
                having[word].append((i, weight))
        found = np.zeros((len(texts), len(texts)))
        for pairs in having.values():
            places = np.array([i for i, _ in pairs])
            weights = np.array([weight for _, weight in pairs])
            found[np.ix_(places, places)] += np.outer(weights, weights)
        likeness: Likeness = found.round(PLACES).tolist()
        return likeness

    def vector(self, text: str) -> Vector:
        """Return the weights of a text's words and their companions, of length 1."""
        weights: defaultdict[str, float] = defaultdict(float)
        for word in self.words(text):
            weights[word] += 1
            for other, weight in self._companions(word):
                weights[other] += weight
        weighed = {word: weight * self._rarity(word) for word, weight in weights.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        return {word: weight / length for word, weight in weighed.items()}

    def _companions(self, word: str) -> list[tuple[str, float]]:
        """Return the words that stand beside one more often than chance, the surest first."""
        found = []
        for other, times in self._beside[word].items() if word in self._beside else ():
            if times > 1:
                chance = self._texts_with[word] * self._texts_with[other] / self._number
                tie = math.log(times / chance) * times / (times + 2)
                if tie > 0:
                    found.append((other, _WEIGHT * tie / 4))
        return sorted(found, key=lambda each: (-each[1], each[0]))[:_COMPANIONS]

    def _rarity(self, word: str) -> float:
        return math.log((1 + self._number) / (1 + self._texts_with[word])) + 1


def nearest(between: Likeness, apart: Sequence[Collection[int]] = ()) -> list[list[int]]:
    """Return for each text the positions of up to three that are clearly nearest, nearest first.

    Clearly: nearer than the next one by a margin. Where all are about as near, none is suggested.
    ``apart`` holds for each text those that are not to be shown for it.
    """
    found = []
    for i, likeness in enumerate(between):
        hidden = {i, *(apart[i] if apart else ())}
        near = [(each, j) for j, each in enumerate(likeness) if each > 0 and j not in hidden]
        best = sorted(near, key=lambda each: (-each[0], each[1]))
        found.append([j for _, j in _leading(best)])
    return found


def _leading(best: Sequence[tuple[float, int]]) -> Sequence[tuple[float, int]]:
    """Return the first ones before the first gap; none where there is no gap behind the third."""
    nearness = [*(near for near, _ in best), 0.0]
    for number in range(1, min(SHOWN, len(best)) + 1):
        if nearness[number - 1] >= _MARGIN * nearness[number]:
            return best[:number]
    return []


def beginnings(words: Iterable[str]) -> set[str]:
    """Return the letters by which words meet in most languages, whatever they end in."""
    return {word.casefold()[:_BEGINNING] for word in words}


def without(text: str, theme_words: Iterable[str]) -> str:
    """Return a text's words without those that stand in nearly every text."""
    theme = beginnings(theme_words)
    return " ".join(w for w in _WORD.findall(text) if w.casefold()[:_BEGINNING] not in theme)


def in_most(texts: Sequence[str]) -> list[str]:
    """Return the words that stand in more than half of many texts: they tell none from another."""
    counts = Counter(w for text in texts for w in set(_WORD.findall(text.casefold())))
    many = len(texts) >= 10
    return sorted(word for word, n in counts.items() if many and n > len(texts) / 2)


def sentences(text: str) -> list[str]:
    """Return the sentences of a longer text, the pieces in which words stand together."""
    return [part for part in re.split(r"(?<=[.!?])\s+|\n\s*\n", text) if part.strip()]
