"""Words that are already public, for the search for leaks."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from seminarkit.site.page_words import Words, runs

RUN = 6  # so many words in a row do not occur in two texts by chance
LONG_RUN = 4  # or so many, if they have enough letters


@dataclass
class PublicWords:
    """Public words, as runs of words, and as one text for shorter phrases.

    ``asked`` are the runs that may be looked up; storing all others would only take memory.
    """

    asked: Container[Words]
    texts: list[Words] = field(default_factory=list)

    def add(self, texts: Iterable[Words]) -> None:
        """Add public texts."""
        self.texts += texts

    @cached_property
    def runs(self) -> set[Words]:
        """All runs of words in the texts that may be looked up."""
        every = (run for text in self.texts for n in (RUN, LONG_RUN) for run in runs(text, n))
        return set(filter(self.asked.__contains__, every))

    @cached_property
    def whole(self) -> str:
        """All texts joined as one."""
        return " \n ".join(["", *(" ".join(text) for text in self.texts), ""])

    def holds(self, run: Words) -> bool:
        """Say whether these words occur in a text, one after the other."""
        return f" {' '.join(run)} " in self.whole
