"""Read and validate notebook files (nbformat 4) as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NotRequired, TypedDict, cast

from seminarkit.core.errors import SeminarError

_KINDS = ("markdown", "code", "raw")
_HOW = "Open it in JupyterLab and save it, or take a new copy of the kit's notebook"


class CellMetadata(TypedDict, total=False):
    """The metadata of a notebook cell that the kit reads or writes."""

    tags: list[str]
    jupyter: dict[str, object]
    scrolled: bool
    deletable: bool
    editable: bool
    transient: dict[str, object]
    seminarkit: dict[str, object]


class Cell(TypedDict):
    """A notebook cell. Its ``source`` is a text or a list of lines."""

    cell_type: Literal["markdown", "code", "raw"]
    id: NotRequired[str]
    metadata: CellMetadata
    source: str | list[str]
    outputs: NotRequired[list[dict[str, object]]]
    execution_count: NotRequired[int | None]


class Notebook(TypedDict):
    """A notebook of nbformat 4."""

    cells: list[Cell]
    metadata: dict[str, object]
    nbformat: int
    nbformat_minor: int


def read_notebook(path: Path) -> Notebook:
    """Return a notebook as plain data. Raise SeminarError if Jupyter could not open it."""
    try:
        book = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise SeminarError(f"There is no notebook {path.name} in {path.parent}.") from None
    except RecursionError:
        raise SeminarError(f"{path.name} is nested too deeply to be read. {_HOW}.") from None
    except ValueError as error:
        line = f" from line {error.lineno} on" if isinstance(error, json.JSONDecodeError) else ""
        raise SeminarError(f"{path.name} cannot be read as a notebook{line}. {_HOW}.") from None
    if problem := next(_problems(book), ""):
        raise SeminarError(f"{path.name} cannot be read as a notebook: {problem}. {_HOW}.")
    return cast(Notebook, book)


def _problems(book: object) -> Iterator[str]:
    if not isinstance(book, dict):
        yield "it has no cells"
        return
    if book.get("nbformat") != 4 or not _is_integer(book.get("nbformat_minor")):
        yield "its format (nbformat) is not 4"
    if not isinstance(book.get("metadata"), dict):
        yield "it has no metadata"
    cells = book.get("cells")
    if not isinstance(cells, list):
        yield "it has no cells"
        return
    for number, cell in enumerate(cells, start=1):
        for words in _cell_problems(cell):
            yield f"cell {number} {words}"


def _cell_problems(cell: object) -> Iterator[str]:
    if not isinstance(cell, Mapping) or cell.get("cell_type") not in _KINDS:
        yield f"is not one of {', '.join(_KINDS)}"
        return
    metadata = cell.get("metadata")
    if not isinstance(metadata, dict):
        yield "has no metadata"
    elif not _is_texts(metadata.get("tags", [])):
        yield "has tags that are not a list of words"
    elif not isinstance(metadata.get("jupyter", {}), dict):
        yield "has metadata that Jupyter does not write"
    if not (isinstance(cell.get("source"), str) or _is_texts(cell.get("source"))):
        yield "has no text"
    if not isinstance(cell.get("id", "a"), str):
        yield "has an id that is not a text"
    if cell["cell_type"] == "code":
        outputs, count = cell.get("outputs"), cell.get("execution_count")
        if not isinstance(outputs, list) or not (count is None or _is_integer(count)):
            yield "has outputs that Jupyter does not write"


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
