"""Tells which signs were taken out of the answers that came, and of which question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from seminarkit.forms.answers import CompiledForm, questions
from seminarkit.text import clean, sign_names

_MOST = 4


def taken_out(form: CompiledForm, answers: Any) -> str:
    """Return a sentence on the signs that no text may hold in answers as they were sent, or ''."""
    if not isinstance(answers, Mapping):
        return ""
    labels = {field["name"]: field["label"] for field in questions(form["fields"])}
    by_label: dict[str, list[str]] = {}
    for name, value in answers.items():
        if removed := [sign for text in _texts(value) for sign in clean(text).removed]:
            by_label.setdefault(labels.get(name, "a question it no longer asks"), []).extend(
                removed
            )
    if not by_label:
        return ""
    places = [f"“{label}” ({sign_names(signs)})" for label, signs in by_label.items()]
    more = f" and {len(places) - _MOST} more" if len(places) > _MOST else ""
    return f"Signs that cannot be shown were left out of {', '.join(places[:_MOST])}{more}."


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
