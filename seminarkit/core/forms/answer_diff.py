"""Compare the answers of two versions of a form."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.shapes import AnswerField, Answers, CompiledForm, Field, questions

_MAX_LABELS = 6


def differing(form: CompiledForm, one: Answers, other: Answers) -> list[AnswerField]:
    """Return the questions with different answers, in the form's order."""
    return [
        field
        for field in questions(form["fields"])
        if _answer(one, field["name"]) != _answer(other, field["name"])
    ]


def differing_words(fields: Sequence[Field]) -> str:
    """Return a sentence that names the questions with different answers."""
    if not fields:
        return "Their answers are the same."
    labels = [f"“{field['label'].strip('“”')}”" for field in fields[:_MAX_LABELS]]
    more = f" and {len(fields) - _MAX_LABELS} more" if len(fields) > _MAX_LABELS else ""
    return f"They differ in {', '.join(labels)}{more}."


def _answer(answers: Answers, name: str) -> object:
    value = answers.get(name)
    return None if is_blank(value) else value
