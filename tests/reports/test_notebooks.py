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
from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.core.seminar.assignments import Assignment, assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.reports.engine.engines import Run, run_notebook
from seminarkit.topics.groups.rooms import briefed_rooms
from seminarkit.topics.packs.form_notebook import form_cells

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
LOGIC = {ast.FunctionDef, ast.ClassDef, ast.For, ast.If, ast.Try, ast.With, ast.While, ast.ListComp}
ABOUT = {
    "case_review",
    "case_study_submission",
    "learning_check",
    "strategy_plan",
    "day_notes",
    "group_notes",
}
OF_ONE = {"country_profile": "country", "session_brief": "session"}


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
        assert tags <= {
            "by-file",
            "parameters",
            "remove-cell",
            "seminarkit-form",
            "notes-pptx",
            "only-pptx",
            "skip-pptx",
        }
        if cell.cell_type == "markdown":
            assert (cell.metadata["editable"], cell.metadata["deletable"]) == (False, False)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_holds_no_logic(path: Path) -> None:
    """C02: one call a cell, a line a parameter, only names of the front door."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        assert len(cell.source.splitlines()) == 1 or cell.id == "parameters", cell.id
        assert not LOGIC & {type(node) for node in ast.walk(ast.parse(cell.source))}, cell.id
        if "import" in cell.source:
            line = cell.source.split(";")[0].removeprefix("from seminarkit import ")
            assert set(line.split(", ")) <= set(front_door)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_papermill_sees_every_parameter(path: Path) -> None:
    """O20 J01: of reports with type and help, as papermill --help-notebook shows them."""
    seen = papermill.inspect_notebook(str(path))
    required = {"audience", "dossier"} if path.parent.name == "report" else {"person"}
    required |= {"about"} if path.stem in ABOUT else set()
    required |= {OF_ONE[path.stem]} if path.stem in OF_ONE else set()
    assert set(seen) == required
    if path.parent.name == "report":
        assert all(each["inferred_type_name"] == "str" and each["help"] for each in seen.values())


def test_every_report_ran_for_every_country(demo: SeminarFolder) -> None:
    """K02: each report notebook, for every country and both audiences, without an error."""
    rooms = briefed_rooms(demo.seminar)
    of_groups = {path.stem for path in (demo.reports / "group").glob("*.ipynb")}
    assert of_groups == {about.subject for about in rooms if about.group}
    for audience in ("core", "public"):
        there = {path.stem for path in (demo.reports / audience).glob("*.ipynb")}
        summed = {"comparison", "survey", "conclusions"}
        if audience == "core":  # nothing of the first day was chosen for the public
            summed |= {
                "day_recap",
                "totals-learning_check",
                *(about.subject for about in rooms if not about.group),
            }
        assert there == {*demo.seminar.countries, *summed}
        for path in (demo.reports / audience).glob("*.ipynb"):
            for cell in json.loads(path.read_text("utf-8"))["cells"]:
                for out in cell.get("outputs", []):
                    assert out["output_type"] == "execute_result", (path, cell["id"], out)


@pytest.mark.parametrize("number", [1, pytest.param(3, marks=pytest.mark.nightly)])
def test_every_form_notebook_runs_for_every_country(
    demo: SeminarFolder, tmp_path: Path, number: int
) -> None:
    """K02: under papermill, so many forms of every country in turn, so that each form is run."""
    asked: dict[str, dict[str, Assignment]] = {}
    for each in assignments(demo.seminar):
        if each.subject != JOINT:  # which begins with what came, and is run by nobody
            asked.setdefault(each.author.country, {})[each.task.form] = each
    chosen = [
        list(forms.values())[(number * place + step) % len(forms)]
        for place, forms in enumerate(asked.values())
        for step in range(min(number, len(forms)))
    ]
    for forms in asked.values():  # those that only few are asked for
        chosen += [a for form, a in forms.items() if form not in {c.task.form for c in chosen}]
    assert {each.task.form for each in chosen} == set(demo.forms)
    assert {each.author.country for each in chosen} == {*demo.seminar.countries, ""} - {
        "SY"
    }  # nobody there can be asked
    runs = {
        (each.task.form, each.author.id): Run(
            notebook=str(demo.form_notebook(each.task.form)),
            output=str(tmp_path / f"{each.author.id}-{each.task.form}.ipynb"),
            folder=str(demo.root),
            parameters={
                "person": each.author.id,
                **({"about": each.subject} if each.subject else {}),
            },
        )
        for each in chosen
    }
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        failures = list(pool.map(run_notebook, runs.values()))
    assert failures == [None] * len(runs)
    for (form, person), run in runs.items():
        (cell,) = form_cells(json.loads(Path(run.output).read_text("utf-8")))
        (out,) = cell["outputs"]
        assert out["data"][ANSWERS_MIME]["author"]["id"] == person
        assert out["data"][ANSWERS_MIME]["form"] == form
