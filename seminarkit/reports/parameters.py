"""Read the parameters of a report notebook from its file, without importing or running it."""

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
_CONVERTERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "int": (int, "a whole number"),
    "float": (float, "a number"),
    "bool": (
        {"True": True, "true": True, "False": False, "false": False}.__getitem__,
        "true or false",
    ),
}
_ADD_TAG = (
    "In JupyterLab: select the cell with 'dossier = …', open the property inspector (the cogs at "
    "the right) and add the tag 'parameters'"
)


def cells_of(notebook: Path) -> list[dict[str, object]]:
    """Return a notebook's cells; raises UsageError for a file that is not a notebook."""
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
    """Return the source of a cell as one string; nbformat also allows a list of lines."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def parameter_names(notebook: Path) -> list[str]:
    """Return the names of the parameters that a notebook takes.

    Raises UsageError unless exactly one cell is tagged: the notebook's own lines would overwrite
    the injected values.
    """
    return list(declared_types(notebook))


def declared_types(notebook: Path) -> dict[str, str]:
    """Return the annotation of each parameter of a notebook, or '' if it has none.

    Raises UsageError as ``parameter_names`` does.
    """
    tagged = [c for c in cells_of(notebook) if c.get("cell_type") == "code" and TAG in tags_of(c)]
    if not tagged:
        raise UsageError(tag_lost(notebook.name))
    if len(tagged) > 1:
        raise UsageError(
            f"{notebook.name} has {len(tagged)} cells tagged 'parameters'. Remove the tag from "
            "all of them but the one with 'dossier = …'."
        )
    (cell,) = tagged
    try:
        code = ast.parse(source_of(cell))
    except SyntaxError as error:
        raise UsageError(
            f"The cell tagged 'parameters' of {notebook.name} is not valid Python "
            f"(line {error.lineno})."
        ) from None
    annotations = {
        line.target.id: ast.unparse(line.annotation)
        for line in code.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }
    return {name: annotations.get(name, "") for name in assigned_names(code)}


def assigned_names(code: ast.Module) -> list[str]:
    """Return the names that Python code assigns at its top level, in order."""
    names: list[str] = []
    for line in code.body:
        targets = line.targets if isinstance(line, ast.Assign) else []
        targets = [line.target] if isinstance(line, ast.AnnAssign) else targets
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names


def tag_lost(notebook: str) -> str:
    """Return a sentence: the tag is missing, what follows from that, and how to add it."""
    return (
        f"{notebook} has no cell tagged 'parameters', so it would not take the dossier it is "
        f"given. {_ADD_TAG}."
    )


def problem_of(notebook: Path) -> str:
    """Return a sentence that says why a report notebook would not take its dossier, or ''."""
    try:
        names = parameter_names(notebook)
    except UsageError as error:
        return str(error)
    if DOSSIER in names:
        return ""
    return (
        f"The cell tagged 'parameters' of {notebook.name} does not declare the dossier. Write in "
        f'that cell: dossier = ""'
    )


def bare_parameters(notebook: Path) -> list[str]:
    """Return the parameters without an annotation, whose types papermill has to guess."""
    return [name for name, annotation in declared_types(notebook).items() if not annotation]


def code_problem(notebook: Path) -> str:
    """Return a sentence on the first cell that is not valid Python, or ''.

    No code is run, and cells with Jupyter magics are skipped.
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
            return f"Code cell {number} of {notebook.name} is not valid Python (line {line})."
    return ""


def check_parameters(notebooks: set[Path], values: Mapping[str, object]) -> None:
    """Raise UsageError for an unknown parameter of one of these notebooks, or an invalid value.

    The parameters that differ from report to report cannot be chosen for all of them. A notebook
    that would not take its dossier is skipped here: its reports fail with that reason.
    """
    report_parameters = given_names()
    for name in values:
        if name in report_parameters:
            listed = f"{', '.join(report_parameters[:-1])} and {report_parameters[-1]}"
            raise UsageError(
                f"Each report has its own {listed}, so you cannot set '{name}' for all of them. "
                "For one country only: seminar report --country GE"
            )
    for notebook in sorted(path for path in notebooks if not problem_of(path)):
        parameters = parameter_names(notebook)
        for name in values:
            if name not in parameters:
                hint = did_you_mean(name, parameters)
                raise UsageError(f"{notebook.name} has no parameter '{name}'.{hint}")
        typed_values(notebook, values)


def typed_values(notebook: Path, texts: Mapping[str, object]) -> dict[str, object]:
    """Return parameter values, with texts converted to the types that the notebook declares.

    Only int, float and bool are converted; other texts stay texts. Raises UsageError for a text
    that cannot be converted.
    """
    types = declared_types(notebook)
    return {name: _convert_value(name, value, types.get(name, "")) for name, value in texts.items()}


def _convert_value(name: str, value: object, annotation: str) -> object:
    if not isinstance(value, str) or annotation not in _CONVERTERS:
        return value
    convert, description = _CONVERTERS[annotation]
    try:
        return convert(value.strip().lower())
    except (KeyError, ValueError):
        raise UsageError(f"The parameter {name} is {description}, not '{value}'.") from None
