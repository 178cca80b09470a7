"""The audiences a form or a question can have, and which readers each of them takes in."""

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

_ROOM: frozenset[Audience] = frozenset({"organisers", "chairs", "presenter", "group"})
# Organisers read whatever people send, as somebody has to answer for it.
READERS: Mapping[Audience, frozenset[Audience]] = {
    "organisers": frozenset({"organisers"}),
    "chairs": frozenset({"organisers", "chairs"}),
    "presenter": frozenset({"organisers", "chairs", "presenter"}),
    "group": _ROOM,
    "delegation": frozenset({"organisers", "delegation"}),
    "core": _ROOM | {"delegation", "core"},
    "public": _ROOM | {"delegation", "core", "public"},
}


def is_read_by(audience: Audience, reader: Audience) -> bool:
    """Return whether what is for an audience may be read by a reader."""
    return reader in READERS[audience]


def is_within(audience: Audience, wider: Audience) -> bool:
    """Return whether every reader of one audience is a reader of a wider one too."""
    return READERS[audience] <= READERS[wider]


def readable_answers(
    fields: Sequence[Field],
    answers: Answers,
    audience: Audience,
    reader: Audience,
    scope: Answers | None = None,
    allows: Callable[[str, Audience], bool] = lambda question, reader: True,
) -> dict[str, object]:
    """Return the relevant answers that a reader may see, by question; rows lose hidden cells.

    ``audience`` is that of the form or group around ``fields``; a field can have a narrower one.
    ``scope`` holds the answers by which relevance is decided, where it is more than ``answers``.
    ``allows`` says whether a question was promised to a reader when it was asked.
    Answers to a question that the form does not ask are not readable: nobody knows whom they are
    for. A ``private`` question is read by nobody but its writer.
    """
    scope = answers if scope is None else scope
    readable: dict[str, object] = {}
    for field in fields:
        own: Audience = field.get("audience", audience)
        if field.get("private"):
            continue
        if "relevant" in field and not truth(evaluate(field["relevant"], scope)):
            continue
        if is_group(field):
            readable |= readable_answers(field["fields"], answers, own, reader, scope, allows)
        elif is_note(field):
            continue
        elif field["name"] in answers and is_read_by(own, reader) and allows(field["name"], reader):
            value = answers[field["name"]]
            if is_repeat(field) and isinstance(value, list):
                value = [
                    readable_answers(field["fields"], row, own, reader, {**scope, **row}, allows)
                    for row in rows_of(value)
                ]
            readable[field["name"]] = value
    return readable


def narrower_fields(
    fields: Sequence[Field], audience: Audience
) -> Iterator[tuple[Field, Audience]]:
    """Yield each field with an audience narrower than that of what holds it, and that audience.

    What a narrower group or repeat holds is not yielded again.
    """
    for field in fields:
        own: Audience = field.get("audience", audience)
        if own != audience:
            yield field, own
        yield from narrower_fields(fields_in(field), own)


def has_private(fields: Sequence[Field]) -> bool:
    """Return whether any question is kept for its writer, at any depth."""
    return any(field.get("private") or has_private(fields_in(field)) for field in fields)


def questions_for(
    fields: Sequence[Field], audience: Audience, reader: Audience
) -> Iterator[AnswerField]:
    """Yield the questions whose answers a reader may see, groups opened, repeats whole."""
    for field in fields:
        own: Audience = field.get("audience", audience)
        if field.get("private") or is_note(field):
            continue
        if is_group(field):
            yield from questions_for(field["fields"], own, reader)
        elif is_read_by(own, reader):
            yield field


def fields_for(fields: Sequence[Field], audience: Audience, reader: Audience) -> Iterator[Field]:
    """Yield the fields whose answers a reader may see, groups and repeats with theirs alone.

    ``audience`` is that of what holds the fields. Notes and empty groups are left out.
    """
    for field in fields:
        own: Audience = field.get("audience", audience)
        if field.get("private") or is_note(field):
            continue
        if inside := fields_in(field):
            if inner := list(fields_for(inside, own, reader)):
                yield cast(Field, {**field, "fields": inner})
        elif is_read_by(own, reader):
            yield field
