"""Is a name that no cell of an own report notebook gives found before the notebook is run?"""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from shared import ROOT

from seminarkit.reports.undefined_names import name_problem

KITS = sorted((ROOT / "notebooks" / "report").glob("*.ipynb"))
READ = "from seminarkit import read_dossier, show\ncountry = read_dossier(dossier)"


def book(place: Path, *cells: str) -> Path:
    """Write a notebook with the kit's first two cells and these."""
    made = [
        {"cell_type": "code", "id": f"c{number}", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
        for number, source in enumerate(("dossier = ''", READ, *cells))
    ]  # fmt: skip
    path = place / "own.ipynb"
    path.write_text(json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def names_in(source: str) -> list[tuple[int, int, str]]:
    """Return line, place and name of each name and attribute that a cell reads."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.append((node.lineno, node.col_offset, node.id))
        elif isinstance(node, ast.Attribute):
            found.append((node.lineno, (node.end_col_offset or 0) - len(node.attr), node.attr))
        elif isinstance(node, ast.ImportFrom):
            found += [(a.lineno, a.col_offset, a.name) for a in node.names]
    return found


@pytest.mark.parametrize("path", KITS, ids=lambda p: p.stem)
def test_each_name_of_the_kits_notebooks_misspelt(path: Path, tmp_path: Path) -> None:
    """P15: as it stands nothing is wrong; with any one name written otherwise, that is named."""
    assert name_problem(path) == ""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    tried = 0
    for number, cell in enumerate(cells):
        source = "".join(cell["source"])
        for line, place, name in names_in(source) if cell["cell_type"] == "code" else ():
            lines = source.encode().split(b"\n")  # ast counts bytes
            text = lines[line - 1]
            assert text[place : place + len(name)] == name.encode()
            lines[line - 1] = text[:place] + b"x" + text[place:]
            cell["source"] = b"\n".join(lines).decode()
            (tmp_path / path.name).write_text(
                json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
            )
            assert f"x{name}'" in name_problem(tmp_path / path.name), (number, cell["source"])
            tried += 1
        cell["source"] = source
    assert tried > 5


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["wrogn"], "Code cell 3 of own.ipynb uses 'wrogn', which no cell defines."),
        (["show.title(contry)"], "'contry', which no cell defines. Did you mean 'country'?"),
        (["[one for two in country]"], "'one'"),
        (["def draw():\n    return wrogn\ndraw()"], "'wrogn'"),
        (["later", "later = 1"], "Code cell 3 of own.ipynb uses 'later'"),
        (["show.tilte(country)"], "'show.tilte', which seminarkit does not have. Did you mean 'title'?"),
        (["from seminarkit import sho"], "'sho', which seminarkit does not have. Did you mean 'show'?"),
        (["with open(dossier) as f:\n    g"], "'g'"),
    ],
)  # fmt: skip
def test_what_no_cell_gives(tmp_path: Path, cells: Sequence[str], words: str) -> None:
    """P15: told with its cell and the nearest name."""
    assert words in name_problem(book(tmp_path, *cells))


@pytest.mark.parametrize(
    "cells",
    [
        ["[one for one in country if (two := one)]", "two"],
        ["def draw():\n    return later\n", "later = 1; draw()"],
        ["import os.path as p, sys", "p, sys"],
        ["try:\n    1\nexcept ValueError as error:\n    error"],
        ["for a, *b in []:\n    pass\nelse:\n    c = 1", "a, b, c"],
        ["with open(dossier) as f, open(dossier) as (g, h):\n    f, g, h"],
        ["class One:\n    two = 1\n    def three(self):\n        return self.two, __class__", "One().two"],
        ["def draw():\n    global pen\n    pen = 1", "draw()", "pen"],
        ["match country:\n    case {'a': found, **rest}:\n        found, rest"],
        ["display(_, _i1, In, Out, __name__, get_ipython())"],
        ["f = lambda x, *y, **z: (x, y, z)", "f"],
        ["a: int = 1", "a += 1", "del a"],
        ["%run other.ipynb", "wrogn"],
        ["from os.path import *", "wrogn"],
        ["def outer():\n    x = 1\n    def inner():\n        nonlocal x\n        x = 2\n    return inner"],
        ["country.wrogn; print('wrogn', f'{country}')"],
    ],
)  # fmt: skip
def test_what_is_given_is_not_called_missing(tmp_path: Path, cells: Sequence[str]) -> None:
    """P15: in each way in which Python gives a name; and where any may be there, nothing is told."""
    assert name_problem(book(tmp_path, *cells)) == ""
