"""How often the question that asks the same is among those suggested, beside simpler ways.

Ours suggests up to three that are clearly nearer than the next; the plain ways always three.

Three sets lie in scripts/benchmarks/questions/. The way was found with built_with.yml, so its
figure flatters it. The other two were written before it was found and are read by this program
alone. In the first two, two questions that ask one thing were kept from sharing words, so that
plain words find next to nothing; in held_back_plain.yml words are left as they come. One author
wrote all three, and the way: real questions may fare otherwise.

Example:
    python scripts/benchmarks/questions.py
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from measuring import print_table
from ruamel.yaml import YAML

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.questions.discussion import own_texts
from seminarkit.topics.questions.meaning import is_installed, meaning_similarity
from seminarkit.topics.questions.similar import SHOWN, Companions, nearest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from make_sample import filled_forms  # the sample's answers, as texts of a seminar

HERE = Path(__file__).resolve().parent / "questions"
SETS = {
    "built_with": "built with",
    "held_back": "held back",
    "held_back_plain": "held back, plain words",
}
Ways = dict[str, Callable[[Sequence[str]], list[list[int]]]]


def words(text: str) -> list[str]:
    """Return the words of a text as they stand."""
    return ["".join(c for c in word if c.isalnum()) for word in text.casefold().split()]


def characters(text: str) -> list[str]:
    """Return all runs of three to five characters."""
    return [text.casefold()[i : i + n] for n in (3, 4, 5) for i in range(len(text) - n + 1)]


def plain(pieces: Callable[[str], list[str]], texts: Sequence[str]) -> list[list[int]]:
    """Return the three nearest by plain TF-IDF over some kind of pieces."""
    counts = [Counter(pieces(text)) for text in texts]
    among = Counter(piece for count in counts for piece in count)
    weights = [
        {p: n * math.log((1 + len(texts)) / (1 + among[p])) for p, n in count.items()}
        for count in counts
    ]
    lengths = [math.sqrt(sum(w * w for w in each.values())) or 1 for each in weights]

    def near(i: int, j: int) -> float:
        product = sum(weight * weights[j].get(piece, 0) for piece, weight in weights[i].items())
        return product / (lengths[i] * lengths[j])

    return [
        sorted((j for j in range(len(texts)) if j != i), key=lambda j: (-near(i, j), j))[:SHOWN]
        for i in range(len(texts))
    ]


def found(questions: Sequence[dict[str, Any]], near: Sequence[Sequence[int]]) -> str:
    """Return for how many questions that have a twin it is suggested, of how many suggestions."""
    asked = [i for i, question in enumerate(questions) if "same" in question]
    hits = [any(questions[j].get("same") == questions[i]["same"] for j in near[i]) for i in asked]
    lines = sum(map(len, near))
    return f"{sum(hits)} of {len(hits)} ({sum(hits) / len(hits):.0%}), {lines} lines"


def chance(questions: Sequence[dict[str, Any]]) -> str:
    """Return what three drawn by lot would find."""
    return f"{SHOWN / (len(questions) - 1):.0%}"


def main() -> None:
    """Print the table."""
    folder = SeminarFolder(KIT)
    sample = [SimpleNamespace(answers=filled["answers"]) for _, filled in filled_forms(folder)]
    own = list(own_texts(folder, sample))  # type: ignore[arg-type]
    theme = folder.seminar.theme_words
    ways: Ways = {
        "plain TF-IDF, words": lambda texts: plain(words, texts),
        "plain TF-IDF, characters": lambda texts: plain(characters, texts),
        "ours, without the seminar's texts": lambda t: nearest(Companions(t, theme).between(t)),
        "ours": lambda t: nearest(Companions([*own, *t], theme).between(t)),
    }
    if is_installed():
        ways["ours, with the extra"] = lambda t: nearest(
            meaning_similarity(t, theme, Companions([*own, *t], theme).between)
        )
    sets = {
        name: YAML(typ="safe", pure=True).load((HERE / f"{name}.yml").read_text("utf-8"))
        for name in SETS
    }
    rows = [("by lot", *(chance(each) for each in sets.values()))]
    for name, way in ways.items():
        near = {key: way([q["text"] for q in each]) for key, each in sets.items()}
        rows.append((name, *(found(each, near[key]) for key, each in sets.items())))
    title = "The same question among those suggested; to reach: 85 % on a set held back"
    print_table(title, rows, ("way", *SETS.values()))


if __name__ == "__main__":
    main()
