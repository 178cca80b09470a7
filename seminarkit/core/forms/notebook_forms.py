"""Find forms and answers in a notebook, read as data, in whatever state the notebook is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeGuard, cast

from seminarkit.core.forms.answer_versions import is_newer, is_whole
from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME
from seminarkit.core.forms.shapes import Payload, PersonalForm, is_object, object_of

Notebook = dict[str, object]
Cell = Mapping[str, object]


def read_notebook(path: Path) -> Notebook | None:
    """Return a notebook file as data; None if the file is not a notebook."""
    try:
        book = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return book if isinstance(book, dict) and isinstance(book.get("cells"), list) else None


def forms_in(book: Notebook) -> dict[str, PersonalForm]:
    """Return the forms of a notebook by instance, in the notebook's order."""
    forms: dict[str, PersonalForm] = {}
    for cell in code_cells(book):
        if form := form_of(cell):
            forms.setdefault(form["instance"], form)
    return forms


def form_of(cell: Cell) -> PersonalForm | None:
    """Return the form of a cell, from its metadata or its outputs."""
    in_metadata = object_of(object_of(cell.get("metadata")).get("seminarkit")).get("form")
    in_outputs = (data[FORM_MIME] for data in _outputs(cell) if FORM_MIME in data)
    for form in (in_metadata, *in_outputs):
        if is_object(form) and isinstance(form.get("instance"), str):
            return cast(PersonalForm, form)  # the kit's own; ``collect`` checks received ones
    return None


def newest_answers(book: Notebook) -> dict[str, Payload]:
    """Return the newest answers of each form instance in a notebook (``is_newer``)."""
    return _by_instance(payload for cell in code_cells(book) for payload in answers_of(cell))


def shown_in(book: Notebook) -> dict[str, Payload]:
    """Return the newest answers in the outputs of a notebook, by form instance."""
    return _by_instance(p for cell in code_cells(book) for p in _in_outputs(cell) if is_whole(p))


def answers_of(cell: Cell) -> Iterator[Payload]:
    """Yield the valid payloads in a cell: in its outputs, then the copy in its metadata.

    The copy survives when outputs are cleared or the cell is run again.
    """
    yield from filter(is_whole, (*_in_outputs(cell), copy_of(cell)))


def copy_of(cell: Cell) -> object:
    """Return the copy of the answers in a cell's metadata, unchecked; None if there is none."""
    return object_of(object_of(cell.get("metadata")).get("seminarkit")).get("answers")


def issued_version(book: Notebook, instance: str) -> str:
    """Return the id of the version with which the kit issued a form; '' if unknown."""
    for cell in code_cells(book):
        form = form_of(cell)
        if form and form["instance"] == instance:
            version = object_of(object_of(cell.get("metadata")).get("seminarkit")).get("handed")
            return version if isinstance(version, str) else ""
    return ""


def with_copy(cell: Cell, filled: Payload) -> dict[str, object]:
    """Return a cell with a copy of the answers in its metadata."""
    metadata = object_of(cell.get("metadata"))
    seminarkit = {**object_of(metadata.get("seminarkit")), "answers": filled}
    return {**cell, "metadata": {**metadata, "seminarkit": seminarkit}}


def code_cells(book: Notebook) -> Iterator[dict[str, object]]:
    """Yield the code cells of a notebook."""
    yield from filter(is_code, cells_of(book))


def cells_of(book: Notebook) -> list[object]:
    """Return the cells of a notebook, unchecked; none if they are not a list."""
    cells = book.get("cells")
    return cells if isinstance(cells, list) else []


def is_code(cell: object) -> TypeGuard[dict[str, object]]:
    """Return whether an item of a notebook's list of cells is a code cell."""
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _by_instance(payloads: Iterable[Payload]) -> dict[str, Payload]:
    newest: dict[str, Payload] = {}
    for payload in payloads:
        previous = newest.get(payload["instance"])
        if previous is None or is_newer(payload, previous):
            newest[payload["instance"]] = payload
    return newest


def _in_outputs(cell: Cell) -> Iterator[object]:
    return (data[ANSWERS_MIME] for data in _outputs(cell) if ANSWERS_MIME in data)


def _outputs(cell: Cell) -> Iterator[dict[str, object]]:
    outputs = cell.get("outputs")
    for out in outputs if isinstance(outputs, list) else ():
        if isinstance(out, dict) and isinstance(out.get("data"), dict):
            yield out["data"]
