"""The message about lines of a mail that were not read as notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.mail.own_words import OwnLines

_MOST_QUOTED = 3
_LONGEST_QUOTED = 40


def left_out_words(own: OwnLines) -> str:
    """Return sentences about the lines that were not read, or ''."""
    sentences = ""
    if own.forwarded:
        sentences += "The notes are in the text that the mail quotes or forwards. "
    if own.left_out:
        runs = dict.fromkeys(_first_of_runs(own.left_out))
        quoted = ", ".join(f"“{_shortened(words)}”" for words in list(runs)[:_MOST_QUOTED])
        more = ", …" if len(runs) > _MOST_QUOTED else ""
        count = "1 line was" if len(own.left_out) == 1 else f"{len(own.left_out)} lines were"
        sentences += f"{count} not read as part of the notes ({quoted}{more}). "
    if own.not_read:
        count = "1 point is" if own.not_read == 1 else f"{own.not_read} points are"
        sentences += (
            f"Attention: {count} in the text that the mail quotes, but not in the notes; "
            f"{'it was' if own.not_read == 1 else 'they were'} not read. "
        )
    return sentences


def _first_of_runs(left_out: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield the first line of each run of consecutive lines that were left out."""
    previous = -1
    for text, place in left_out:
        if place != previous:
            yield text
        previous = place


def _shortened(text: str) -> str:
    words = shown_name(" ".join(text.split()))
    return words if len(words) <= _LONGEST_QUOTED else f"{words[: _LONGEST_QUOTED - 1]}…"
