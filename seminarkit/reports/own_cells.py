"""Which cells of a report notebook an organiser has added: they are for core participants alone.

One notebook serves every audience, so silence must not publish: a cell is for the public if it is
the kit's own, or carries the tag ``public``. The kit's own are known from the kit's notebook of the
same name, by id or by their very words. In a cell of the kit, other headings and other questions'
names may stand, as the notebook itself proposes: it shows the dossier all the same. Where an
organiser has written anything else into it, or prose, it is the organiser's.
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
# cells that the kit's notebooks had in earlier versions: seminars have copies of them
_FORMER = {
    "country_profile.ipynb": (
        "states", "examples", "credits", "assurance", "institutions", "legislation", "outlook",
    ),
}  # fmt: skip
_UNSEEN = "remove-cell"  # for who opens the notebook: on no page at all


@dataclass(frozen=True)
class Added:
    """A cell that stays away from the public: its place in the notebook."""

    place: int
    seen: bool  # whether core participants see something of it


def added_cells(notebook: Path) -> list[Added]:
    """Return the cells of a report notebook that are for core participants alone."""
    by_id, words = _kit_cells(notebook.name)
    found: list[Added] = []
    ids: set[str] = set()
    for place, cell in enumerate(cells_of(notebook)):
        name, tags = str(cell.get("id", "")), tags_of(cell)
        source = source_of(cell).strip()
        again = name in ids
        ids.add(name)
        if tags & {PUBLIC_TAG, TAG} or not source:
            continue
        own = not again and name in by_id and _is_kits(cell, source, by_id[name])
        if not own and source not in words:
            found.append(Added(place, seen=_UNSEEN not in tags))
    return found


# a notebook, as nbformat's untyped writer takes it
def without(book: Mapping[str, Any], places: set[int]) -> dict[str, Any]:
    """Return a notebook without the cells at these places."""
    return {**book, "cells": [c for i, c in enumerate(book["cells"]) if i not in places]}


def added_words(notebook: Path) -> str:
    """Return a sentence on the cells that the public will not see, or ''."""
    number = sum(each.seen for each in added_cells(notebook))
    if not number:
        return ""
    cells, verb, them = (
        ("added cell", "is", "it") if number == 1 else ("added cells", "are", "them")
    )
    return (
        f"{number} {cells} in {notebook.name} {verb} for core participants alone: "
        f"tag {them} 'public' to publish {them}."
    )


@cache
def _kit_cells(name: str) -> tuple[dict[str, tuple[str, str]], set[str]]:
    """Return what the kit's notebook of a name holds: (type, source) by id, and all sources."""
    try:
        cells = cells_of(KIT / "notebooks" / "report" / name)
    except UsageError:  # the kit has none of this name
        return {}, set()
    made = {
        str(cell.get("id", "")): (str(cell.get("cell_type")), source_of(cell).strip())
        for cell in cells
    }
    former = dict.fromkeys(_FORMER.get(name, ()), ("code", ""))
    return former | made, {source for _, source in made.values()}


def _is_kits(cell: Mapping[str, object], source: str, kits: tuple[str, str]) -> bool:
    kind, words = kits
    if cell.get("cell_type") != kind:
        return False
    return source == words or (kind == "code" and _shows_the_dossier(source))


def _shows_the_dossier(source: str) -> bool:
    """Say whether code does no more than call the kit, with names and words of one's own."""
    try:
        lines = ast.parse(source).body
    except SyntaxError:
        return False
    return all(_is_plain(line) for line in lines)


def _is_plain(line: ast.stmt) -> bool:
    if isinstance(line, ast.ImportFrom):
        return line.module == "seminarkit"
    return isinstance(line, ast.Assign | ast.Expr) and _is_call_of_kit(line.value)


def _is_call_of_kit(value: ast.expr) -> bool:
    from seminarkit import __all__ as front_door

    if not isinstance(value, ast.Call):
        return False
    called = value.func.value if isinstance(value.func, ast.Attribute) else value.func
    given = [*value.args, *(each.value for each in value.keywords)]
    named = isinstance(called, ast.Name) and called.id in front_door
    return named and all(_is_word(each) for each in given)


def _is_word(value: ast.expr) -> bool:
    if isinstance(value, ast.List | ast.Tuple):
        return all(_is_word(each) for each in value.elts)
    return isinstance(value, ast.Constant | ast.Name) or _is_call_of_kit(value)
