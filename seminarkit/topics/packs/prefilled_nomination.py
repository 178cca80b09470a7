"""The rows that a nomination starts with: the people whom the seminar already knows."""

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


def nominee_rows(people: Sequence[CoreParticipant], form: CompiledForm) -> dict[str, object]:
    """Return the rows of a nomination for a delegation, each with the person's id.

    Questions that the form does not ask, and choices that it does not have, are left out.
    """
    rows_field = {field["name"]: field for field in questions(form["fields"])}.get(ROWS)
    if rows_field is None or not is_repeat(rows_field) or not people:
        return {}
    columns = {field["name"]: field for field in row_questions(rows_field)}
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
        if value and name in columns and _accepts(columns[name], value)
    }


def _accepts(column: QuestionField, value: str) -> bool:
    choices = [name for name, _ in choices_of(column)]
    return not choices or value in choices
