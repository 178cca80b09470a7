"""The outline of a form: its groups in order, with the questions whose answers a reader sees."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from typing_extensions import TypedDict

from seminarkit.core.forms.audiences import is_read_by
from seminarkit.core.forms.shapes import (
    AnswerField,
    Audience,
    CompiledForm,
    Field,
    is_group,
    is_note,
)


class Part(TypedDict):
    """A group of a form: its label, '' for questions outside of groups, and their names."""

    label: str
    questions: list[str]


def outline(form: CompiledForm, reader: Audience, but: Collection[str] = ()) -> list[Part]:
    """Return the groups of a form, ``but`` some questions; groups within a group are part of it.

    Notes, private questions and the question for consent are left out: nobody reads about them.
    """
    parts: list[Part] = []
    for label, field in readable_fields(form, reader):
        if field["name"] in but:
            continue
        if not parts or parts[-1]["label"] != label:
            parts.append({"label": label, "questions": []})
        parts[-1]["questions"].append(field["name"])
    return parts


def readable_fields(form: CompiledForm, reader: Audience) -> Iterator[tuple[str, AnswerField]]:
    """Yield (label of its outermost group, field) for every question that a reader may see."""
    consent = form.get("consent", [""])[0]
    for label, field in _questions(form["fields"], form["audience"], reader, ""):
        if field["name"] != consent:
            yield label, field


def _questions(
    fields: Sequence[Field], around: Audience, reader: Audience, label: str
) -> Iterator[tuple[str, AnswerField]]:
    for field in fields:
        audience: Audience = field.get("audience", around)
        if is_group(field):
            yield from _questions(field["fields"], audience, reader, label or field["label"])
        elif not is_note(field) and not field.get("private") and is_read_by(audience, reader):
            yield label, field
