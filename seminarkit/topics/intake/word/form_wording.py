"""How the places of a form are found again in a document, and which lines are the form's own."""

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
    Place,
    hint_lines,
    label_line,
    places,
    places_before,
    plain,
)
from seminarkit.core.package_folder import KIT


@dataclass(frozen=True)
class OwnWords:
    """The places of a form by tag, bookmark and plain label; its plain texts, and its notes.

    ``earlier`` are plain labels and hints by question, as Word forms handed out before had them.
    """

    form: CompiledForm
    by_tag: Mapping[str, Place]
    by_bookmark: Mapping[str, Place]
    by_label: Mapping[str, list[Place]]
    wording: frozenset[str]
    notes: frozenset[str]
    earlier: Mapping[str, frozenset[str]]


_EARLIER = KIT / "templates" / "forms" / "earlier_words.json"
_MADE: dict[int, OwnWords] = {}  # a form is read in many documents


def own_words(form: CompiledForm) -> OwnWords:
    """Return what of a document is the form's own."""
    made = _MADE.get(id(form))
    if made is None or made.form is not form:
        made = _MADE[id(form)] = _made(form)
    return made


def _made(form: CompiledForm) -> OwnWords:
    own = {place.tag: place for place in places(form)}
    # a document made before a question was renamed: what is in it counts as it was sent
    sent = [then for place in own.values() for then in places_before(place, form)]
    by_tag = {**{place.tag: place for place in sent}, **own}
    by_bookmark = {place.bookmark: place for place in by_tag.values() if not place.choice}
    earlier = _earlier_words().get(form["form"], {})
    by_label: dict[str, list[Place]] = {}
    for place in own.values():
        for label in set(_labels(place.field, earlier)) if not (place.row or place.choice) else ():
            by_label.setdefault(plain(label), []).append(place)
    notes = (label for each in _notes(form["fields"]) for label in _labels(each, earlier))
    before = {
        field["name"]: frozenset(map(plain, _before(field, earlier)))
        for field in all_fields(form["fields"])
    }
    wording = {plain(text) for text in _wording(form["fields"], form)}
    return OwnWords(
        form,
        by_tag,
        by_bookmark,
        by_label,
        frozenset(wording.union(*before.values())),
        frozenset(map(plain, notes)),
        before,
    )


@cache
def _earlier_words() -> Mapping[str, Mapping[str, list[str]]]:
    """Return label and changed hints of questions as they were, by form and question."""
    words: Mapping[str, Mapping[str, list[str]]] = json.loads(_EARLIER.read_text("utf-8"))
    return words


def _labels(field: Field, earlier: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the label of a question, now and before, with and without the mark of its need."""
    for label in (field["label"], *earlier.get(field["name"], ())[:1]):
        yield from (label, label + label_line(field).removeprefix(field["label"]))


def _before(field: Field, earlier: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield what a document that was handed out before shows at a question."""
    if field["name"] in earlier:
        yield from (*_labels(field, earlier), *earlier[field["name"]])


def _wording(fields: Iterable[Field], form: CompiledForm) -> Iterator[str]:
    """Yield every text that is between the places of an untouched document."""
    for field in fields:
        yield label_line(field)
        yield from hint_lines(field, form)
        if is_repeat(field):
            yield from (f"{field['row']} {number + 1}" for number in range(field["max"]))
        yield from _wording(fields_in(field), form)


def _notes(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield the notes of a form, and what becomes one where there is nothing to choose from."""
    for field in fields:
        if is_note(field) or "fill" in field:
            yield field
        yield from _notes(fields_in(field))
