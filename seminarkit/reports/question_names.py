"""The names of questions in the calls of a report notebook, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from seminarkit.reports.parameters import cells_of, source_of


@dataclass(frozen=True)
class Arguments:
    """Which arguments of a function are names of questions: from a place on, and by keyword."""

    first: int
    keywords: tuple[str, ...] = ()


# by module and function, as notebooks call them; a test holds it against their signatures
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
    """The name of a question in a notebook: in which cell, counted from 1, and in which call."""

    cell: int
    call: str
    name: str


def named_questions(notebook: Path) -> Iterator[NamedQuestion]:
    """Yield the names of questions that a notebook's code holds; raises UsageError for no notebook.

    What is computed, or in a cell that is not Python, is seen when the notebook is run.
    """
    for number, cell in enumerate(cells_of(notebook), start=1):
        if cell.get("cell_type") == "code":
            for call in _calls(source_of(cell)):
                name = ast.unparse(call.func)
                if name in CALLS:
                    for text in _texts(call, CALLS[name]):
                        yield NamedQuestion(number, name, text)


def _calls(source: str) -> Iterator[ast.Call]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic of Jupyter's; or a fault that the run will tell
        return
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _texts(call: ast.Call, places: Arguments) -> Iterator[str]:
    given = [*call.args[places.first :]]
    given += [each.value for each in call.keywords if each.arg in places.keywords]
    for value in given:
        for part in value.elts if isinstance(value, ast.List | ast.Tuple) else [value]:
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value
