"""What a form's cell runs: it shows the form again, with the answers that the notebook holds."""

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
from seminarkit.topics.packs.prefill import begun

if TYPE_CHECKING:
    from seminarkit.core.forms.widget import FormWidget


def form(name: str, *, for_person: str, about: str = "") -> None:
    """Show the form ``name`` of a person such as ``GE-2``, with the newest answers there are.

    ``about`` is the subject where a person fills in several, such as a review a case study.

    Form and answers come from the notebook that the cell stands in, so that it works on any
    computer; without one, from the seminar's folder. What was typed since the last save is kept by
    the browser, which takes the answers that are newer.
    """
    from IPython.display import display

    made, held = _found(name, for_person, about)
    display(mime_bundle(made, held), raw=True)


def form_widget(name: str, *, for_person: str, about: str = "") -> FormWidget:
    """Return the same form as a widget, for Voilà, VS Code and Colab; see ``form``.

    Raises SeminarError where anywidget is not installed.
    """
    try:
        from seminarkit.core.forms.widget import FormWidget
    except ModuleNotFoundError as error:
        raise SeminarError(
            f"Forms as widgets need {error.name}, which is not installed here. Install it: "
            "pip install 'seminarkit[serve]'"
        ) from None
    return FormWidget(*_found(name, for_person, about))


def _found(name: str, person: str, about: str) -> tuple[PersonalForm, Payload]:
    made, held = _from_notebooks(name, person, about)
    if made is None:
        made, filled = begun(SeminarFolder.find(), name, person, about)
        return made, carried_over(made, held or filled)
    return made, carried_over(made, held or payload(made))


def _from_notebooks(
    name: str, person: str, about: str
) -> tuple[PersonalForm | None, Payload | None]:
    made: PersonalForm | None = None
    held: Payload | None = None
    for cell in _cells():
        shown = form_of(cell)
        if shown and _is_of(shown, name, person, about):
            made = made or shown
        for filled in answers_of(cell):
            instance = instance_id(str(filled.get("seminar", "")), name, person, about)
            if not _is_of(filled, name, person, about) or filled["instance"] != instance:
                continue
            if held is None or is_newer(filled, held):
                held, made = filled, shown or made
    return made, held


def _is_of(stored: PersonalForm | Payload, name: str, person: str, about: str) -> bool:
    writer = object_of(stored.get("author")).get("id")  # in a file that came from anywhere
    return (stored.get("form"), writer, stored.get("subject", "")) == (name, person, about)


def _cells() -> Iterator[Cell]:
    """Yield the code cells of the running notebook; where that is not known, of those beside it."""
    own = Path(os.environ.get("JPY_SESSION_NAME", ""))
    for path in [own] if own.is_file() else sorted(Path.cwd().glob("*.ipynb")):
        # another person's broken notebook beside ours is not our concern
        if book := read_notebook(path):
            yield from code_cells(book)
