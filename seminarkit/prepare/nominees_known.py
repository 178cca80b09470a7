"""What a nomination begins with: whom the seminar knows, so that nobody is asked for it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seminarkit.analyse.nominees import ROW_ID, ROWS
from seminarkit.forms.answers import CompiledForm, questions
from seminarkit.seminar.model import CoreParticipant


def known_nominees(people: Sequence[CoreParticipant], form: CompiledForm) -> dict[str, Any]:
    """Return the rows of a nomination for the people of a delegation, each with their id.

    A question that the form does not ask is left out, and a choice that it does not have.
    """
    fields = {field["name"]: field for field in questions(form["fields"])}
    if ROWS not in fields or not people:
        return {}
    columns = {field["name"]: field for field in fields[ROWS]["fields"]}
    return {ROWS: [{ROW_ID: person.id, **_row(person, columns)} for person in people]}


def _row(person: CoreParticipant, columns: dict[str, Any]) -> dict[str, str]:
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


def _can_hold(column: dict[str, Any], value: str) -> bool:
    return "choices" not in column or value in [name for name, _ in column["choices"]]
