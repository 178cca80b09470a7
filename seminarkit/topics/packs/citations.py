"""Numbers for sources: in the order in which a page names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from seminarkit.core.seminar.materials import Source


class Citations:
    """The sources of one page. A template asks for numbers as it goes, and for the list last."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def numbers(self, ids: Iterable[str]) -> list[int]:
        """Return the numbers of these sources, new ones for those not named before."""
        return [self._numbers.setdefault(each, len(self._numbers) + 1) for each in ids]

    def listed(self) -> list[Source]:
        """Return all sources named so far, the first one as number 1."""
        return [self._sources[each] for each in self._numbers]
