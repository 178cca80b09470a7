"""Words that are public already, for the last look at pages."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from seminarkit.site.page_words import Words, runs

RUN = 6  # words in a row that two texts do not share by chance
LONG_RUN = 4  # or so many, if they come to many letters


@dataclass
class Known:
    """Words that are public: as runs, and as one text for what is shorter.

    ``asked`` are the runs that may be asked for; all others would take much memory for nothing.
    """

    asked: Container[Words]
    texts: list[Words] = field(default_factory=list)

    def add(self, texts: Iterable[Words]) -> None:
        """Add texts that everybody may read."""
        self.texts += texts

    @cached_property
    def runs(self) -> set[Words]:
        """Every run of words in them that may be asked for."""
        every = (run for text in self.texts for n in (RUN, LONG_RUN) for run in runs(text, n))
        return set(filter(self.asked.__contains__, every))

    @cached_property
    def whole(self) -> str:
        """All of them as one text."""
        return " \n ".join(["", *(" ".join(text) for text in self.texts), ""])

    def holds(self, run: Words) -> bool:
        """Return whether words stand in them one after the other."""
        return f" {' '.join(run)} " in self.whole
