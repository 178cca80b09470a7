"""Are the authored notebooks in order, and does each run under papermill for every country?"""

from __future__ import annotations

import ast
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
import papermill
import pytest
from shared import ROOT

from seminarkit import __all__ as front_door
from seminarkit.forms.bundle import ANSWERS_MIME
from seminarkit.prepare.notebook import form_cells
from seminarkit.report.engine import Run, run_notebook
from seminarkit.seminar.folder import SeminarFolder

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
LOGIC = {ast.FunctionDef, ast.ClassDef, ast.For, ast.If, ast.Try, ast.With, ast.While, ast.ListComp}
REQUIRED = {"prepare": {"person"}, "report": {"dossier"}}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_stored_bare_with_readable_ids(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert book.metadata.kernelspec.name == "python3"
    ids = [cell.id for cell in book.cells]
    assert len(set(ids)) == len(ids)
    assert all(i.replace("-", "").isalpha() for i in ids), ids
    for cell in book.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        tags = set(cell.metadata.get("tags", []))
        assert tags <= {"parameters", "remove-cell", "seminarkit-form"}
        if cell.cell_type == "markdown":
            assert (cell.metadata["editable"], cell.metadata["deletable"]) == (False, False)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_holds_no_logic(path: Path) -> None:
    """C02: one call a cell, only names of the front door."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        assert len(cell.source.splitlines()) == 1, cell.id
        assert not LOGIC & {type(node) for node in ast.walk(ast.parse(cell.source))}, cell.id
        if "import" in cell.source:
            line = cell.source.split(";")[0].removeprefix("from seminarkit import ")
            assert set(line.split(", ")) <= set(front_door)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_papermill_sees_every_parameter(path: Path) -> None:
    """O20"""
    assert set(papermill.inspect_notebook(str(path))) == REQUIRED[path.parent.name]


def test_every_report_ran_for_every_country(demo: SeminarFolder) -> None:
    """K02: each report notebook, for every country and both audiences, without an error."""
    for audience in ("core", "public"):
        there = {path.stem for path in (demo.reports / audience).glob("*.ipynb")}
        assert there == {*demo.seminar.countries, "comparison"}
        for path in (demo.reports / audience).glob("*.ipynb"):
            for cell in json.loads(path.read_text("utf-8"))["cells"]:
                for out in cell.get("outputs", []):
                    assert out["output_type"] == "execute_result", (path, cell["id"], out)


def test_every_form_notebook_runs_for_every_country(demo: SeminarFolder, tmp_path: Path) -> None:
    """K02: each prepare notebook under papermill, for one person of every delegation."""
    runs = {
        (form, people[-1].id): Run(
            notebook=str(ROOT / "notebooks" / "prepare" / f"{form}.ipynb"),
            output=str(tmp_path / f"{people[-1].id}-{form}.ipynb"),
            folder=str(demo.root),
            parameters={"person": people[-1].id},
        )
        for people in demo.seminar.delegations.values()
        for form in demo.forms
    }
    assert len(runs) == 24 * 3
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        failures = list(pool.map(run_notebook, runs.values()))
    assert failures == [None] * len(runs)
    for (form, person), run in runs.items():
        (cell,) = form_cells(json.loads(Path(run.output).read_text("utf-8")))
        (out,) = cell["outputs"]
        assert out["data"][ANSWERS_MIME]["author"]["id"] == person
        assert out["data"][ANSWERS_MIME]["form"] == form
