"""Says of an id whose it was: of somebody who has left a delegation, or of nobody known."""

from __future__ import annotations

from collections.abc import Iterable

from seminarkit.core.errors import did_you_mean
from seminarkit.core.seminar.model import Seminar


def left_words(seminar: Seminar, person: str) -> str:
    """Return "GE-2 has left the delegation of Georgia", or nothing for anybody else."""
    for country, people in seminar.former.items():
        for each in people:
            if each.id.casefold() == person.casefold():
                return f"{each.id} has left the delegation of {seminar.in_text(country)}"
    return ""


def unknown_words(seminar: Seminar, person: str, people: Iterable[str]) -> str:
    """Return why somebody has no forms here: they left, or nobody has that id; then the nearest."""
    if left := left_words(seminar, person):
        return f"{left}: no form is asked of them any more. What they sent is kept."
    known = list(people)
    hint = did_you_mean(person.upper(), known) or did_you_mean(person, known)
    return f"'{person}' is nobody who fills in forms here.{hint}"
