"""Which lines of a form's document are the form's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from seminarkit.forms.answers import CompiledForm
from seminarkit.forms.word import hint_lines, label_line


def wording(fields: Iterable[Mapping[str, Any]], form: CompiledForm) -> Iterator[str]:
    """Yield every text that stands between the places of an untouched document."""
    for field in fields:
        yield label_line(field)
        yield from hint_lines(field, form)
        if field["type"] == "repeat":
            yield from (f"{field['row']} {number + 1}" for number in range(field["max"]))
        yield from wording(field.get("fields", []), form)


def notes(fields: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the notes of a form, and what becomes one where there is nothing to choose from."""
    for field in fields:
        if field["type"] == "note" or "fill" in field:
            yield field
        yield from notes(field.get("fields", ()))
