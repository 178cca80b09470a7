"""A form as a notebook: the prose of notebooks/prepare/, and one cell whose output is the form."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seminarkit.errors import SeminarError
from seminarkit.forms.bundle import FORM_TAG, Payload, PersonalForm, output, payload

Notebook = dict[str, Any]
BY_FILE_TAG = "by-file"  # on cells that say how to save and send a notebook as a file


def cell_source(form: str, person: str, about: str = "") -> str:
    """Return the form cell's one line: it reads as a sentence, and emits the same bundle again."""
    subject = f', about="{about}"' if about else ""
    return f'from seminarkit import form; form("{form}", for_person="{person}"{subject})'


def read_prose(path: Path) -> Notebook:
    """Read an authored notebook; raises SeminarError unless it has exactly one form cell."""
    book: Notebook = json.loads(path.read_text(encoding="utf-8"))
    if len(list(form_cells(book))) != 1:
        raise SeminarError(f"{path.name} must have one cell tagged '{FORM_TAG}'.")
    return book


def form_cells(book: Notebook) -> Iterator[dict[str, Any]]:
    """Yield the cells of a notebook of ours that hold a form."""
    for cell in book["cells"]:
        if FORM_TAG in cell["metadata"].get("tags", ()):
            yield cell


def form_notebook(prose: Notebook, form: PersonalForm, filled: Payload | None = None) -> Notebook:
    """Return the notebook one person fills in: the form is there before anything is run.

    ``filled`` are the answers to begin with, where some came before.

    The form stands in the cell's metadata too, so that it comes back after 'Clear all outputs'.
    """
    book = copy.deepcopy(prose)
    book["cells"] = [c for c in book["cells"] if "parameters" not in c["metadata"].get("tags", ())]
    (cell,) = form_cells(book)
    cell["source"] = cell_source(form["form"], form["author"]["id"], form.get("subject", ""))
    # Notebook would put a long output into a small box that scrolls; a form must stand open
    cell["metadata"] |= {"jupyter": {"source_hidden": True}, "scrolled": False, "deletable": False}
    cell["metadata"]["seminarkit"] = {"form": form}
    cell["outputs"] = [output(form, filled or payload(form))]
    cell["execution_count"] = None
    return book
