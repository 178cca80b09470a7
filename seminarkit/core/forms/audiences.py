"""The audiences of forms and questions, and which readers belong to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from seminarkit.core.forms.expressions import evaluate, truth
from seminarkit.core.forms.shapes import (
    AnswerField,
    Answers,
    Audience,
    Field,
    fields_in,
    is_group,
    is_note,
    is_repeat,
    rows_of,
)

_GROUP_READERS: frozenset[Audience] = frozenset({"organisers", "chairs", "presenter", "group"})
# Organisers read everything that is sent, as they are responsible for it.
READERS: Mapping[Audience, frozenset[Audience]] = {
    "organisers": frozenset({"organisers"}),
    "chairs": frozenset({"organisers", "chairs"}),
    "presenter": frozenset({"organisers", "chairs", "presenter"}),
    "group": _GROUP_READERS,
    "delegation": frozenset({"organisers", "delegation"}),
    "core": _GROUP_READERS | {"delegation", "core"},
    "public": _GROUP_READERS | {"delegation", "core", "public"},
}


def is_read_by(audience: Audience, reader: Audience) -> bool:
    """Return whether a reader belongs to an audience."""
    return reader in READERS[audience]


def is_within(audience: Audience, wider: Audience) -> bool:
    """Return whether all readers of an audience also belong to a wider one."""
    return READERS[audience] <= READERS[wider]


def readable_answers(
    fields: Sequence[Field],
    answers: Answers,
    audience: Audience,
    reader: Audience,
    scope: Answers | None = None,
    allows: Callable[[str, Audience], bool] = lambda question, reader: True,
) -> dict[str, object]:
    """Return the relevant answers that a reader may see, by question; rows without hidden cells.

    ``audience`` is that of the form or group that contains ``fields``; a field can have a narrower
    one. ``scope`` has the answers that decide relevance, if there are more than ``answers``.
    ``allows`` returns whether the form named a reader for a question when it was answered.
    Answers to unknown questions have no audience, so nobody reads them. ``private`` questions are
    left out.
    """
    scope = answers if scope is None else scope
    readable: dict[str, object] = {}
    for field in fields:
        field_audience: Audience = field.get("audience", audience)
        if field.get("private"):
            continue
        if "relevant" in field and not truth(evaluate(field["relevant"], scope)):
            continue
        if is_group(field):
            readable |= readable_answers(
                field["fields"], answers, field_audience, reader, scope, allows
            )
        elif is_note(field):
            continue
        elif (
            field["name"] in answers
            and is_read_by(field_audience, reader)
            and allows(field["name"], reader)
        ):
            value = answers[field["name"]]
            if is_repeat(field) and isinstance(value, list):
                value = [
                    readable_answers(
                        field["fields"], row, field_audience, reader, {**scope, **row}, allows
                    )
                    for row in rows_of(value)
                ]
            readable[field["name"]] = value
    return readable


def narrower_fields(
    fields: Sequence[Field], audience: Audience
) -> Iterator[tuple[Field, Audience]]:
    """Yield (field, audience) for fields with a narrower audience than their form or group.

    A field that inherits the narrower audience of its group or repeat is not yielded.
    """
    for field in fields:
        field_audience: Audience = field.get("audience", audience)
        if field_audience != audience:
            yield field, field_audience
        yield from narrower_fields(fields_in(field), field_audience)


def has_private(fields: Sequence[Field]) -> bool:
    """Return whether there is a private question, at any depth."""
    return any(field.get("private") or has_private(fields_in(field)) for field in fields)


def questions_for(
    fields: Sequence[Field], audience: Audience, reader: Audience
) -> Iterator[AnswerField]:
    """Yield the questions whose answers a reader may see, also those in groups; repeats as one."""
    for field in fields:
        field_audience: Audience = field.get("audience", audience)
        if field.get("private") or is_note(field):
            continue
        if is_group(field):
            yield from questions_for(field["fields"], field_audience, reader)
        elif is_read_by(field_audience, reader):
            yield field


def fields_for(fields: Sequence[Field], audience: Audience, reader: Audience) -> Iterator[Field]:
    """Yield the fields whose answers a reader may see; groups and repeats are cut down likewise.

    ``audience`` is that of the form or group that contains them. Notes and empty groups are left
    out.
    """
    for field in fields:
        field_audience: Audience = field.get("audience", audience)
        if field.get("private") or is_note(field):
            continue
        if inner_fields := fields_in(field):
            if inner := list(fields_for(inner_fields, field_audience, reader)):
                yield cast(Field, {**field, "fields": inner})
        elif is_read_by(field_audience, reader):
            yield field
