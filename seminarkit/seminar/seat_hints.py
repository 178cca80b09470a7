"""Says in a form what a seat tells about an answer: groups are shown, and are made from answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seminarkit.seminar.model import Seminar

CHOSEN = "The group you sit in can show what you chose."
COMING = "Whether you sit in a group can show what you chose."


def seat_questions(seminar: Seminar) -> dict[str, dict[str, str]]:
    """Return the questions that decide who sits where, by form, each with what is to be said."""
    found: dict[str, dict[str, str]] = {}
    for session in seminar.sessions:
        if session.seats:
            named = [(wish, CHOSEN) for wish in session.seats.wishes]
            named += [(session.seats.comes, COMING)] if session.seats.comes else []
            for place, words in named:
                form, _, question = place.partition(".")
                found.setdefault(form, {}).setdefault(question, words)
    return found


def with_seat_hints(form: dict[str, Any], hints: Mapping[str, str]) -> dict[str, Any]:
    """Return a compiled form whose questions say in their hints what a seat tells of them."""
    return {**form, "fields": [_hinted(field, hints) for field in form["fields"]]}


def _hinted(field: Mapping[str, Any], hints: Mapping[str, str]) -> dict[str, Any]:
    hinted = dict(field)
    if "fields" in field:
        hinted["fields"] = [_hinted(each, hints) for each in field["fields"]]
    if words := hints.get(field["name"]):
        hinted["hint"] = f"{field.get('hint', '')} {words}".strip()
    return hinted
