"""Find the names of questions in the calls of a report notebook, without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from seminarkit.reports.parameters import cells_of, source_of


@dataclass(frozen=True)
class Arguments:
    """Which arguments of a function are names of questions: from an index on, and by keyword."""

    first: int
    keywords: tuple[str, ...] = ()


# by module and function as notebooks call them; a test checks this against the signatures
CALLS: Mapping[str, Arguments] = {
    "show.answers": Arguments(2),
    "show.rows": Arguments(2),
    "show.quotes": Arguments(2, ("about", "words")),
    "charts.states": Arguments(1),
    "charts.numbers": Arguments(1, ("name", "value")),
    "compare.answers": Arguments(1),
    "compare.shares": Arguments(1),
    "compare.matrix": Arguments(2),
    "preparation.sheets": Arguments(2),
    "preparation.pairs": Arguments(2, ("title", "about")),
    "preparation.records": Arguments(2, ("title",)),
    "brief.running": Arguments(2),
    "brief.left": Arguments(2),
    "brief.reviews": Arguments(2),
    "data.answers": Arguments(0, ("question",)),
    "data.rows": Arguments(0, ("question",)),
    "data.compare": Arguments(0, ("questions",)),
}


@dataclass(frozen=True)
class NamedQuestion:
    """A question that a notebook names: the cell, counted from 1, the call and the name."""

    cell: int
    call: str
    name: str


def named_questions(notebook: Path) -> Iterator[NamedQuestion]:
    """Yield the questions that a notebook's code names.

    Raises UsageError for a file that is not a notebook. Names that are computed, or in a cell that
    is not plain Python, show up only when the notebook is run.
    """
    for number, cell in enumerate(cells_of(notebook), start=1):
        if cell.get("cell_type") == "code":
            for call in _calls(source_of(cell)):
                name = ast.unparse(call.func)
                if name in CALLS:
                    for question in _names_in(call, CALLS[name]):
                        yield NamedQuestion(number, name, question)


def _calls(source: str) -> Iterator[ast.Call]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a Jupyter magic, or an error that running it will report
        return
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _names_in(call: ast.Call, arguments: Arguments) -> Iterator[str]:
    values = [*call.args[arguments.first :]]
    values += [keyword.value for keyword in call.keywords if keyword.arg in arguments.keywords]
    for value in values:
        for part in value.elts if isinstance(value, ast.List | ast.Tuple) else [value]:
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value
