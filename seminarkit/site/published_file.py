"""The record of a published file in output/pages.json."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class FileSeal(TypedDict):
    """The seal of a file that passed the leak search (``checked_before.py``), if it has one."""

    looked_through: NotRequired[str]


class PublishedFile(FileSeal):
    """The hash of a published file; ``source`` is the hash of its sources."""

    sha256: str
    source: NotRequired[str]
