"""The names that a report notebook's code uses and nothing gives, found without running it."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Collection, Iterator
from importlib.util import find_spec
from pathlib import Path

import seminarkit
from seminarkit.core.errors import did_you_mean
from seminarkit.reports.parameters import JUPYTER, cells_of, source_of

_OF_JUPYTER = frozenset({"In", "Out", "display", "exit", "get_ipython", "quit"})
_ALWAYS = frozenset(dir(builtins)) | _OF_JUPYTER


def name_problem(notebook: Path) -> str:
    """Return in a sentence which name no cell gives, or ''; the code is Python, see code_problem.

    Where a cell has a line of Jupyter's own or imports all of a module, any name may be there.
    """
    sources = [source_of(c) for c in cells_of(notebook) if c["cell_type"] == "code"]
    if any(JUPYTER.search(source) or _imports_all(source) for source in sources):
        return ""
    tables = [symtable.symtable(source, notebook.name, "exec") for source in sources]
    anywhere = {name for table in tables for name in _given(table)}
    so_far: set[str] = set()
    for number, (source, table) in enumerate(zip(sources, tables, strict=True), start=1):
        so_far |= _given(table)
        # a function may be called once a later cell has given what it uses
        missing = [*_used(table, so_far), *_used_inside(table, anywhere)]
        for name in missing:
            hint = did_you_mean(name, anywhere)
            return (
                f"Code cell {number} of {notebook.name} uses '{name}', which no cell gives.{hint}"
            )
        for words in _not_of_the_kit(source):
            return f"Code cell {number} of {notebook.name} uses {words}"
    return ""


def _imports_all(source: str) -> bool:
    imports = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom))
    return any(alias.name == "*" for node in imports for alias in node.names)


def _given(table: symtable.SymbolTable) -> set[str]:
    """Return the names that a cell gives to those after it, by its functions too."""
    own = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    for child in table.get_children():
        own |= {s.get_name() for s in _symbols(child) if s.is_declared_global() and s.is_assigned()}
    return own


def _symbols(table: symtable.SymbolTable) -> Iterator[symtable.Symbol]:
    yield from table.get_symbols()
    for child in table.get_children():
        yield from _symbols(child)


def _used(table: symtable.SymbolTable, given: Collection[str]) -> list[str]:
    names = [s.get_name() for s in table.get_symbols() if s.is_referenced()]
    return [name for name in names if _is_missing(name, given)]


def _used_inside(table: symtable.SymbolTable, given: Collection[str]) -> list[str]:
    inside = [s for child in table.get_children() for s in _symbols(child)]
    names = [s.get_name() for s in inside if s.is_referenced() and s.is_global()]
    return [name for name in names if _is_missing(name, given)]


def _is_missing(name: str, given: Collection[str]) -> bool:
    # what begins with an underline is Jupyter's: _, _i1, __name__
    return not (name in given or name in _ALWAYS or name.startswith("_"))


def _not_of_the_kit(source: str) -> Iterator[str]:
    """Yield in words what a cell takes from the kit and the kit does not have."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "seminarkit":
            for alias in node.names:
                if alias.name not in seminarkit.__all__:
                    hint = did_you_mean(alias.name, seminarkit.__all__)
                    yield f"'{alias.name}', which seminarkit does not have.{hint}"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = _names_of(node.value.id)
            if names and node.attr not in names:
                hint = did_you_mean(node.attr, names)
                yield f"'{node.value.id}.{node.attr}', which seminarkit does not have.{hint}"


def _names_of(module: str) -> frozenset[str]:
    """Return what a module that notebooks call holds, read from its file; nothing for no module."""
    home = seminarkit.HOME.get(module, "")
    found = find_spec(f"seminarkit.{home}") if home and ":" not in home else None
    if found is None or found.origin is None:
        return frozenset()
    text = Path(found.origin).read_text("utf-8")
    return frozenset(_given(symtable.symtable(text, found.origin, "exec")))
