"""The speaking time in a sentence, shared by page, document and slides."""

from __future__ import annotations

from seminarkit.topics.conclusions.dossier import SpokenTime


def spoken_words(spoken: SpokenTime) -> str:
    """Return the speaking time and the time allowed in words, with the source of each."""
    words = (
        f"Read aloud, all points take about {_minutes(spoken['minutes'])}: {spoken['words']} words "
        f"at {spoken['pace']} a minute, a calm pace that is our own assumption."
    )
    if spoken["given"]:
        words += f" The programme gives {_minutes(spoken['allowed'])}."
    elif spoken["allowed"]:
        words += (
            " The programme gives no minutes; an equal share of the session is "
            f"{_minutes(spoken['allowed'])}."
        )
    if spoken["over"]:
        words += (
            f" That is {_minutes(spoken['over'])} too long. Nothing was left out automatically."
        )
    return words


def _minutes(number: float) -> str:
    shown = f"{number:.1f}".removesuffix(".0")
    return f"{shown} minute" if shown == "1" else f"{shown} minutes"
