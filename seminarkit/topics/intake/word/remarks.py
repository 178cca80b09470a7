"""What is said of a document that was not wholly taken: one sentence per kind and answer."""

from __future__ import annotations

from collections.abc import Iterable

from seminarkit.core.shown_names import shown_name

_LONGEST = 60
_MOST_LINES = 3
OUTSIDE = "outside"
# why a piece is not taken: the words that follow "In 'question' …" or "Outside of the places …"
REASONS = {
    "hidden": "hidden words were left out: {}",
    "struck": "struck-through words were left out: {}",
    "text box": "stands a text box, which is no answer: {}",
    "picture": "stands a picture, which is no answer",
    "chart": "stands a chart, which is no answer",
    "diagram": "stands a diagram, which is no answer",
    "object": "stands a file or a control that was put in, which is no answer",
    "document": "stands another document that was put in, which was not read (Word takes it in "
    "where the file is opened and saved again)",
    "equation": "stands an equation that could not be read as text",
    "symbol": "a sign could not be read as text ({})",
    "link": "a link was left out: {}",
    "note": "a note was left out: {}",
    "linked": "the address was taken, and not the words that lead to it: {}",
    OUTSIDE: "stands {}",
}


class Remarks:
    """Gathers what is not taken, in the order of the document."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[str]] = {}

    def say(self, sentence: str) -> None:
        """Add a sentence as it is, once."""
        self._found.setdefault(("", sentence), [])

    def add(self, where: str, reason: str, words: str = "") -> None:
        """Add what is not taken, where (a question's label in quotes, or '') and why."""
        shown = " ".join(words.split())
        kept = self._found.setdefault((where, reason), [])
        if shown and shown not in kept:
            kept.append(shown)

    def sentences(self) -> list[str]:
        """Return the remarks without their full stops."""
        return [_sentence(*key, words) for key, words in self._found.items()]


def quoted(text: str) -> str:
    """Return words from a file as they may be put in a sentence."""
    words = shown_name(" ".join(text.split()))
    return f"'{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}'"


def _sentence(where: str, reason: str, words: list[str]) -> str:
    how = REASONS.get(reason)
    if how is None:
        return reason
    listed = _listed(words) if reason == OUTSIDE else quoted(" … ".join(words))
    place = f"In {where}" if where else "Outside of the places"
    if not words:
        return f"{place} {how.replace(': {}', '').replace(' ({})', '')}"
    return f"{place} {how.format(listed)}"


def _listed(words: list[str]) -> str:
    some = ", ".join(quoted(each) for each in words[:_MOST_LINES])
    rest = len(words) - _MOST_LINES
    if rest <= 0:
        return some
    return f"{some} and {rest} more {'line' if rest == 1 else 'lines'}"


def as_sentences(remarks: Iterable[str], most: int) -> str:
    """Return remarks as one text that begins with a warning, no more than ``most`` of them."""
    listed = list(remarks)
    if not listed:
        return ""
    some = [f"{remark}." for remark in listed[:most]]
    if len(listed) > most:
        some.append(f"And {len(listed) - most} more of this kind.")
    return f"Attention, look into the file: {' '.join(some)}"


def margin_words(words: list[str]) -> str:
    """Return a remark on what is written in the heads and feet of pages."""
    return f"In the head or foot of its pages stands {_listed(words)}, which was not read"
