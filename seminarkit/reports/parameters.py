"""The parameters of a report notebook, read from the file itself: nothing is loaded for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from seminarkit.core.errors import SeminarError, UsageError, did_you_mean
from seminarkit.core.notebook_json import read_notebook
from seminarkit.reports.kinds import given_names

TAG = "parameters"
DOSSIER = "dossier"
JUPYTER = re.compile(r"^\s*[%!?]|[?]\s*$", re.MULTILINE)  # %magic, !command, help?
_READ_AS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "int": (int, "a whole number"),
    "float": (float, "a number"),
    "bool": (
        {"True": True, "true": True, "False": False, "false": False}.__getitem__,
        "true or false",
    ),
}
_HOW = (
    "In JupyterLab: select the cell with 'dossier = …', open the property inspector (the cogs at "
    "the right) and add the tag 'parameters'"
)


def cells_of(notebook: Path) -> list[dict[str, object]]:
    """Return a notebook's cells; raises UsageError for a file that is no notebook."""
    try:
        return [dict(cell) for cell in read_notebook(notebook)["cells"]]
    except SeminarError as error:
        raise UsageError(str(error)) from None


def tags_of(cell: Mapping[str, object]) -> set[str]:
    """Return the tags of a cell."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
    return {str(tag) for tag in tags} if isinstance(tags, list) else set()


def source_of(cell: Mapping[str, object]) -> str:
    """Return what stands in a cell: a text, or a list of its lines."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def parameter_names(notebook: Path) -> list[str]:
    """Return the names of the parameters that a notebook takes.

    Raises UsageError where not exactly one cell declares them, as whatever is handed over would
    be overwritten by the notebook's own lines.
    """
    return list(declared_types(notebook))


def declared_types(notebook: Path) -> dict[str, str]:
    """Return the annotation of each parameter that a notebook takes, '' where it has none.

    Raises UsageError as ``parameter_names`` does.
    """
    tagged = [c for c in cells_of(notebook) if c.get("cell_type") == "code" and TAG in tags_of(c)]
    if not tagged:
        raise UsageError(tag_lost(notebook.name))
    if len(tagged) > 1:
        raise UsageError(
            f"{notebook.name} has {len(tagged)} cells tagged 'parameters'. Take the tag from all "
            "but the one with 'dossier = …'."
        )
    (cell,) = tagged
    try:
        code = ast.parse(source_of(cell))
    except SyntaxError as error:
        raise UsageError(
            f"The cell tagged 'parameters' of {notebook.name} cannot be read as Python: "
            f"line {error.lineno}."
        ) from None
    typed = {
        line.target.id: ast.unparse(line.annotation)
        for line in code.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }
    return {name: typed.get(name, "") for name in assigned_names(code)}


def assigned_names(code: ast.Module) -> list[str]:
    """Return the names that lines of Python give a value to, in their order."""
    names: list[str] = []
    for line in code.body:
        targets = line.targets if isinstance(line, ast.Assign) else []
        targets = [line.target] if isinstance(line, ast.AnnAssign) else targets
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names


def tag_lost(notebook: str) -> str:
    """Return in a sentence that a notebook would overwrite what is handed over, and the cure."""
    return (
        f"{notebook} has no cell tagged 'parameters', so it would not take the dossier it is "
        f"given. {_HOW}."
    )


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


def bare_parameters(notebook: Path) -> list[str]:
    """Return the parameters without an annotation: papermill guesses the type of their values."""
    return [name for name, annotation in declared_types(notebook).items() if not annotation]


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


def check_parameters(notebooks: set[Path], values: Mapping[str, object]) -> None:
    """Raise UsageError for a name that is no parameter of one of these notebooks, or a wrong value.

    What each report is given of its own cannot be chosen for all of them. A notebook that would
    not take its dossier is left out: it fails by itself, for that reason.
    """
    own = given_names()
    for name in values:
        if name in own:
            listed = f"{', '.join(own[:-1])} and {own[-1]}"
            raise UsageError(
                f"Each report is given its own {listed}, so '{name}' cannot be chosen. "
                "For one country alone say --country: seminar report --country GE"
            )
    for notebook in sorted(path for path in notebooks if not problem_of(path)):
        known = parameter_names(notebook)
        for name in values:
            if name not in known:
                hint = did_you_mean(name, known)
                raise UsageError(f"{notebook.name} has no parameter '{name}'.{hint}")
        typed_values(notebook, values)


def typed_values(notebook: Path, texts: Mapping[str, object]) -> dict[str, object]:
    """Return values for a notebook's parameters, texts as the type that it declares.

    A text for a parameter without annotation, or of another type than int, float and bool, stays
    one. Raises UsageError for a text that is no such number.
    """
    types = declared_types(notebook)
    return {name: _typed(name, value, types.get(name, "")) for name, value in texts.items()}


def _typed(name: str, value: object, annotation: str) -> object:
    if not isinstance(value, str) or annotation not in _READ_AS:
        return value
    read, words = _READ_AS[annotation]
    try:
        return read(value.strip().lower())
    except (KeyError, ValueError):
        raise UsageError(f"The parameter {name} is {words}, not '{value}'.") from None
