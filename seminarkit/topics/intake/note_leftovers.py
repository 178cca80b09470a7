"""Sentences on what notes hold that became no point, or that says one thing and another."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.shown_names import shown_name

_MOST_QUOTED = 6
_LONGEST_QUOTED = 60
_BEHIND = "went into the private notes"


def quoted(lines: Sequence[str]) -> str:
    """Return the first of these lines in quotation marks, each as far as it fits."""
    words = [shown_name(" ".join(line.split())) for line in lines[:_MOST_QUOTED]]
    short = [w if len(w) <= _LONGEST_QUOTED else f"{w[: _LONGEST_QUOTED - 1]}…" for w in words]
    more = ", …" if len(lines) > _MOST_QUOTED else ""
    return ", ".join(f"“{each}”" for each in short) + more


def ending_words(lines: Sequence[str], label: str) -> str:
    """Say that the last lines of a mail may be its ending, and were not read as points."""
    if len(lines) == 1:
        return (
            f"Attention: the last line under “{label}” ({quoted(lines)}) looks like the ending of "
            f"the mail; it {_BEHIND}. If it is a point, ask for it with a dash before it."
        )
    return (
        f"Attention: the last {len(lines)} lines under “{label}” ({quoted(lines)}) look like the "
        f"ending of the mail; they {_BEHIND}. If there is a point among them, ask for it with a "
        "dash before it."
    )


def surplus_words(label: str, most: int, lines: Sequence[str]) -> str:
    """Say which points are more than a heading takes."""
    points = "1 point stands" if most == 1 else f"{most} points stand"
    these = "this one was" if len(lines) == 1 else "these were"
    return (
        f"Attention: More than {points} under “{label}”; {these} not taken, and {_BEHIND}: "
        f"{quoted(lines)}."
    )


def against_words(label: str, ticked: str, below: str, *, there: bool, stored: str) -> str:
    """Say that an answer and what stands below the next heading contradict each other."""
    stands = "points stand" if there else "words that there is nothing stand"
    return (
        f"Attention: “{label}” is answered with “{ticked}”, but {stands} under “{below}”. "
        f"“{stored}” was taken; ask which is right."
    )


def twice_words(label: str, first: str, second: str) -> str:
    """Say that a question for one answer has two."""
    return (
        f"Attention: “{label}” is answered with “{first}” and with “{second}”. "
        f"“{first}” was taken; ask which is right."
    )
