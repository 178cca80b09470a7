"""What a form's cell runs: it shows the form again, with the answers that the notebook holds."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seminarkit.errors import SeminarError
from seminarkit.forms.bundle import (
    ANSWERS_MIME,
    FORM_MIME,
    PersonalForm,
    instance_id,
    mime_bundle,
    payload,
)
from seminarkit.prepare.personal import form_for
from seminarkit.seminar.folder import SeminarFolder

if TYPE_CHECKING:
    from seminarkit.forms.widget import FormWidget


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
        from seminarkit.forms.widget import FormWidget
    except ModuleNotFoundError as error:
        raise SeminarError(
            f"Forms as widgets need {error.name}, which is not installed here. Install it: "
            "pip install 'seminarkit[serve]'"
        ) from None
    return FormWidget(*_found(name, for_person, about))


def _found(name: str, person: str, about: str) -> tuple[PersonalForm, dict[str, Any]]:
    made, held = _from_notebooks(name, person, about)
    if made is None:
        made = form_for(SeminarFolder.find(), name, person, about)
    return made, held or payload(made)


def _from_notebooks(
    name: str, person: str, about: str
) -> tuple[PersonalForm | None, dict[str, Any] | None]:
    made: PersonalForm | None = None
    held: dict[str, Any] | None = None
    for cell in _cells():
        stored = cell.get("metadata", {}).get("seminarkit", {}).get("form", {})
        if _is_of(stored, name, person, about):
            made = stored
        for out in cell.get("outputs", ()):
            found = out.get("data", {}).get(ANSWERS_MIME, {})
            if not _is_of(found, name, person, about):
                continue
            if found.get("instance") != instance_id(found.get("seminar", ""), name, person, about):
                continue
            if held is None or found["rev"] > held["rev"]:
                held, made = found, out["data"].get(FORM_MIME, made)
    return made, held


def _is_of(stored: dict[str, Any], name: str, person: str, about: str) -> bool:
    given = (stored.get("form"), stored.get("author", {}).get("id"), stored.get("subject", ""))
    return given == (name, person, about)


def _cells() -> Iterator[dict[str, Any]]:
    """Yield the cells of the running notebook; where that is not known, of those beside it."""
    own = Path(os.environ.get("JPY_SESSION_NAME", ""))
    for path in [own] if own.is_file() else sorted(Path.cwd().glob("*.ipynb")):
        try:
            yield from json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, LookupError, TypeError):
            continue  # another person's broken notebook beside ours is not our concern
