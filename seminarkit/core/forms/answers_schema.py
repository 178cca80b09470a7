"""A form's answers as a JSON Schema, so that anybody can check them with their own tools."""

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

    It says what ``check_types`` says: kinds, choices and sizes. That all required questions are
    answered is no matter of it, since a draft is a valid set of answers. Names that the form does
    not ask for are allowed, as answers to an older version are kept.
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
