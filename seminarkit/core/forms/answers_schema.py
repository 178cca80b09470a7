"""The JSON Schema of a form's answers, for validation with other tools."""

from __future__ import annotations

from seminarkit.core.forms.answers import MAX_ROWS
from seminarkit.core.forms.question_kinds import Schema, kind_of
from seminarkit.core.forms.shapes import (
    AnswerField,
    CompiledForm,
    is_repeat,
    questions,
    row_questions,
)


def answers_schema(form: CompiledForm) -> Schema:
    """Return the JSON Schema (draft 2020-12) of the answers to a compiled form.

    It covers what ``check_types`` covers: types, choices and sizes. Required questions may be
    unanswered, since drafts are valid. Unknown names are allowed, since answers to older versions
    of the form are kept.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form["title"],
        "type": "object",
        "properties": {field["name"]: _schema(field) for field in questions(form["fields"])},
    }


def _schema(field: AnswerField) -> Schema:
    title: Schema = {"title": field["label"]}
    if is_repeat(field):
        row = {
            "type": "object",
            "properties": {inner["name"]: _schema(inner) for inner in row_questions(field)},
        }
        return {**title, "type": "array", "maxItems": MAX_ROWS, "items": row}
    return {**title, **kind_of(field).schema(field)}
