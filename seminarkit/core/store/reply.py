"""A reply to notes, as the index holds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Replied:
    """A reply that named the receipt of notes: it ``agreed``, or wants ``changes``.

    Who wrote it is not proven.
    """

    arrival: int
    part: str
    receipt: str
    said: str
