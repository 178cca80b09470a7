"""Functions for the form's cell, which show the form again with the answers in the notebook."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.answer_versions import is_newer
from seminarkit.core.forms.bundle import instance_id, mime_bundle, payload
from seminarkit.core.forms.notebook_forms import (
    Cell,
    answers_of,
    code_cells,
    form_of,
    read_notebook,
)
from seminarkit.core.forms.renamed_questions import carried_over
from seminarkit.core.forms.shapes import Payload, PersonalForm, object_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.prefill import prefilled_form

if TYPE_CHECKING:
    from seminarkit.core.forms.widget import FormWidget


def form(name: str, *, for_person: str, about: str = "") -> None:
    """Show the form ``name`` of a person, with the latest answers.

    ``for_person`` is an id such as ``GE-2``. ``about`` is the subject if the person fills in
    several forms of this name, for example the case study of a review.

    Form and answers are read from the notebook of the cell, so that it works on any computer. If
    there are none in a notebook, they are read from the seminar's folder. The browser stores what
    was typed since the last save, and takes the answers shown here if they are newer.
    """
    from IPython.display import display

    personal_form, answers = _form_and_answers(name, for_person, about)
    display(mime_bundle(personal_form, answers), raw=True)


def form_widget(name: str, *, for_person: str, about: str = "") -> FormWidget:
    """Return the form as a widget, for Voilà, VS Code and Colab; parameters as in ``form``.

    Raises SeminarError if anywidget is not installed.
    """
    try:
        from seminarkit.core.forms.widget import FormWidget
    except ModuleNotFoundError as error:
        raise SeminarError(
            f"Forms in Jupyter need {error.name}, which is not installed here. Install it: "
            "pip install 'seminarkit[serve]'"
        ) from None
    return FormWidget(*_form_and_answers(name, for_person, about))


def _form_and_answers(name: str, person: str, about: str) -> tuple[PersonalForm, Payload]:
    personal_form, answers = _from_notebooks(name, person, about)
    if personal_form is None:
        personal_form, prefilled = prefilled_form(SeminarFolder.find(), name, person, about)
        return personal_form, carried_over(personal_form, answers or prefilled)
    return personal_form, carried_over(personal_form, answers or payload(personal_form))


def _from_notebooks(
    name: str, person: str, about: str
) -> tuple[PersonalForm | None, Payload | None]:
    personal_form: PersonalForm | None = None
    answers: Payload | None = None
    for cell in _cells():
        cell_form = form_of(cell)
        if cell_form and _matches(cell_form, name, person, about):
            personal_form = personal_form or cell_form
        for stored in answers_of(cell):
            instance = instance_id(str(stored.get("seminar", "")), name, person, about)
            if not _matches(stored, name, person, about) or stored["instance"] != instance:
                continue
            if answers is None or is_newer(stored, answers):
                answers, personal_form = stored, cell_form or personal_form
    return personal_form, answers


def _matches(stored: PersonalForm | Payload, name: str, person: str, about: str) -> bool:
    writer = object_of(stored.get("author")).get("id")  # the file may be from anywhere
    return (stored.get("form"), writer, stored.get("subject", "")) == (name, person, about)


def _cells() -> Iterator[Cell]:
    """Yield the code cells of the running notebook, else of all notebooks in the folder."""
    own = Path(os.environ.get("JPY_SESSION_NAME", ""))
    for path in [own] if own.is_file() else sorted(Path.cwd().glob("*.ipynb")):
        # skip a broken notebook of somebody else
        if book := read_notebook(path):
            yield from code_cells(book)
