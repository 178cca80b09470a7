"""Unpack a file recursively, for searches through all of its content."""

from __future__ import annotations

from collections.abc import Iterator

from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.file_types import kind_of
from seminarkit.topics.intake.mail.read_mail import file_in_words
from seminarkit.topics.intake.refusal import Refusal

_MAX_DEPTH = 8  # more levels than the reader opens


def leaves(data: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of all files and mail bodies in a file at any depth.

    A file that is not packed, or cannot be opened, is yielded itself.
    """
    yield from _leaves(data, name, Allowance(), _MAX_DEPTH)


def _leaves(
    data: bytes, name: str, allowance: Allowance, depth: int
) -> Iterator[tuple[str, bytes]]:
    opener = kind_of(data).opener
    if not (opener and depth):
        yield name, data
        return
    try:
        for part in opener(data, allowance):
            if part.words is not None and part.data is not None:
                file = file_in_words(part)
                words = part.words.text.encode("utf-8", "replace")
                yield from (
                    [(part.name, words)]
                    if file is None
                    else _leaves(file, part.name, allowance, depth - 1)
                )
            elif part.role == "file" and part.data is not None:
                yield from _leaves(part.data, part.name, allowance, depth - 1)
    except Refusal:
        yield name, data
