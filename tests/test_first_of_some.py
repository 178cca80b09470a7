"""Does the program take the first, last, least or only one of some where there is surely one?

What a file holds may be nothing: a bare ``next(…)``, ``[0]``, ``min(…)`` or ``.index(…)`` over it
ends a command with a traceback, often far from the line that was edited. Taken for granted is what
the same function has looked at before; all others are named here, with the reason why they hold.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shared import ROOT

PACKAGE = ROOT / "seminarkit"
# text taken apart always has a first and a last part
_PARTS = ("split", "rsplit", "partition", "rpartition", "splitext", "fetchone", "groups")
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Taken:
    """One place that takes the first, last, least or only one: where, and what it takes."""

    file: str
    function: str
    line: int
    text: str

    @property
    def key(self) -> tuple[str, str]:
        return self.file, self.function


def taken(path: Path) -> Iterator[Taken]:
    """Yield the places in a module that take one of some without having looked for any."""
    tree = ast.parse(path.read_text("utf-8"))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        some = _some(node)
        if some is None or _has_parts(some):
            continue
        around = [*_around(node, above)]
        inner = next((f for f in around if isinstance(f, _FUNCTIONS)), tree)
        if isinstance(inner, ast.Lambda) and ast.unparse(some) in {a.arg for a in inner.args.args}:
            continue  # a pair that is sorted by
        function = next((f for f in around if isinstance(f, ast.FunctionDef)), tree)
        if not _is_looked_at(some, node, function):
            name = function.name if isinstance(function, ast.FunctionDef) else ""
            file = path.relative_to(PACKAGE).as_posix()
            yield Taken(file, name, node.lineno, ast.unparse(node))


def _some(node: ast.AST) -> ast.expr | None:
    """Return what one is taken of, if a node takes the first, last, least, most or place of one."""
    match node:
        case ast.Call(func=ast.Name(id="next"), args=[only], keywords=[]):
            return only
        case ast.Call(func=ast.Name(id="min" | "max"), args=[only], keywords=keywords):
            starred = isinstance(only, ast.Starred)
            return None if starred or any(k.arg == "default" for k in keywords) else only
        case ast.Call(func=ast.Attribute(value=value, attr="index"), args=[_]):
            return value
        case ast.Subscript(value=value, slice=ast.Constant(value=0), ctx=ast.Load()):
            return value
        case ast.Subscript(
            value=value, slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1))
        ):
            return value
    return None


def _has_parts(some: ast.expr) -> bool:
    return (
        isinstance(some, ast.Call)
        and isinstance(some.func, ast.Attribute)
        and some.func.attr in _PARTS
    )


def _around(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in above:
        node = above[node]
        yield node


def _is_looked_at(some: ast.expr, node: ast.AST, function: ast.AST) -> bool:
    """Say whether a function asks for what is taken from, before it takes it."""
    wanted = ast.unparse(some)
    for test in _tests(function):
        if test.lineno <= node.lineno and any(
            isinstance(part, ast.expr) and ast.unparse(part) == wanted for part in ast.walk(test)
        ):
            inside = {id(part) for part in ast.walk(test)}
            if id(node) not in inside or isinstance(test, ast.BoolOp):
                return True
    return False


def _tests(function: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert):
            yield node.test
        elif isinstance(node, ast.comprehension):
            yield from node.ifs
        elif isinstance(node, ast.BoolOp):
            yield node
        elif isinstance(node, ast.match_case) and node.guard:
            yield node.guard
