"""Similarity of questions by words, as suggestions for a person.

Words are compared by prefix, so that 'credit' and 'credits' match in most languages, and weighted
by inverse document frequency. As two people seldom choose the same words, each word also adds, at
less weight, the words that occur beside it in the seminar's own texts. Scripts do not match: a
question in Arabic is never suggested for one in English.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

SHOWN = 3
PLACES = 6  # decimal places of a similarity
# A suggestion must be so many times as similar as the next text. Chosen with
# scripts/benchmarks/questions.py: fewer than half the suggestions, and nearly all true ones.
_MARGIN = 1.2
_BEGINNING = 5  # letters of a prefix; chosen with the same benchmark, as are the two numbers below
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
Likeness = Sequence[Sequence[float]]  # the matrix of similarities of all texts


class Companions:
    """Co-occurrence of words in the sentences and short answers of a seminar."""

    def __init__(self, texts: Iterable[str], theme_words: Iterable[str] = ()) -> None:
        """Count co-occurrences; ``theme_words`` are in nearly every text and are ignored."""
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
        """Return the prefixes of the words that carry a text's meaning."""
        lower_case = (word.casefold() for word in _WORD.findall(text))
        prefixes = (word[:_BEGINNING] for word in lower_case if word not in _COMMON)
        return [word for word in prefixes if word not in self._theme]

    def between(self, texts: Sequence[str]) -> Likeness:
        """Return the cosine similarity of all pairs of texts, from 0 to 1.

        A product of a sparse matrix with its transpose, one word at a time, so that memory is
        needed for the result only. Rounded, since floating-point sums depend on their order.
        """
        import numpy as np  # slow to load

        vectors = [self.vector(text) for text in texts]
        texts_with: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, vector in enumerate(vectors):
            for word, weight in vector.items():
                texts_with[word].append((i, weight))
        product = np.zeros((len(texts), len(texts)))
        for pairs in texts_with.values():
            places = np.array([i for i, _ in pairs])
            weights = np.array([weight for _, weight in pairs])
            product[np.ix_(places, places)] += np.outer(weights, weights)
        likeness: Likeness = product.round(PLACES).tolist()
        return likeness

    def vector(self, text: str) -> Vector:
        """Return the weights of a text's words and their companions, normalised to length 1."""
        weights: defaultdict[str, float] = defaultdict(float)
        for word in self.words(text):
            weights[word] += 1
            for other, weight in self._companions(word):
                weights[other] += weight
        weighted = {word: weight * self._rarity(word) for word, weight in weights.items()}
        length = math.sqrt(sum(weight * weight for weight in weighted.values()))
        return {word: weight / length for word, weight in weighted.items()}

    def _companions(self, word: str) -> list[tuple[str, float]]:
        """Return the words that co-occur with one more often than chance, the strongest first."""
        companions = []
        for other, times in self._beside[word].items() if word in self._beside else ():
            if times > 1:
                chance = self._texts_with[word] * self._texts_with[other] / self._number
                tie = math.log(times / chance) * times / (times + 2)
                if tie > 0:
                    companions.append((other, _WEIGHT * tie / 4))
        return sorted(companions, key=lambda companion: (-companion[1], companion[0]))[:_COMPANIONS]

    def _rarity(self, word: str) -> float:
        return math.log((1 + self._number) / (1 + self._texts_with[word])) + 1


def nearest(between: Likeness, apart: Sequence[Collection[int]] = ()) -> list[list[int]]:
    """Return for each text the positions of up to three similar texts, the most similar first.

    They must be more similar than the next one by a margin; if all are about equally similar, there
    are none. ``apart`` lists for each text the positions to leave out.
    """
    result = []
    for i, likeness in enumerate(between):
        excluded = {i, *(apart[i] if apart else ())}
        candidates = [
            (value, j) for j, value in enumerate(likeness) if value > 0 and j not in excluded
        ]
        best = sorted(candidates, key=lambda pair: (-pair[0], pair[1]))
        result.append([j for _, j in _leading(best)])
    return result


def _leading(best: Sequence[tuple[float, int]]) -> Sequence[tuple[float, int]]:
    """Return the items before the first gap; none if there is no gap within the first three."""
    values = [*(value for value, _ in best), 0.0]
    for number in range(1, min(SHOWN, len(best)) + 1):
        if values[number - 1] >= _MARGIN * values[number]:
            return best[:number]
    return []


def beginnings(words: Iterable[str]) -> set[str]:
    """Return the prefixes by which words are compared."""
    return {word.casefold()[:_BEGINNING] for word in words}


def without_theme_words(text: str, theme_words: Iterable[str]) -> str:
    """Return the words of a text without the theme's words."""
    theme = beginnings(theme_words)
    return " ".join(w for w in _WORD.findall(text) if w.casefold()[:_BEGINNING] not in theme)


def in_most(texts: Sequence[str]) -> list[str]:
    """Return the words that occur in more than half of at least ten texts."""
    counts = Counter(w for text in texts for w in set(_WORD.findall(text.casefold())))
    many = len(texts) >= 10
    return sorted(word for word, n in counts.items() if many and n > len(texts) / 2)


def sentences(text: str) -> list[str]:
    """Return the sentences of a longer text, the units of co-occurrence."""
    return [part for part in re.split(r"(?<=[.!?])\s+|\n\s*\n", text) if part.strip()]
