"""Says in a form what a seat tells about an answer: groups are shown, and are made from answers."""

from __future__ import annotations

from collections.abc import Mapping

from seminarkit.core.forms.shapes import AnyField, CompiledForm, Field, is_group, is_repeat
from seminarkit.core.seminar.model import Seminar

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


def with_seat_hints(form: CompiledForm, hints: Mapping[str, str]) -> CompiledForm:
    """Return a compiled form whose questions say in their hints what a seat tells of them."""
    return {**form, "fields": [_hinted(field, hints) for field in form["fields"]]}


def _hinted(field: Field, hints: Mapping[str, str]) -> Field:
    hinted = field.copy()
    if is_group(hinted):
        hinted["fields"] = [_hinted(inner, hints) for inner in hinted["fields"]]
    elif is_repeat(hinted):
        hinted["fields"] = [_with_hint(inner, hints) for inner in hinted["fields"]]
    return _with_hint(hinted, hints)


def _with_hint(field: AnyField, hints: Mapping[str, str]) -> AnyField:
    hinted = field.copy()
    if words := hints.get(field["name"]):
        hinted["hint"] = f"{field.get('hint', '')} {words}".strip()
    return hinted
