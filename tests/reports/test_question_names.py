"""Is a misspelt question in a report notebook a sentence, and a notebook without a kernel Python?"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from shared import ROOT

import seminarkit
from seminarkit.core.documents.plain_text import plain_text
from seminarkit.core.errors import UsageError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports import charts
from seminarkit.reports import comparison_view as compare
from seminarkit.reports.batch import slow_engine_remarks
from seminarkit.reports.engine.kernel_choice import kernel_of, kernel_problem
from seminarkit.reports.known_questions import asked_questions, known_questions
from seminarkit.reports.notebook_checks import check_report_notebooks
from seminarkit.reports.parameters import problem_of
from seminarkit.reports.question_names import CALLS, named_questions
from seminarkit.topics.briefs import view as brief
from seminarkit.topics.countries import preparation_view as preparation
from seminarkit.topics.countries import view as show
from seminarkit.topics.countries.form_view import form_pieces

NOTEBOOKS = sorted((ROOT / "notebooks" / "report").glob("*.ipynb"))
PROFILE = ROOT / "notebooks" / "report" / "country_profile.ipynb"


def test_every_function_that_names_questions_is_known() -> None:
    """P15: one that takes any number of names is in CALLS, with the place of the first."""
    for short in ("brief", "charts", "compare", "preparation", "show"):
        module = getattr(seminarkit, short)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = inspect.signature(function).parameters
            kinds = [each.kind for each in parameters.values()]
            many = inspect.Parameter.VAR_POSITIONAL
            if "dossier" in parameters and many in kinds and not name.startswith("_"):
                assert kinds.index(many) == CALLS[f"{short}.{name}"].first, name


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_kits_notebooks_name_what_its_forms_ask(notebook: Path, kit: SeminarFolder) -> None:
    """P15"""
    names = {each.name for each in named_questions(notebook)}
    assert names <= set(asked_questions(kit))
    assert names or notebook.stem in ("comparison", "conclusions", "day_recap", "survey_results")


@pytest.mark.parametrize(
    "call",
    [
        lambda d: show.answers(d, "Heading", "evaluatd"),
        lambda d: show.rows(d, "Heading", "exampels"),
        lambda d: show.quotes(d, "Heading", "questions", about="about", words="qestion"),
        lambda d: charts.states(d, "has_law", "has_defintion"),
        lambda d: charts.numbers(d, "examples", name="example_title", value="credits", unit="x"),
        lambda d: compare.shares(d, "has_lwa"),
        lambda d: compare.matrix(d, "Heading", "has_lwa"),
        lambda d: preparation.sheets(d, "Heading", "plan_stanc"),
        lambda d: preparation.records(d, "Heading", "recognition_case", title="award_kind"),
        lambda d: preparation.pairs(d, "Heading", "own_opportunitie", "own_challenges", title="own_place"),
        lambda d: brief.running(d, "Heading", "plan_stanc"),
        lambda d: brief.reviews(d, "Heading", "review_doubts"),
        lambda d: brief.left(d, "Heading", "opne"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_never_shown_as_nothing(call: Any, kit: SeminarFolder) -> None:
    """P15: by name, with the near match; what the seminar leaves out of the kit's forms is not."""
    dossier = Dossier({"asks": known_questions(kit), "audience": "core", "forms": {}})
    with pytest.raises(UsageError, match=r"No form that reports show asks '\w+'\."):
        call(dossier)


def test_a_name_that_two_forms_ask_is_refused_and_read_with_its_form(kit: SeminarFolder) -> None:
    """P15: 'examples' is asked by two forms of the kit; which one is meant is never guessed."""
    entry = {
        "by": "GE-2",
        "answers": [{"name": "examples", "label": "Examples", "value": "x", "shown": "x"}],
    }
    forms = {"country_report": [entry], "group_notes": [entry, entry]}
    asks = known_questions(kit)
    assert {"examples", "country_report.examples", "group_notes.examples"} <= {*asks}
    dossier = Dossier({"asks": asks, "audience": "core", "forms": forms})
    words = "'examples' is asked by country_report and group_notes: write country_report"
    for call in (
        dossier.answers,
        dossier.rows,
        lambda name: show.answers(dossier, "Heading", name),
    ):
        with pytest.raises(UsageError, match=words):
            call("examples")
    assert len(dossier.answers("group_notes.examples")) == 2
    assert dossier.writers("country_report.examples") == 1
    outlines = {"country_report": [{"label": "", "questions": ["examples"]}]}
    about = {"country": {"code": "GE"}, "links": [], "outlines": outlines, "choices": {}}
    whole = Dossier({**dossier.data, **about})
    assert "x" in plain_text(form_pieces(whole, "country_report"))
    older = Dossier({"audience": "core", "forms": forms})
    assert len(older.answers("examples")) == 3
    with pytest.raises(UsageError, match=r"reports show asks 'country_report\.has_law'"):
        compare.shares(dossier, "country_report.has_law")


def test_check_names_a_question_that_two_forms_on_a_country_ask(folder: SeminarFolder) -> None:
    """P15: what passes check, every later command can run."""
    written = (KIT / "templates/forms/mini_statement.yml").read_text("utf-8")
    form = folder.root / "templates/forms/mini_statement.yml"
    form.parent.mkdir(parents=True)
    form.write_text(written.replace("name: statement_wish", "name: obstacle"), "utf-8")
    book = json.loads(PROFILE.read_text("utf-8"))
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    book["cells"].append({**code, "id": "own", "source": 'show.answers(country, "", "obstacle")'})
    own = folder.root / "notebooks" / "report" / "country_profile.ipynb"
    own.parent.mkdir(parents=True)
    own.write_text(json.dumps(book), "utf-8")
    words = "'obstacle' is asked by country_report and mini_statement: write country_report"
    findings = [*check_report_notebooks(SeminarFolder(folder.root))]
    assert any(each.kind == "error" and words in each.text for each in findings)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('data.answers("obstacel")', "data.answers: no form that reports show asks 'obstacel'. Did you mean 'obstacle'"),
        ('data.rows(question="exampels")', "data.rows: no form that reports show asks 'exampels'. Did you mean 'examples'"),
        ('data.compare(["has_law", "has_lwa"])', "data.compare: no form that reports show asks 'has_lwa'"),
        ('data.answers("obstacle", missing="keep")', ""),
        ('data.rows("country_report.examples", countries=country)', ""),
        ('data.answers("example_credits")', ""),
    ],
)  # fmt: skip
def test_check_reads_what_own_cells_ask_of_the_tables(
    folder: SeminarFolder, call: str, words: str
) -> None:
    """P15 J04: before the run, with the cell."""
    book = json.loads(PROFILE.read_text("utf-8"))
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    source = f"from seminarkit import data\n{call}"
    book["cells"].append({**code, "id": "own", "source": source})
    own = folder.root / "notebooks" / "report" / "country_profile.ipynb"
    own.parent.mkdir(parents=True)
    own.write_text(json.dumps(book), "utf-8")
    found = [e.text for e in check_report_notebooks(folder) if e.kind == "error"]
    assert (words in found[0] and len(found) == 1) if words else found == []


def notebook(place: Path, **metadata: Any) -> Path:
    book = json.loads(PROFILE.read_text("utf-8")) | {"metadata": metadata}
    path = place / "own.ipynb"
    path.write_text(json.dumps(book), "utf-8")
    return path


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({}, "own.ipynb does not name a kernel. The Python kernel runs it."),
        ({"kernelspec": {}}, "own.ipynb does not name a kernel. The Python kernel runs it."),
        ({"kernelspec": None, "language_info": {"name": "python"}}, "own.ipynb does not name a kernel. The Python kernel runs it."),
        ({"kernelspec": {"name": "sphere-env"}}, "own.ipynb asks for the kernel 'sphere-env', which is not installed here. The Python kernel runs it."),
        ({"kernelspec": {"name": "x", "language": "Python"}}, "own.ipynb asks for the kernel 'x', which is not installed here. The Python kernel runs it."),
        ({"kernelspec": {"name": "python3"}}, ""),
    ],
)  # fmt: skip
def test_what_names_no_kernel_or_a_foreign_one_is_python(
    tmp_path: Path, metadata: dict[str, Any], words: str
) -> None:
    """P15 O16: said once per notebook."""
    path = notebook(tmp_path, **metadata)
    assert kernel_of(path) == "python3"
    assert not kernel_problem(path)
    assert slow_engine_remarks([path]) == ([words] if words else [])


def test_another_language_names_the_kernels_that_are_here(tmp_path: Path) -> None:
    """P15"""
    for metadata in (
        {"kernelspec": {"name": "ir", "language": "R"}},
        {"language_info": {"name": "R"}},
    ):
        problem = kernel_problem(notebook(tmp_path, **metadata))
        assert "is written in r" in problem
        assert "Installed are: " in problem
        assert "python3" in problem


def test_a_notebook_that_jupyter_would_not_open_is_a_sentence(tmp_path: Path) -> None:
    """P15: cut off, without cells, with a cell of no kind."""
    good = json.loads(PROFILE.read_text("utf-8"))
    path = tmp_path / "own.ipynb"
    cells = good["cells"]
    for bad in (
        "{",
        "[]",
        good | {"cells": {}},
        good | {"nbformat": "4"},
        good | {"cells": [cells[0] | {"cell_type": "words"}]},
        good | {"cells": [cells[1] | {"metadata": ""}]},
        good | {"cells": [cells[1] | {"outputs": None}]},
    ):
        path.write_text(bad if isinstance(bad, str) else json.dumps(bad), "utf-8")
        assert "cannot be read as a notebook" in problem_of(path)
