"""Numbers the sources of a page in order of first mention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from seminarkit.core.seminar.materials import Source


class Citations:
    """The sources of one page; a template asks for numbers first, and for the list at the end."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def numbers(self, ids: Iterable[str]) -> list[int]:
        """Return the numbers of these sources, assigning new ones on first mention."""
        return [self._numbers.setdefault(source_id, len(self._numbers) + 1) for source_id in ids]

    def listed(self) -> list[Source]:
        """Return the cited sources in order of their numbers."""
        return [self._sources[source_id] for source_id in self._numbers]
