"""Compile the forms of a seminar, with a sentence on the readers of each form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from seminarkit.core.forms.definition import Offered, read_form
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.seminar.materials import Case
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.read_by import read_by
from seminarkit.core.seminar.read_seminar import choice_lists
from seminarkit.core.seminar.reading_list import Reading
from seminarkit.core.seminar.seat_hints import seat_questions, with_seat_hints
from seminarkit.core.seminar.terms import Term


def seminar_forms(
    seminar: Seminar,
    path_of: Callable[[str], Path],
    cases: Mapping[str, Case],
    readings: Mapping[str, Reading],
    glossary: Sequence[Term],
) -> dict[str, CompiledForm]:
    """Return the compiled form of every task by name. Raise FileError for mistakes."""
    offered = Offered(
        choice_lists(seminar, cases, readings),
        {"readings": {reading.id: reading.url for reading in readings.values()}},
        {term.id: _term_sentence(term) if term.short else "" for term in glossary},
    )
    names = dict.fromkeys(task.form for task in seminar.tasks)
    hints = seat_questions(seminar)
    forms = {
        name: with_seat_hints(read_form(path_of(name), offered), hints.get(name, {}))
        for name in names
    }
    return {
        name: {**form, "read_by": read_by(seminar, form, cases)} for name, form in forms.items()
    }


def _term_sentence(term: Term) -> str:
    return f"{term.term[:1].upper()}{term.term[1:]}: {term.short}"
