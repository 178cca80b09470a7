"""Identify the places of a form in a document, and the lines that are the form's own text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from seminarkit.core.forms.shapes import (
    CompiledForm,
    Field,
    all_fields,
    fields_in,
    is_note,
    is_repeat,
)
from seminarkit.core.forms.word_form import (
    AnswerPlace,
    hint_lines,
    label_line,
    places,
    places_before,
    plain,
)
from seminarkit.core.package_folder import KIT


@dataclass(frozen=True)
class FormWording:
    """The places of a form by tag, bookmark and label, and the texts and notes it shows.

    ``earlier`` are the labels and hints of earlier Word forms, by question. All texts are
    normalised by plain().
    """

    form: CompiledForm
    by_tag: Mapping[str, AnswerPlace]
    by_bookmark: Mapping[str, AnswerPlace]
    by_label: Mapping[str, list[AnswerPlace]]
    wording: frozenset[str]
    notes: frozenset[str]
    earlier: Mapping[str, frozenset[str]]


_EARLIER = KIT / "templates" / "forms" / "earlier_words.json"
_CACHE: dict[int, FormWording] = {}  # many documents are read with the same form


def wording_of(form: CompiledForm) -> FormWording:
    """Return the wording of a form, cached."""
    wording = _CACHE.get(id(form))
    if wording is None or wording.form is not form:
        wording = _CACHE[id(form)] = _wording_of_form(form)
    return wording


def _wording_of_form(form: CompiledForm) -> FormWording:
    current = {place.tag: place for place in places(form)}
    # a document from before a question was renamed: its answers count under the new name
    earlier_places = [
        place_before for place in current.values() for place_before in places_before(place, form)
    ]
    by_tag = {**{place.tag: place for place in earlier_places}, **current}
    by_bookmark = {place.bookmark: place for place in by_tag.values() if not place.choice}
    earlier = _earlier_words().get(form["form"], {})
    by_label: dict[str, list[AnswerPlace]] = {}
    for place in current.values():
        for label in set(_labels(place.field, earlier)) if not (place.row or place.choice) else ():
            by_label.setdefault(plain(label), []).append(place)
    notes = (label for note in _notes(form["fields"]) for label in _labels(note, earlier))
    earlier_by_question = {
        field["name"]: frozenset(map(plain, _earlier_texts(field, earlier)))
        for field in all_fields(form["fields"])
    }
    wording = {plain(text) for text in _form_texts(form["fields"], form)}
    return FormWording(
        form,
        by_tag,
        by_bookmark,
        by_label,
        frozenset(wording.union(*earlier_by_question.values())),
        frozenset(map(plain, notes)),
        earlier_by_question,
    )


@cache
def _earlier_words() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the earlier label and hints of questions, by form and question name."""
    words: Mapping[str, Mapping[str, list[str]]] = json.loads(_EARLIER.read_text("utf-8"))
    return words


def _labels(field: Field, earlier: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the label of a question, current and earlier, with and without its required mark."""
    for label in (field["label"], *earlier.get(field["name"], ())[:1]):
        yield from (label, label + label_line(field).removeprefix(field["label"]))


def _earlier_texts(field: Field, earlier: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the texts that an earlier document shows at a question."""
    if field["name"] in earlier:
        yield from (*_labels(field, earlier), *earlier[field["name"]])


def _form_texts(fields: Iterable[Field], form: CompiledForm) -> Iterator[str]:
    """Yield every text between the places of a blank document."""
    for field in fields:
        yield label_line(field)
        yield from hint_lines(field, form)
        if is_repeat(field):
            yield from (f"{field['row']} {number + 1}" for number in range(field["max"]))
        yield from _form_texts(fields_in(field), form)


def _notes(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield the notes of a form, and the questions that become notes if they have no choices."""
    for field in fields:
        if is_note(field) or "fill" in field:
            yield field
        yield from _notes(fields_in(field))
