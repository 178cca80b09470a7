"""Find names that a report notebook uses but never defines, without running it."""

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

_JUPYTER_NAMES = frozenset({"In", "Out", "display", "exit", "get_ipython", "quit"})
_PREDEFINED = frozenset(dir(builtins)) | _JUPYTER_NAMES


def name_problem(notebook: Path) -> str:
    """Return a sentence on the first undefined name in a notebook, or ''.

    The code must be valid Python, which ``code_problem`` checks. Nothing is reported for a notebook
    with Jupyter magics or a ``from … import *``, as these may define any name.
    """
    sources = [source_of(c) for c in cells_of(notebook) if c["cell_type"] == "code"]
    if any(JUPYTER.search(source) or _imports_all(source) for source in sources):
        return ""
    tables = [symtable.symtable(source, notebook.name, "exec") for source in sources]
    all_names = {name for table in tables for name in _defined(table)}
    so_far: set[str] = set()
    for number, (source, table) in enumerate(zip(sources, tables, strict=True), start=1):
        so_far |= _defined(table)
        # a function may be called after a later cell has defined the names it uses
        missing = [*_undefined(table, so_far), *_undefined_inside(table, all_names)]
        for name in missing:
            hint = did_you_mean(name, all_names)
            return (
                f"Code cell {number} of {notebook.name} uses '{name}', which no cell defines.{hint}"
            )
        for phrase in _unknown_to_kit(source):
            return f"Code cell {number} of {notebook.name} uses {phrase}"
    return ""


def _imports_all(source: str) -> bool:
    imports = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom))
    return any(alias.name == "*" for node in imports for alias in node.names)


def _defined(table: symtable.SymbolTable) -> set[str]:
    """Return the names that a cell defines for later cells, also in its functions as globals."""
    own = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    for child in table.get_children():
        own |= {s.get_name() for s in _symbols(child) if s.is_declared_global() and s.is_assigned()}
    return own


def _symbols(table: symtable.SymbolTable) -> Iterator[symtable.Symbol]:
    yield from table.get_symbols()
    for child in table.get_children():
        yield from _symbols(child)


def _undefined(table: symtable.SymbolTable, defined: Collection[str]) -> list[str]:
    names = [s.get_name() for s in table.get_symbols() if s.is_referenced()]
    return [name for name in names if _is_missing(name, defined)]


def _undefined_inside(table: symtable.SymbolTable, defined: Collection[str]) -> list[str]:
    symbols = [s for child in table.get_children() for s in _symbols(child)]
    names = [s.get_name() for s in symbols if s.is_referenced() and s.is_global()]
    return [name for name in names if _is_missing(name, defined)]


def _is_missing(name: str, defined: Collection[str]) -> bool:
    # names with a leading underscore are Jupyter's or Python's: _, _i1, __name__
    return not (name in defined or name in _PREDEFINED or name.startswith("_"))


def _unknown_to_kit(source: str) -> Iterator[str]:
    """Yield a phrase for each name that a cell takes from the kit but the kit lacks."""
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
    """Return the names defined in a module that notebooks call; nothing if it is no such module."""
    home = seminarkit.HOME.get(module, "")
    spec = find_spec(f"seminarkit.{home}") if home and ":" not in home else None
    if spec is None or spec.origin is None:
        return frozenset()
    text = Path(spec.origin).read_text("utf-8")
    return frozenset(_defined(symtable.symtable(text, spec.origin, "exec")))
