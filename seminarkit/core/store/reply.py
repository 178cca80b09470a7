"""A reply to the notes of a group, as it is stored in the index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChairReply:
    """A reply that names the receipt of notes, and whether it ``agreed`` or wants ``changes``.

    Its author is not proven.
    """

    arrival: int
    part: str
    receipt: str
    said: str
