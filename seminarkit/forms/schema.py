"""A form's answers as a JSON Schema, so that anybody can check them with their own tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seminarkit.forms.answers import MAX_CHARACTERS, MAX_ROWS, CompiledForm, questions

_TEXT = {"type": "string", "maxLength": MAX_CHARACTERS}


def answers_schema(form: CompiledForm) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the answers to a compiled form.

    It says what ``check_types`` says: kinds, choices and sizes. That all required questions are
    answered is no matter of it, since a draft is a valid set of answers. Names that the form does
    not ask for are allowed, as answers to an older version are kept.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form["title"],
        "type": "object",
        "properties": {f["name"]: _schema(f) for f in questions(form["fields"])},
    }


def _schema(field: Mapping[str, Any]) -> dict[str, Any]:
    kind = field["type"]
    schema: dict[str, Any] = {"title": field["label"]}
    if kind == "repeat":
        inner = {f["name"]: _schema(f) for f in questions(field["fields"])}
        row = {"type": "object", "properties": inner}
        return {**schema, "type": "array", "maxItems": MAX_ROWS, "items": row}
    names = [choice[0] for choice in field.get("choices", ())]
    if kind == "select_one":
        return {**schema, "enum": names}
    if kind == "select_multiple":
        items = {"type": "string", "maxLength": 60} if "fill" in field else {"enum": names}
        return {**schema, "type": "array", "items": items}
    if kind == "integer":
        return {**schema, "anyOf": [{"type": "integer"}, _TEXT]}
    return {**schema, **_TEXT}
