"""How the places of a form are found again in a document, and which lines are the form's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seminarkit.forms.answers import CompiledForm
from seminarkit.forms.word import Place, hint_lines, label_line, places, plain


@dataclass(frozen=True)
class OwnWords:
    """The places of a form by tag, bookmark and plain label; its plain texts, and its notes."""

    form: CompiledForm
    by_tag: Mapping[str, Place]
    by_bookmark: Mapping[str, Place]
    by_label: Mapping[str, list[Place]]
    wording: frozenset[str]
    notes: frozenset[str]


_MADE: dict[int, OwnWords] = {}  # a form is read in many documents


def own_words(form: CompiledForm) -> OwnWords:
    """Return what of a document is the form's own."""
    made = _MADE.get(id(form))
    if made is None or made.form is not form:
        made = _MADE[id(form)] = _made(form)
    return made


def _made(form: CompiledForm) -> OwnWords:
    by_tag = {place.tag: place for place in places(form)}
    by_bookmark = {place.bookmark: place for place in by_tag.values() if not place.choice}
    by_label: dict[str, list[Place]] = {}
    for place in by_bookmark.values():
        for label in {label_line(place.field), place.field["label"]} if not place.row else ():
            by_label.setdefault(plain(label), []).append(place)
    notes = (text for each in _notes(form["fields"]) for text in (label_line(each), each["label"]))
    wording = frozenset(plain(text) for text in _wording(form["fields"], form))
    return OwnWords(form, by_tag, by_bookmark, by_label, wording, frozenset(map(plain, notes)))


def _wording(fields: Iterable[Mapping[str, Any]], form: CompiledForm) -> Iterator[str]:
    """Yield every text that is between the places of an untouched document."""
    for field in fields:
        yield label_line(field)
        yield from hint_lines(field, form)
        if field["type"] == "repeat":
            yield from (f"{field['row']} {number + 1}" for number in range(field["max"]))
        yield from _wording(field.get("fields", []), form)


def _notes(fields: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the notes of a form, and what becomes one where there is nothing to choose from."""
    for field in fields:
        if field["type"] == "note" or "fill" in field:
            yield field
        yield from _notes(field.get("fields", ()))
