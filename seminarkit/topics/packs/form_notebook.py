"""A form as a notebook: the text from notebooks/prepare/, and one cell that shows the form."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.bundle import FORM_TAG, output, payload
from seminarkit.core.forms.shapes import Payload, PersonalForm
from seminarkit.core.notebook_json import Cell, Notebook, read_notebook
from seminarkit.core.seminar.folder import SeminarFolder

BY_FILE_TAG = "by-file"  # cells that explain how to save and send a notebook as a file

_NOT_INSTALLED = (
    "The form cannot be shown here, because the Seminar Kit is not installed in this Jupyter. "
    "Nothing you wrote is lost: this notebook keeps a copy of the answers. To read or change "
    "them, open {page}, which came with this notebook, and press “Open a file I saved before”."
)
_FALLBACK_NOTE = (
    "**No form below?** Then the Seminar Kit is not installed in this Jupyter. Do not run "
    "anything: open `{page}`, which came with this notebook, in a browser, or use your personal "
    "link. It is the same form. Clearing the outputs does not delete your answers: the notebook "
    "keeps a copy of them."
)


def cell_source(form: str, person: str, page: str, about: str = "") -> str:
    """Return the source of the form's cell, which shows the form again when it is run.

    If the kit is not installed, running the cell clears its output. It then prints where the form
    is; the answers are still in the cell's metadata.
    """
    subject = f', about="{about}"' if about else ""
    return f"""try:
    from seminarkit import form
except ImportError:
    print({_NOT_INSTALLED.format(page=page)!r})
else:
    form("{form}", for_person="{person}"{subject})"""


def read_prose(path: Path) -> Notebook:
    """Return an authored notebook; raise SeminarError unless it has exactly one form cell."""
    book = read_notebook(path)
    if len(list(form_cells(book))) != 1:
        raise SeminarError(f"{path.name} must have one cell tagged '{FORM_TAG}'.")
    return book


def prose_of(folder: SeminarFolder, form: PersonalForm) -> Notebook:
    """Return the authored notebook of a form, or one with only its title if there is none.

    Raises SeminarError if the notebook cannot be used.
    """
    path = folder.form_notebook(form["form"])
    return read_prose(path) if path.exists() else _plain_prose(form)


def _plain_prose(form: PersonalForm) -> Notebook:
    words = f"# {form['title']}\n\n{form.get('intro', '')}".strip()
    title: Cell = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": words}
    cell: Cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "form",
        "metadata": {"tags": [FORM_TAG]},
        "outputs": [],
        "source": "",
    }
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {
        "cells": [title, cell],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def form_cells(book: Notebook) -> Iterator[Cell]:
    """Yield the form cells of a notebook."""
    for cell in book["cells"]:
        if FORM_TAG in cell["metadata"].get("tags", ()):
            yield cell


def form_notebook(prose: Notebook, form: PersonalForm, filled: Payload | None = None) -> Notebook:
    """Return the notebook that one person fills in, with the form already displayed.

    ``filled`` are the answers to start with. Form and answers are stored in the cell's metadata as
    well, so that they survive 'Clear all outputs'.
    """
    book = copy.deepcopy(prose)
    book["cells"] = [c for c in book["cells"] if "parameters" not in c["metadata"].get("tags", ())]
    (cell,) = form_cells(book)
    page = f"{form['file']}.html"
    cell["source"] = cell_source(form["form"], form["author"]["id"], page, form.get("subject", ""))
    # Jupyter Notebook shows long outputs in a small scrolling box; a form must be fully visible
    cell["metadata"] |= {"jupyter": {"source_hidden": True}, "scrolled": False, "deletable": False}
    cell["metadata"]["transient"] = {"remove_source": True}  # for nbconvert: no code is shown
    copies: dict[str, object] = {"answers": filled} if filled and filled["answers"] else {}
    cell["metadata"]["seminarkit"] = {"form": form, **copies}
    cell["outputs"] = [output(form, filled or payload(form))]
    cell["execution_count"] = None
    return book


def with_advice(book: Notebook, form: PersonalForm) -> Notebook:
    """Return a form's notebook with advice in its first cell for a Jupyter without the kit."""
    words = _FALLBACK_NOTE.format(page=f"{form['file']}.html")
    first: Cell = {
        "cell_type": "markdown",
        "id": "no-form-below",
        "metadata": {"deletable": False, "editable": False},
        "source": words,
    }
    cells = list(book["cells"])
    if cells and cells[0]["cell_type"] == "markdown":
        opening = cells.pop(0)
        first = {**opening, "source": f"{''.join(opening['source'])}\n\n{words}"}
    return {**book, "cells": [first, *cells]}
