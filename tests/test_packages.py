"""Does pyproject.toml name every package that the kit imports, and an end where it has to?"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from shared import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED = [*PROJECT["dependencies"], *(n for e in ("serve", "alike", "cluster") for n in PROJECT["optional-dependencies"][e])]  # fmt: skip
# Whose private parts the kit uses: what it overrides, or what no page of theirs describes.
PRIVATE = {
    "ipykernel": "reports/engine/kernel.py and kernel_messages.py: a kernel in the process of the report",
    "ipython": "its shell, which reports/engine/kernel.py makes and settles in another process",
    "jupyter_client": "reports/engine/kernel_messages.py: its session, without sockets",
    "jupyter_server": "lab/ and serve/: handlers of its own, overridden",
    "jupyterlab": "lab/lab_server.py: its application, overridden",
    "matplotlib": "core/documents/canvas.py: its renderers, without its figures",
    "nbclient": "reports/engine/kernel.py: what makes outputs of messages",
    "nbconvert": "reports/html_page.py: what its template extends",
    "papermill": "reports/engine/kernel.py and inprocess.py: its client and its engines, overridden",
    "python-docx": "docx_file.py: elements of its XML",
    "python-pptx": "core/documents/pptx_file.py: elements of its XML",
    "traitlets": "settings of all of them",
    "highspy": "its next version prints its name",
    "voila": "serve/live_notebooks.py: its handlers, overridden",
}
# who needs a package that is imported nowhere
NOT_IMPORTED = {
    "ipywidgets": "fixed by the person the kit is built for; anywidget stands on it",
    "tzdata": "Python's own zoneinfo reads it",
    "cryptography": "Dask's own, for TLS",
}


def distribution(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return same(match[0])


def same(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what Python runs of a file: not what is there for mypy alone, which has its own stubs."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from running(child)


def outside_imports() -> Iterator[tuple[str, str]]:
    """Yield each outside module that a file of the package imports, and the file."""
    for path in (ROOT / "seminarkit").rglob("*.py"):
        for node in running(ast.parse(path.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top != "seminarkit":
                    yield top, path.relative_to(ROOT).as_posix()


def test_every_imported_package_is_named() -> None:
    """K05: none comes by chance with another that may do without it tomorrow."""
    named = {distribution(requirement) for requirement in NEEDED}
    owners = packages_distributions()
    imported = set()
    for module, path in outside_imports():
        found = {same(name) for name in owners.get(module, ())}
        assert found & named, f"{path} imports {module}: name {sorted(found)} in pyproject.toml"
        imported |= found & named
    assert len(imported) > 25
    assert named - imported == {same(name) for name in NOT_IMPORTED}


def test_every_package_has_its_bounds() -> None:
    """K05: from a version that 'make oldest' tried; to the next where it could break anything."""
    bounds = {distribution(requirement): requirement for requirement in NEEDED}
    for name, requirement in bounds.items():
        assert ">=" in requirement, requirement
        assert ("<" in requirement) or name not in {same(p) for p in PRIVATE}, requirement
    assert {same(name) for name in PRIVATE} <= bounds.keys()
