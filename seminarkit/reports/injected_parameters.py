"""Check the parameters that papermill injected against those that the notebook declares.

papermill writes its values into a cell of its own that begins with ``# Parameters``: right below
the cell tagged ``parameters``, or at the very top if no cell has the tag. If the notebook does not
declare a name, papermill only logs a warning, and the report is made with the notebook's own
values. IPython stores the source of every cell that ran (``In``), whatever engine runs it.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.package_folder import KIT
from seminarkit.reports.parameters import assigned_names, cells_of, source_of, tag_lost

_MARK = "# Parameters"
_PAPERMILLS = {"PAPERMILL_INPUT_PATH", "PAPERMILL_OUTPUT_PATH"}  # --inject-paths


@dataclass(frozen=True)
class Injected:
    """The values in papermill's cell, and the names that the cell before it declares.

    ``declared`` is None if papermill's cell comes first, as no cell has the tag.
    """

    values: Mapping[str, object]
    declared: tuple[str, ...] | None


def check_injected(cells: Sequence[str]) -> Mapping[str, object]:
    """Return the values that papermill injected, or {} if it injected none.

    ``cells`` are the sources of the cells that have run, in order; the last is still running.
    Raises UsageError for a name that the notebook does not declare, and if no cell has the tag.
    """
    injected = injected_in(cells)
    if injected is None:
        return {}
    if injected.declared is None:
        raise UsageError(tag_lost(_notebook_of(cells)))
    for name in injected.values:
        if name not in {*injected.declared, *_PAPERMILLS}:
            hint = did_you_mean(name, injected.declared)
            raise UsageError(f"{_notebook_of(cells)} has no parameter '{name}'.{hint}")
    return injected.values


def injected_in(cells: Sequence[str]) -> Injected | None:
    """Return papermill's cell, found in the sources of the cells that have run so far.

    Return None when a person runs a cell again in JupyterLab. Also return None for a notebook whose
    own parameters begin with the same comment: they are the only place where its names are
    assigned.
    """
    if not cells or cells[-1] in cells[:-1]:
        return None
    indices = [index for index, source in enumerate(cells[:-1]) if _injected_values(source)]
    if not indices:
        return None
    index = indices[-1]
    values = _injected_values(cells[index])
    others = [source for i, source in enumerate(cells) if i != index]
    assigned_elsewhere = {name for source in others for name in _names_assigned(source)}
    names_read = {name for source in others for name in _names_read(source)}
    if any(name in names_read and name not in assigned_elsewhere for name in values):
        return None
    return Injected(values, tuple(_names_assigned(cells[index - 1])) if index else None)


def cells_that_ran() -> list[str]:
    """Return the sources of the cells that this kernel has run; the last still runs."""
    from IPython import get_ipython

    history = getattr(get_ipython(), "history_manager", None)
    return [str(source) for source in getattr(history, "input_hist_parsed", ("",))[1:]]


def _injected_values(source: str) -> dict[str, object]:
    """Return the values in a cell that looks like papermill's, or {} for any other cell."""
    if not source.startswith(_MARK + "\n"):
        return {}
    values: dict[str, object] = {}
    try:
        lines = ast.parse(source).body
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, ValueError, tokenize.TokenError):
        return {}
    if sum(token.type == tokenize.COMMENT for token in tokens) > 1:
        return {}
    for line in lines:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values[name] = _literal(value)
            case _:
                return {}
    return values


def _literal(value: ast.expr) -> object:
    try:
        return ast.literal_eval(value)
    except ValueError:  # such as float("nan")
        return None


def _names_assigned(source: str) -> list[str]:
    try:
        return assigned_names(ast.parse(source))
    except (SyntaxError, ValueError):
        return []


def _names_read(source: str) -> set[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError):
        return set()
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _notebook_of(cells: Sequence[str]) -> str:
    """Return the file name of the report notebook that contains these cells."""
    from seminarkit.core.seminar.find_seminar import seminar_from

    notebook_sources = {source.strip() for source in cells if not _injected_values(source)}
    root = seminar_from(Path.cwd())
    for folder in [root, KIT] if root else [KIT]:
        for path in sorted((folder / "notebooks" / "report").glob("*.ipynb")):
            try:
                sources = {source_of(cell).strip() for cell in cells_of(path)}
            except UsageError:
                continue
            if notebook_sources <= sources:
                return path.name
    return "This notebook"
