"""What a nomination begins with: whom the seminar knows, so that nobody is asked for it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seminarkit.core.forms.shapes import (
    CompiledForm,
    QuestionField,
    choices_of,
    is_repeat,
    questions,
    row_questions,
)
from seminarkit.core.seminar.model import CoreParticipant
from seminarkit.topics.progress.nominees import ROW_ID, ROWS


def known_nominees(people: Sequence[CoreParticipant], form: CompiledForm) -> dict[str, object]:
    """Return the rows of a nomination for the people of a delegation, each with their id.

    A question that the form does not ask is left out, and a choice that it does not have.
    """
    asked = {field["name"]: field for field in questions(form["fields"])}.get(ROWS)
    if asked is None or not is_repeat(asked) or not people:
        return {}
    columns = {field["name"]: field for field in row_questions(asked)}
    return {ROWS: [{ROW_ID: person.id, **_row(person, columns)} for person in people]}


def _row(person: CoreParticipant, columns: Mapping[str, QuestionField]) -> dict[str, str]:
    values = {
        "nominee_name": person.name,
        "nominee_function": person.function,
        "nominee_profile": person.profile.replace(" ", "_"),
        "nominee_email": person.email,
    }
    return {
        name: value
        for name, value in values.items()
        if value and name in columns and _can_hold(columns[name], value)
    }


def _can_hold(column: QuestionField, value: str) -> bool:
    choices = [name for name, _ in choices_of(column)]
    return not choices or value in choices
