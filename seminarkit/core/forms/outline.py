"""The outline of a form: its groups in order, with the questions that a reader may see."""

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
    """A group of a form: its label ('' for questions outside groups) and its questions' names."""

    label: str
    questions: list[str]


def outline(form: CompiledForm, reader: Audience, excluded: Collection[str] = ()) -> list[Part]:
    """Return the outermost groups of a form, without the questions ``excluded``.

    Notes, private questions and the consent question are left out.
    """
    parts: list[Part] = []
    for label, field in readable_fields(form, reader):
        if field["name"] in excluded:
            continue
        if not parts or parts[-1]["label"] != label:
            parts.append({"label": label, "questions": []})
        parts[-1]["questions"].append(field["name"])
    return parts


def readable_fields(form: CompiledForm, reader: Audience) -> Iterator[tuple[str, AnswerField]]:
    """Yield the outermost group's label and the field of every question that a reader may see."""
    consent = form.get("consent", [""])[0]
    for label, field in _questions(form["fields"], form["audience"], reader, ""):
        if field["name"] != consent:
            yield label, field


def _questions(
    fields: Sequence[Field], outer: Audience, reader: Audience, label: str
) -> Iterator[tuple[str, AnswerField]]:
    for field in fields:
        audience: Audience = field.get("audience", outer)
        if is_group(field):
            yield from _questions(field["fields"], audience, reader, label or field["label"])
        elif not is_note(field) and not field.get("private") and is_read_by(audience, reader):
            yield label, field
