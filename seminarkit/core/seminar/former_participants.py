"""Explain an id that has no forms."""

from __future__ import annotations

from collections.abc import Iterable

from seminarkit.core.errors import did_you_mean
from seminarkit.core.seminar.model import Seminar


def departure_words(seminar: Seminar, person: str) -> str:
    """Return "GE-2 has left the delegation of Georgia", or an empty text for anybody else."""
    for country, people in seminar.former.items():
        for participant in people:
            if participant.id.casefold() == person.casefold():
                return f"{participant.id} has left the delegation of {seminar.in_text(country)}"
    return ""


def unknown_words(seminar: Seminar, person: str, people: Iterable[str]) -> str:
    """Return the reason why an id has no forms, with a suggestion for an unknown id."""
    if left := departure_words(seminar, person):
        return f"{left} and is not asked for forms any more. Forms already sent are still stored."
    ids = list(people)
    hint = did_you_mean(person.upper(), ids) or did_you_mean(person, ids)
    return f"'{person}' has no forms in this seminar.{hint}"
