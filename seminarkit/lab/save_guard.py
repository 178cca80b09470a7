"""Hooks for saving in JupyterLab: keep all forms and answers, and remove stale widgets."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from seminarkit.core.disk.files import write_whole
from seminarkit.core.forms.answer_versions import is_contained, is_newer
from seminarkit.core.forms.bundle import output
from seminarkit.core.forms.notebook_forms import (
    Notebook,
    cells_of,
    form_of,
    forms_in,
    is_code,
    newest_answers,
    read_notebook,
    shown_in,
    with_copy,
)
from seminarkit.core.forms.shapes import Payload, PersonalForm, object_of
from seminarkit.lab.start_page import write_start
from seminarkit.topics.packs.opened_pack import START

EARLIER = ".earlier"
_WIDGET = "application/vnd.jupyter.widget-view+json"
_log = logging.getLogger(__name__)


def pre_save_hook(model: dict[str, object], path: str, contents_manager: Any, **_: Any) -> None:
    """Correct a notebook before Jupyter saves it; an error here never stops the save."""
    try:
        if model.get("type") == "notebook":
            here = Path(contents_manager.root_dir, path.strip("/"))
            model["content"] = before_save(here, object_of(model["content"]))
    except Exception:
        _log.warning("%s is saved as it is: it could not be checked.", path, exc_info=True)


def post_save_hook(os_path: str, model: dict[str, object], contents_manager: Any, **_: Any) -> None:
    """Update the list of tasks after Jupyter has saved a notebook; errors are only logged."""
    try:
        saved, root = Path(os_path), Path(contents_manager.root_dir)
        if model.get("type") == "notebook" and saved.parent == root and saved.name != START:
            write_start(root)
    except Exception:
        _log.warning("The list of tasks could not be updated.", exc_info=True)


def before_save(path: Path, new: Notebook) -> Notebook:
    """Return the notebook to save; keep the earlier file too if ``new`` drops answers."""
    old = read_notebook(path)
    if old is None:
        return without_widgets(with_copies(new, newest_answers(new)))
    if lost := dropped_answers(old, new):
        try:
            keep_earlier(path, max(payload["rev"] for payload in lost))
        except OSError:
            _log.warning("The earlier version of %s could not be kept.", path, exc_info=True)
    return without_widgets(put_back(new, old))


def dropped_answers(old: Notebook, new: Notebook) -> list[Payload]:
    """Return the answers of ``old`` that ``new`` no longer contains."""
    now = shown_in(new)
    return [
        payload
        for instance, payload in shown_in(old).items()
        if instance not in now or not is_contained(payload, now[instance])
    ]


def put_back(new: Notebook, old: Notebook) -> Notebook:
    """Return ``new`` with the forms of ``old`` put back: missing cells, and missing answers."""
    forms, now, shown = forms_in(old), shown_in(new), forms_in(new)
    held = newest_answers(new)
    for instance, filled in newest_answers(old).items():
        if instance not in held or is_newer(filled, held[instance]):
            held[instance] = filled
    gone = {i: filled for i, filled in held.items() if i not in now}
    cells: list[object] = []
    for cell in cells_of(new):
        form = _form_shown(cell)
        if form and form["instance"] in gone:
            instance = form["instance"]
            cell = {
                **object_of(cell),
                "outputs": [output(forms.get(instance, form), gone[instance])],
            }
        cells.append(cell)
    for place, cell in enumerate(cells_of(old)):
        form = _form_shown(cell)
        if form and form["instance"] not in shown:
            shown[form["instance"]] = form
            cells.insert(place, _under_free_id(object_of(cell), form["instance"], cells))
    return with_copies({**new, "cells": cells}, held)


def with_copies(book: Notebook, held: dict[str, Payload]) -> Notebook:
    """Return a notebook with a copy of the answers in the metadata of each form cell.

    The copy survives when outputs are cleared or replaced by a run.
    """
    cells: list[object] = []
    for cell in cells_of(book):
        form = _form_shown(cell)
        filled = held.get(form["instance"]) if form else None
        cells.append(with_copy(object_of(cell), filled) if filled and filled["rev"] else cell)
    return {**book, "cells": cells}


def _form_shown(cell: object) -> PersonalForm | None:
    return form_of(cell) if is_code(cell) else None


def _under_free_id(
    cell: dict[str, object], other: str, cells: Sequence[object]
) -> dict[str, object]:
    """Return a cell with a unique id: a form cell turned into text still uses the old one."""
    taken = [object_of(placed).get("id") for placed in cells]
    return {**cell, "id": other} if cell.get("id") in taken else cell


def without_widgets(book: Notebook) -> Notebook:
    """Return a form's notebook without the state of widgets, which ended with their kernel.

    Their views would show 'model not found' when the notebook is opened again.
    """
    if not forms_in(book):
        return book
    metadata = {k: v for k, v in object_of(book.get("metadata")).items() if k != "widgets"}
    return {
        **book,
        "metadata": metadata,
        "cells": [_without_views(cell) for cell in cells_of(book)],
    }


def keep_earlier(path: Path, rev: int) -> Path:
    """Copy the file to ``.earlier/NAME-REV.ipynb`` in its folder; return the copy's path."""
    content = path.read_bytes()
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        copy = path.parent / EARLIER / f"{path.stem}-{rev}{again}{path.suffix}"
        if not copy.exists() or copy.read_bytes() == content:
            break
    write_whole(copy, content)
    return copy


def _without_views(cell: object) -> object:
    outputs = object_of(cell).get("outputs")
    if not isinstance(outputs, list):
        return cell
    return {**object_of(cell), "outputs": [left for out in outputs if (left := _without_view(out))]}


def _without_view(out: object) -> object:
    data = object_of(object_of(out).get("data"))
    if _WIDGET not in data:
        return out
    rest = {kind: value for kind, value in data.items() if kind != _WIDGET}
    return {**object_of(out), "data": rest} if set(rest) - {"text/plain"} else None
