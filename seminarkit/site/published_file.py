"""The record of a published file, as output/pages.json has it."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Sealed(TypedDict):
    """The seal of a file that was looked through (``checked_before.py``), if it was."""

    looked_through: NotRequired[str]


class PublishedFile(Sealed):
    """What a file was as it was published; ``source`` is the hash of what it was made of."""

    sha256: str
    source: NotRequired[str]
