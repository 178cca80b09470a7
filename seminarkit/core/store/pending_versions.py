"""Answers that are read from the index at their first use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property


class LazyAnswers(Mapping[str, object]):
    """The answers of a version, read at their first use; the index must be open then."""

    def __init__(self, read: Callable[[], Mapping[str, object]]) -> None:
        self._read = read

    @cached_property
    def _answers(self) -> Mapping[str, object]:
        return self._read()

    def __getitem__(self, question: str) -> object:
        return self._answers[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)
