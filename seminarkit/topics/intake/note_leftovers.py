"""Warnings about lines of notes that did not become points, and about contradictions."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.shown_names import shown_name

_MAX_QUOTED = 6
_MAX_QUOTED_LENGTH = 60
_MOVED = "went into the private notes"


def quoted(lines: Sequence[str]) -> str:
    """Return the first lines in quotation marks, shortened."""
    plain_lines = [shown_name(" ".join(line.split())) for line in lines[:_MAX_QUOTED]]
    short = [
        line if len(line) <= _MAX_QUOTED_LENGTH else f"{line[: _MAX_QUOTED_LENGTH - 1]}…"
        for line in plain_lines
    ]
    more = ", …" if len(lines) > _MAX_QUOTED else ""
    return ", ".join(f"“{line}”" for line in short) + more


def ending_warning(lines: Sequence[str], label: str) -> str:
    """Return a warning that the last lines may be the ending of the mail, not points."""
    if len(lines) == 1:
        return (
            f"Attention: the last line under “{label}” ({quoted(lines)}) looks like the ending of "
            f"the mail; it {_MOVED}. If it is a point, ask for it with a dash before it."
        )
    return (
        f"Attention: the last {len(lines)} lines under “{label}” ({quoted(lines)}) look like the "
        f"ending of the mail; they {_MOVED}. If there is a point among them, ask for it with a "
        "dash before it."
    )


def surplus_warning(label: str, maximum: int, lines: Sequence[str]) -> str:
    """Return a warning about the points beyond the maximum of a heading."""
    points = "is more than 1 point" if maximum == 1 else f"are more than {maximum} points"
    subject = "this one was" if len(lines) == 1 else "these were"
    return (
        f"Attention: there {points} under “{label}”; {subject} not used there, and {_MOVED}: "
        f"{quoted(lines)}."
    )


def contradiction_warning(
    label: str, ticked: str, below: str, *, has_entries: bool, stored: str
) -> str:
    """Return a warning that an answer contradicts the entries below the next heading.

    ``has_entries`` says whether entries are below that heading, or a word such as "none".
    """
    contents = "there are points" if has_entries else "it says that there is nothing"
    return (
        f"Attention: “{label}” is answered with “{ticked}”, but {contents} under “{below}”. "
        f"“{stored}” was used; ask which is right."
    )


def two_answers_warning(label: str, first: str, second: str) -> str:
    """Return a warning that a single-choice question has two answers."""
    return (
        f"Attention: “{label}” is answered with “{first}” and with “{second}”. "
        f"“{first}” was used; ask which is right."
    )
