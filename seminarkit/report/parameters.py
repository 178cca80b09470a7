"""The parameters of a report notebook, read from the file itself: nothing is loaded for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from seminarkit.errors import SeminarError, UsageError, did_you_mean
from seminarkit.notebookfile import read_notebook

TAG = "parameters"
DOSSIER = "dossier"
JUPYTER = re.compile(r"^\s*[%!?]|[?]\s*$", re.MULTILINE)  # %magic, !command, help?
_HOW = (
    "In JupyterLab: select the cell with 'dossier = …', open the property inspector (the cogs at "
    "the right) and add the tag 'parameters'"
)


def cells_of(notebook: Path) -> list[dict[str, Any]]:
    """Return a notebook's cells; raises UsageError for a file that is no notebook."""
    try:
        return list(read_notebook(notebook)["cells"])
    except SeminarError as error:
        raise UsageError(str(error)) from None


def tags_of(cell: Mapping[str, Any]) -> set[str]:
    """Return the tags of a cell."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
    return {str(tag) for tag in tags} if isinstance(tags, list) else set()


def source_of(cell: Mapping[str, Any]) -> str:
    """Return what stands in a cell: a text, or a list of its lines."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def parameter_names(notebook: Path) -> list[str]:
    """Return the names of the parameters that a notebook takes.

    Raises UsageError where not exactly one cell declares them, as whatever is handed over would
    be overwritten by the notebook's own lines.
    """
    tagged = [c for c in cells_of(notebook) if c.get("cell_type") == "code" and TAG in tags_of(c)]
    if not tagged:
        raise UsageError(
            f"{notebook.name} has no cell tagged 'parameters', so it would not take the dossier it "
            f"is given. {_HOW}."
        )
    if len(tagged) > 1:
        raise UsageError(
            f"{notebook.name} has {len(tagged)} cells tagged 'parameters'. Take the tag from all "
            "but the one with 'dossier = …'."
        )
    (cell,) = tagged
    return _assigned(source_of(cell), notebook)


def problem_of(notebook: Path) -> str:
    """Return in a sentence why a report notebook would not take its dossier, or ''."""
    try:
        names = parameter_names(notebook)
    except UsageError as error:
        return str(error)
    if DOSSIER in names:
        return ""
    return (
        f"The cell tagged 'parameters' of {notebook.name} does not declare the dossier. Write in "
        f'it: dossier = ""'
    )


def code_problem(notebook: Path) -> str:
    """Return in a sentence which cell Python cannot read, or ''; Jupyter's own lines are left out.

    Nothing is run.
    """
    cells = [cell for cell in cells_of(notebook) if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells, start=1):
        source = source_of(cell)
        if JUPYTER.search(source):
            continue
        try:
            ast.parse(source)
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            return f"Code cell {number} of {notebook.name} is not Python, in its line {line}."
    return ""


def check_parameters(notebooks: set[Path], names: Sequence[str]) -> None:
    """Raise UsageError for a name that is no parameter of one of these notebooks."""
    for notebook in sorted(notebooks):
        known = parameter_names(notebook)
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known)
                raise UsageError(f"{notebook.name} has no parameter '{name}'.{hint}")
            if name == DOSSIER:
                raise UsageError(
                    "Each report is given its own dossier, so 'dossier' cannot be chosen. "
                    "For one country alone say: seminar report --country GE"
                )


def _assigned(source: str, notebook: Path) -> list[str]:
    try:
        lines = ast.parse(source).body
    except SyntaxError as error:
        raise UsageError(
            f"The cell tagged 'parameters' of {notebook.name} cannot be read as Python: "
            f"line {error.lineno}."
        ) from None
    names: list[str] = []
    for line in lines:
        targets = line.targets if isinstance(line, ast.Assign) else []
        targets = [line.target] if isinstance(line, ast.AnnAssign) else targets
        names += [each.id for each in targets if isinstance(each, ast.Name)]
    return names
