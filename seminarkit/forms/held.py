"""Finds forms and answers in a notebook as data, whatever became of the notebook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seminarkit.forms.bundle import ANSWERS_MIME, FORM_MIME, Payload, PersonalForm

Notebook = dict[str, Any]


def read_notebook(path: Path) -> Notebook | None:
    """Return a notebook file as data, or None if it holds none."""
    try:
        book = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return book if isinstance(book, dict) and isinstance(book.get("cells"), list) else None


def forms_in(book: Notebook) -> dict[str, PersonalForm]:
    """Return the forms of a notebook by instance, in its order."""
    found: dict[str, PersonalForm] = {}
    for cell in code_cells(book):
        if form := form_of(cell):
            found.setdefault(form["instance"], form)
    return found


def form_of(cell: dict[str, Any]) -> PersonalForm | None:
    """Return the form that a cell shows, from its metadata or its output."""
    own = _dict(_dict(cell.get("metadata")).get("seminarkit")).get("form")
    shown = (data[FORM_MIME] for data in _outputs(cell) if FORM_MIME in data)
    for form in (own, *shown):
        if isinstance(form, dict) and isinstance(form.get("instance"), str):
            return form
    return None


def held_in(book: Notebook) -> dict[str, Payload]:
    """Return the answers of each form instance: those with the highest rev."""
    found: dict[str, Payload] = {}
    for cell in code_cells(book):
        for payload in answers_of(cell):
            before = found.get(payload["instance"])
            if before is None or payload["rev"] > before["rev"]:
                found[payload["instance"]] = payload
    return found


def answers_of(cell: dict[str, Any]) -> Iterator[Payload]:
    """Yield the answers in a cell's outputs that are in the shape a form writes."""
    for data in _outputs(cell):
        payload = data.get(ANSWERS_MIME)
        if (
            isinstance(payload, dict)
            and isinstance(payload.get("instance"), str)
            and isinstance(payload.get("rev"), int)
            and isinstance(payload.get("answers"), dict)
        ):
            yield payload


def code_cells(book: Notebook) -> Iterator[dict[str, Any]]:
    """Yield the code cells of a notebook."""
    yield from filter(is_code, book["cells"])


def is_code(cell: Any) -> bool:
    """Say whether something in a notebook's list of cells is a code cell."""
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _outputs(cell: dict[str, Any]) -> Iterator[dict[str, Any]]:
    outputs = cell.get("outputs")
    for out in outputs if isinstance(outputs, list) else ():
        if isinstance(out, dict) and isinstance(out.get("data"), dict):
            yield out["data"]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
