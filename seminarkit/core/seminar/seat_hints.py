"""Add hints to forms where a person's group can reveal an answer to other people."""

from __future__ import annotations

from collections.abc import Mapping

from seminarkit.core.forms.shapes import AnyField, CompiledForm, Field, is_group, is_repeat
from seminarkit.core.seminar.model import Seminar

GROUP_HINT = "The group you sit in can show what you chose."
ATTENDANCE_HINT = "Whether you sit in a group can show what you chose."


def seat_questions(seminar: Seminar) -> dict[str, dict[str, str]]:
    """Return a hint for each question that affects the groups, by form and question."""
    hints: dict[str, dict[str, str]] = {}
    for session in seminar.sessions:
        if session.seats:
            answers = [(wish, GROUP_HINT) for wish in session.seats.wishes]
            answers += [(session.seats.comes, ATTENDANCE_HINT)] if session.seats.comes else []
            for answer, hint in answers:
                form, _, question = answer.partition(".")
                hints.setdefault(form, {}).setdefault(question, hint)
    return hints


def with_seat_hints(form: CompiledForm, hints: Mapping[str, str]) -> CompiledForm:
    """Return a compiled form with hints added to its questions."""
    return {**form, "fields": [_with_hints(field, hints) for field in form["fields"]]}


def _with_hints(field: Field, hints: Mapping[str, str]) -> Field:
    hinted = field.copy()
    if is_group(hinted):
        hinted["fields"] = [_with_hints(inner, hints) for inner in hinted["fields"]]
    elif is_repeat(hinted):
        hinted["fields"] = [_with_hint(inner, hints) for inner in hinted["fields"]]
    return _with_hint(hinted, hints)


def _with_hint(field: AnyField, hints: Mapping[str, str]) -> AnyField:
    hinted = field.copy()
    if words := hints.get(field["name"]):
        hinted["hint"] = f"{field.get('hint', '')} {words}".strip()
    return hinted
