"""Find the cells that an organiser added to a report notebook: only core participants see them.

One notebook serves every audience, so publishing must be an explicit choice: a cell is public if
it comes from the kit or has the tag ``public``. A cell comes from the kit if the kit's notebook of
the same name has a cell with the same id or the same source. Organisers may change the headings
and the names of questions in such a cell, as the notebook itself suggests, because it still only
shows the dossier. With any other change to its code, or to its text, the cell is the organiser's.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from seminarkit.core.errors import UsageError
from seminarkit.core.package_folder import KIT
from seminarkit.reports.parameters import TAG, cells_of, source_of, tags_of

PUBLIC_TAG = "public"
# cell ids from earlier versions of the kit's notebooks, which seminars have copied
_FORMER = {
    "country_profile.ipynb": (
        "states", "examples", "credits", "assurance", "institutions", "legislation", "outlook",
    ),
}  # fmt: skip
_UNSEEN = "remove-cell"  # such cells are seen in the notebook only, on no page


@dataclass(frozen=True)
class AddedCell:
    """A cell that is not for the public, by its index in the notebook."""

    index: int
    is_visible: bool  # whether core participants see its output


def added_cells(notebook: Path) -> list[AddedCell]:
    """Return the cells of a report notebook that only core participants may see."""
    by_id, kit_sources = _kit_cells(notebook.name)
    added: list[AddedCell] = []
    ids: set[str] = set()
    for index, cell in enumerate(cells_of(notebook)):
        cell_id, tags = str(cell.get("id", "")), tags_of(cell)
        source = source_of(cell).strip()
        is_duplicate = cell_id in ids
        ids.add(cell_id)
        if tags & {PUBLIC_TAG, TAG} or not source:
            continue
        from_kit = (
            not is_duplicate and cell_id in by_id and _is_from_kit(cell, source, by_id[cell_id])
        )
        if not from_kit and source not in kit_sources:
            added.append(AddedCell(index, is_visible=_UNSEEN not in tags))
    return added


# nbformat has no types for a notebook
def without_cells(book: Mapping[str, Any], indices: set[int]) -> dict[str, Any]:
    """Return a notebook without the cells at these indices."""
    return {**book, "cells": [c for i, c in enumerate(book["cells"]) if i not in indices]}


def added_words(notebook: Path) -> str:
    """Return a sentence on the cells that the public will not see, or ''."""
    number = sum(cell.is_visible for cell in added_cells(notebook))
    if not number:
        return ""
    noun, verb, pronoun = (
        ("added cell", "is", "it") if number == 1 else ("added cells", "are", "them")
    )
    return (
        f"{number} {noun} in {notebook.name} {verb} for core participants alone: "
        f"tag {pronoun} 'public' to publish {pronoun}."
    )


@cache
def _kit_cells(name: str) -> tuple[dict[str, tuple[str, str]], set[str]]:
    """Return the cells of the kit's notebook: (type, source) by id, and all sources."""
    try:
        cells = cells_of(KIT / "notebooks" / "report" / name)
    except UsageError:  # the kit has no notebook of this name
        return {}, set()
    current = {
        str(cell.get("id", "")): (str(cell.get("cell_type")), source_of(cell).strip())
        for cell in cells
    }
    former = dict.fromkeys(_FORMER.get(name, ()), ("code", ""))
    return former | current, {source for _, source in current.values()}


def _is_from_kit(cell: Mapping[str, object], source: str, kit_cell: tuple[str, str]) -> bool:
    kind, kit_source = kit_cell
    if cell.get("cell_type") != kind:
        return False
    return source == kit_source or (kind == "code" and _shows_the_dossier(source))


def _shows_the_dossier(source: str) -> bool:
    """Say whether code only calls the kit, with names and constants as arguments."""
    try:
        lines = ast.parse(source).body
    except SyntaxError:
        return False
    return all(_is_kit_statement(line) for line in lines)


def _is_kit_statement(line: ast.stmt) -> bool:
    if isinstance(line, ast.ImportFrom):
        return line.module == "seminarkit"
    return isinstance(line, ast.Assign | ast.Expr) and _is_kit_call(line.value)


def _is_kit_call(value: ast.expr) -> bool:
    from seminarkit import __all__ as front_door

    if not isinstance(value, ast.Call):
        return False
    function = value.func.value if isinstance(value.func, ast.Attribute) else value.func
    arguments = [*value.args, *(keyword.value for keyword in value.keywords)]
    is_kit = isinstance(function, ast.Name) and function.id in front_door
    return is_kit and all(_is_plain_argument(argument) for argument in arguments)


def _is_plain_argument(value: ast.expr) -> bool:
    if isinstance(value, ast.List | ast.Tuple):
        return all(_is_plain_argument(element) for element in value.elts)
    return isinstance(value, ast.Constant | ast.Name) or _is_kit_call(value)
