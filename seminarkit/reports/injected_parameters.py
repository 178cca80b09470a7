"""What papermill handed over to the notebook that is running, held against what it declares.

papermill writes its values into a cell of its own that begins with ``# Parameters``: right below
the cell tagged ``parameters``, or at the very top where no cell has the tag. A name that the
notebook does not declare only makes papermill log a remark, and the report comes out on the
notebook's own values. IPython stores every cell that ran (``In``), in every engine.
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
    """The values of papermill's cell, and the names that the cell before it declares.

    ``declared`` is None where papermill's cell is the first: no cell has the tag.
    """

    values: Mapping[str, object]
    declared: tuple[str, ...] | None


def check_injected(cells: Sequence[str]) -> Mapping[str, object]:
    """Return the values that papermill handed over, {} for none.

    ``cells`` are the sources of the cells that ran, in their order; the last is running. Raises
    UsageError for a name that the notebook does not declare, and where its tag was lost.
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
    """Return what papermill put into a notebook, by the sources of the cells that ran so far.

    A person who runs a cell once more, in JupyterLab, is left alone. So is a notebook whose own
    parameters begin with the same comment: it gives names that are used and given nowhere else.
    """
    if not cells or cells[-1] in cells[:-1]:
        return None
    places = [place for place, source in enumerate(cells[:-1]) if _values(source)]
    if not places:
        return None
    place = places[-1]
    values = _values(cells[place])
    others = [source for number, source in enumerate(cells) if number != place]
    elsewhere = {name for source in others for name in _assigned(source)}
    used = {name for source in others for name in _used(source)}
    if any(name in used and name not in elsewhere for name in values):
        return None
    return Injected(values, tuple(_assigned(cells[place - 1])) if place else None)


def cells_that_ran() -> list[str]:
    """Return the sources of the cells that this kernel has run, the one that is running last."""
    from IPython import get_ipython

    history = getattr(get_ipython(), "history_manager", None)
    return [str(source) for source in getattr(history, "input_hist_parsed", ("",))[1:]]


def _values(source: str) -> dict[str, object]:
    """Return the values of a cell that looks like papermill's; {} for any other."""
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
    except ValueError:  # float("nan")
        return None


def _assigned(source: str) -> list[str]:
    try:
        return assigned_names(ast.parse(source))
    except (SyntaxError, ValueError):
        return []


def _used(source: str) -> set[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError):
        return set()
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _notebook_of(cells: Sequence[str]) -> str:
    """Return the name of the report notebook whose cells these are."""
    from seminarkit.core.seminar.find_seminar import seminar_from

    own = {source.strip() for source in cells if not _values(source)}
    root = seminar_from(Path.cwd())
    for place in [root, KIT] if root else [KIT]:
        for path in sorted((place / "notebooks" / "report").glob("*.ipynb")):
            try:
                sources = {source_of(cell).strip() for cell in cells_of(path)}
            except UsageError:
                continue
            if own <= sources:
                return path.name
    return "This notebook"
