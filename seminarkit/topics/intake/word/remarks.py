"""Word the remarks on parts of a document left out: one sentence per reason and question."""

from __future__ import annotations

from collections.abc import Iterable

from seminarkit.core.shown_names import shown_name

_LONGEST = 60
_MOST_LINES = 3
OUTSIDE = "outside"
# why a piece is left out: the words after "In 'question' …" or "Outside of the boxes …"
REASONS = {
    "hidden": "hidden words were left out: {}",
    "struck": "struck-through words were left out: {}",
    "text box": "there is a text box, which is not an answer: {}",
    "picture": "there is a picture, which is not an answer",
    "chart": "there is a chart, which is not an answer",
    "diagram": "there is a diagram, which is not an answer",
    "object": "there is an inserted file or control, which is not an answer",
    "document": (
        "there is another document that was inserted, which was not read (Word includes it when "
        "the file is opened and saved again)"
    ),
    "equation": "there is an equation that could not be read as text",
    "symbol": "a character could not be read as text ({})",
    "link": "a link was left out: {}",
    "note": "a note was left out: {}",
    "linked": "the address of a link was used, and not its words: {}",
    OUTSIDE: "there is {}",
}


class Remarks:
    """The parts of a document left out, in document order."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], list[str]] = {}

    def say(self, sentence: str) -> None:
        """Add a sentence unchanged, if it is new."""
        self._words.setdefault(("", sentence), [])

    def add(self, where: str, reason: str, words: str = "") -> None:
        """Add text left out; ``where`` is a quoted question label, or '' outside the questions."""
        text = " ".join(words.split())
        listed = self._words.setdefault((where, reason), [])
        if text and text not in listed:
            listed.append(text)

    def sentences(self) -> list[str]:
        """Return the remarks without their full stops."""
        return [_sentence(*key, words) for key, words in self._words.items()]


def quoted(text: str) -> str:
    """Return text from a file quoted for a sentence: on one line, shortened, safe to show."""
    words = shown_name(" ".join(text.split()))
    return f"'{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}'"


def _sentence(where: str, reason: str, words: list[str]) -> str:
    template = REASONS.get(reason)
    if template is None:
        return reason
    listed = _listed(words) if reason == OUTSIDE else quoted(" … ".join(words))
    place = f"In {where}" if where else "Outside of the boxes"
    if not words:
        return f"{place} {template.replace(': {}', '').replace(' ({})', '')}"
    return f"{place} {template.format(listed)}"


def _listed(words: list[str]) -> str:
    listed = ", ".join(quoted(line) for line in words[:_MOST_LINES])
    rest = len(words) - _MOST_LINES
    if rest <= 0:
        return listed
    return f"{listed} and {rest} more {'line' if rest == 1 else 'lines'}"


def as_sentences(remarks: Iterable[str], most: int) -> str:
    """Return at most ``most`` remarks as one text that begins with a warning."""
    listed = list(remarks)
    if not listed:
        return ""
    sentences = [f"{remark}." for remark in listed[:most]]
    if len(listed) > most:
        sentences.append(f"And {len(listed) - most} more of this kind.")
    return f"Attention, look into the file: {' '.join(sentences)}"


def margin_remark(words: list[str]) -> str:
    """Return the remark on text in page headers and footers."""
    return f"In the header or footer of its pages there is {_listed(words)}, which was not read"
