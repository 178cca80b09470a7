"""Does plain papermill give the report that is asked for, and a sentence for what is misspelt?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from in_process import printed
from nbformat.v4 import new_code_cell, new_notebook
from shared import ROOT, keep_countries

from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.reports.batch import run_batch
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.reports.engine.engines import ENGINE, Failure, Run, can_fork, run_notebook
from seminarkit.reports.guard.dossier_reads import MIME, executed_file
from seminarkit.reports.injected_parameters import check_injected
from seminarkit.reports.notebook_checks import check_report_notebooks
from seminarkit.reports.parameters import typed_values
from seminarkit.reports.plan import planned
from seminarkit.reports.read_dossier import read_dossier

pytestmark = pytest.mark.timeout(300)
REPORTS = ROOT / "notebooks" / "report"
PROFILE = REPORTS / "country_profile.ipynb"
LOST = next((Path(__file__).parent / "notebooks").glob("82*"))
READ = "country = read_dossier(dossier)"


def papermill(
    notebook: Path, output: Path, cwd: Path, *values: str
) -> subprocess.CompletedProcess[str]:
    """papermill's own command line."""
    words = [sys.executable, "-m", "papermill", str(notebook), str(output), *values]
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=240, check=False)


def shown(path: Path) -> dict[str, Any]:
    """What each cell of an executed notebook shows, without what it wrote down of its dossier."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return {
        cell["id"]: [out["data"] for out in cell["outputs"] if MIME not in out.get("data", {})]
        for cell in cells
        if cell["cell_type"] == "code" and cell["id"] != "injected-parameters"
        and "injected-parameters" not in cell["metadata"].get("tags", ())
    }  # fmt: skip


def test_plain_papermill_gives_the_report_of_the_country_it_names(
    demo: SeminarFolder, tmp_path: Path
) -> None:
    """J01 K02: by its own command line in a folder of the seminar, as 'seminar report' does."""
    out = tmp_path / "out.ipynb"
    done = papermill(PROFILE, out, demo.root / "output", "-p", "country", "Armenia")
    assert done.returncode == 0, done.stderr[-2000:]
    assert shown(out) == shown(demo.reports / "core" / "AM.ipynb")


@pytest.mark.parametrize("audience", ["core", pytest.param("public", marks=pytest.mark.nightly)])
def test_each_country_named_by_its_code_gives_its_report(
    demo: SeminarFolder, tmp_path: Path, audience: str
) -> None:
    """J01 K02: in the kit's engine, as 'seminar report' does from the dossier's path."""
    runs = {
        code: Run(
            notebook=str(PROFILE),
            output=str(tmp_path / f"{code}.ipynb"),
            folder=str(demo.root),
            parameters={"country": code, "audience": audience},
        )
        for code in demo.seminar.countries
    }
    for code, failure in in_the_kits_engine(runs).items():
        assert failure is None, (code, failure)
        made, own = Path(runs[code].output), demo.reports / audience / f"{code}.ipynb"
        assert shown(made) == shown(own), code
        assert executed_file(made).reads == executed_file(own).reads


def in_the_kits_engine(runs: dict[Any, Run]) -> dict[Any, Failure | None]:
    if not can_fork():
        return {key: run_notebook(run) for key, run in runs.items()}
    from seminarkit.reports.engine.fork_server import run_forked  # Windows cannot load it

    forked = {key: replace(run, engine=ENGINE) for key, run in runs.items()}
    return {key: failure for key, (failure, _) in run_forked(forked, 2, run_notebook)}


@pytest.fixture
def made(folder: SeminarFolder) -> SeminarFolder:
    """A small seminar whose dossiers were made."""
    keep_countries(folder.root, ["AM", "GE"])
    build_dossiers(folder, [])
    return folder


def written(place: Path, *sources: str, tagged: int = 0) -> Path:
    """A notebook of one's own whose cell of this number has the tag, as an editor saves it."""
    cells = [new_code_cell(source) for source in sources]
    for number, cell in enumerate(cells):
        del cell["id"]
        cell.metadata = {"tags": ["parameters"]} if number == tagged else {}
    book = new_notebook(cells=cells, metadata={}, nbformat_minor=4)
    place.write_text(json.dumps(book), "utf-8")
    return place


OWN = "from seminarkit import read_dossier"
CASES: list[tuple[str, Path | list[str], dict[str, Any], str]] = [
    ("a country", PROFILE, {"country": "georgia"}, ""),
    ("a misspelt name", PROFILE, {"countre": "AM"}, "country_profile.ipynb has no parameter 'countre'. Did you mean 'country'?"),
    ("one of several", PROFILE, {"country": "AM", "top": 3}, "country_profile.ipynb has no parameter 'top'. Known: audience, country, dossier."),
    ("a misspelt country", PROFILE, {"country": "Armenya"}, "'Armenya' is not a country of this seminar. Did you mean 'Armenia'?"),
    ("a number", PROFILE, {"country": 3}, 'country is text, such as "AM", not 3.'),
    ("an audience", PROFILE, {"audience": "pubic"}, "audience is \"core\" or \"public\" here, not 'pubic'. Did you mean 'public'?"),
    ("two that differ", PROFILE, {"dossier": "dossiers/core/AM.json", "audience": "public"}, "dossiers/core/AM.json is for 'core', but this report is for 'public'."),
    ("a path", PROFILE, {"dossier": "dossiers/core/AM.json"}, ""),
    ("a session", REPORTS / "session_brief.ipynb", {"session": "d1-keynot"}, "'d1-keynot' is not a session or group that has a brief. Did you mean 'd1-keynote'?"),
    ("the brief of one", REPORTS / "session_brief.ipynb", {}, ""),
    ("over all", REPORTS / "comparison.ipynb", {"audience": "public"}, ""),
    ("the survey", REPORTS / "survey_results.ipynb", {}, ""),
    ("no recap yet", REPORTS / "day_recap.ipynb", {"audience": "core"}, "There is no dossier dossiers/core/day_recap.json yet, on “Recap”. Dossiers are made by: seminar report, as soon as there is something to show"),
    ("a lost tag", LOST, {"dossier": "dossiers/core/AM.json"}, "This notebook has no cell tagged 'parameters'"),
    ("of one's own", ['dossier = "dossiers/core/GE.json"', OWN, READ], {"dossier": "dossiers/core/AM.json"}, ""),
    ("an old one by country", ['dossier = "dossiers/core/GE.json"', OWN, READ], {"country": "AM"}, "This notebook has no parameter 'country'. Known: dossier."),
    ("after an import", [OWN, 'dossier = ""', READ], {"dosier": "dossiers/core/AM.json"}, "has no parameter 'dosier'. Did you mean 'dossier'?"),
    ("papermill's own comment", ['# Parameters\ndossier = "dossiers/core/GE.json"', OWN, READ], {}, ""),
]  # fmt: skip


def test_what_is_handed_over_is_taken_or_a_sentence(made: SeminarFolder, tmp_path: Path) -> None:
    """J01 O20 P07: in the kit's engine; a notebook of an old format without ids or kernel, too."""
    runs = {}
    for number, (name, notebook, values, _) in enumerate(CASES):
        if not isinstance(notebook, Path):
            tagged = notebook.index(OWN) ^ 1 if notebook[0] == OWN else 0
            notebook = written(tmp_path / f"own-{number}.ipynb", *notebook, tagged=tagged)
        output = str(tmp_path / f"out-{number}.ipynb")
        runs[name] = Run(str(notebook), output, str(made.root), dict(values))
    failures = in_the_kits_engine(runs)
    for name, _, _, words in CASES:
        failure = failures[name]
        assert (failure is None) == (words == ""), (name, failure)
        assert words in (failure.reason if failure else ""), (name, failure)


def test_papermills_own_command_ends_with_the_same_sentences(
    made: SeminarFolder, tmp_path: Path
) -> None:
    """J01 P07: without the lines of Python that led to it."""
    for notebook, name, words in (
        (PROFILE, "contry", "country_profile.ipynb has no parameter 'contry'. Did you mean 'country'?"),
        (LOST, "dossier", "This notebook has no cell tagged 'parameters'"),
    ):  # fmt: skip
        done = papermill(notebook, tmp_path / "out.ipynb", made.root, "-p", name, "AM")
        assert done.returncode == 1
        assert f"UsageError: {words}" in done.stderr
        assert "dossier.py" not in done.stderr


def test_a_report_saved_with_its_results_is_run_as_a_notebook(made: SeminarFolder) -> None:
    """P07: of another country, with a kernel of another computer and without the ids of cells."""
    paths = {("core", code): made.dossiers / "core" / f"{code}.json" for code in ("AM", "GE")}

    def run(code: str) -> Path:
        mine: dict[Any, Path] = {("core", code): paths["core", code]}
        reports = planned(made, mine, [code], over_all=False)
        result = run_batch(reports, made.root, jobs=1)
        assert not result.failed, result.failed
        (report,) = result.succeeded
        return report.output

    book = json.loads(run("AM").read_text("utf-8"))
    assert book["metadata"]["papermill"]["parameters"]["country"] == "AM"
    book["metadata"]["kernelspec"] = {"name": "sphere-env", "display_name": "SPHERE"}
    for cell in book["cells"]:
        del cell["id"]
    own = made.root / "notebooks" / "report" / PROFILE.name
    own.parent.mkdir(parents=True)
    own.write_text(json.dumps(book | {"nbformat_minor": 4}), "utf-8")
    (read,) = executed_file(run("GE")).reads
    assert (read.subject, read.audience) == ("GE", "core")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["x: str = 'a'", "# Parameters\nx = \"b\"", "read(x)"], ""),
        (["# Parameters\nx = 'a'", "# Parameters\nx = \"b\"", "read(x)"], ""),
        (["# Parameters\nx = 'a'", "# Parameters\ny = \"b\"", "read(x)"], "no parameter 'y'"),
        (["# Parameters\nx = 'a'", "import read", "read(x)"], ""),
        (["import read", "# Parameters\nx = 'a'", "read(x)"], ""),
        (["# Parameters\nx = 1  # which", "import read", "x = 2", "read(x)"], ""),
        (["# Parameters\ny = 1", "x = 2", "read(x)"], "has no cell tagged 'parameters'"),
        (["# Parameters\nx = 1", "x = 2", "read(x)"], "has no cell tagged 'parameters'"),
        (["x = 1", "# Parameters\nPAPERMILL_INPUT_PATH = 'a'", "read(x)"], ""),
        (["x = 1", "# Parameters\nx = float('nan')", "read(x)"], ""),
        (["# Parameters\nx = 'a'", "read(x)", "# Parameters\nx = 'b'", "read(x)"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_papermills_cell_is_known_from_ones_own(cells: Sequence[str], words: str) -> None:
    """J01 P07: also where one's own begins with the same comment, and in JupyterLab, run twice."""
    if not words:
        check_injected(cells)
        return
    with pytest.raises(UsageError, match=words):
        check_injected(cells)


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: read_dossier(country=""), 'country is empty. Write in the cell tagged .*"AM"'),
    (lambda: read_dossier(country="GE", session="d1-keynote"), "give country or session, not both"),
    (lambda: read_dossier(report="comparisn"), "is not a kind of report. Did you mean 'comparison'"),
    (lambda: read_dossier(report="survey", audience=""), "audience is \"core\" or \"public\" here, not ''"),
    (lambda: read_dossier(session="d1-keynote", audience="public"), 'audience is "core" here'),
    (lambda: read_dossier(country=False), 'country is text, such as "AM", not False'),  # type: ignore[arg-type]
]  # fmt: skip


def test_a_wrong_value_is_a_sentence(made: SeminarFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """J01 O20"""
    monkeypatch.chdir(made.root / "dossiers")
    for call, words in WRONG:
        with pytest.raises(UsageError, match=words):
            call()


def test_the_seminar_is_around_or_named_by_a_variable(
    folder: SeminarFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J01: and a dossier that was not made yet names the command that makes it."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SeminarError, match="in a notebook: %env SEMINAR_FOLDER PATH"):
        read_dossier(country="GE")
    monkeypatch.setenv("SEMINAR_FOLDER", str(folder.root))
    with pytest.raises(SeminarError, match="Dossiers are made by: seminar report"):
        read_dossier(country="GE")
    place = folder.dossiers / "core"
    place.mkdir(parents=True)
    (place / "GE.json").write_text('{"subject": "GE", "audience": "core"}', "utf-8")
    assert read_dossier(country="Georgia")["subject"] == "GE"
    assert read_dossier("dossiers/core/GE.json")["subject"] == "GE"
    with pytest.raises(SeminarError, match=r"There is no seminar\.yml in"):
        SeminarFolder.find(tmp_path)  # a folder that is named goes before the variable
    monkeypatch.setenv("SEMINAR_FOLDER", str(tmp_path / "elsewhere"))
    with pytest.raises(SeminarError, match=r"nor in .*elsewhere"):
        read_dossier(country="GE")


def test_report_refuses_before_anything_is_made(folder: SeminarFolder) -> None:
    """O20: what each report has of its own, a misspelt name, a value that is no number."""
    told = printed(folder, "report", "-p", "country", "AM", code=2)
    assert "For one country only: seminar report --country GE" in told
    own = folder.root / "notebooks" / "report"
    own.mkdir(parents=True)
    lines = 'top: int = 3  # how many\ndossier: str = ""'
    written(own / "country_profile.ipynb", lines, OWN, READ)
    told = printed(folder, "report", "--country", "GE", "-p", "tpo", "5", code=2)
    assert "country_profile.ipynb has no parameter 'tpo'. Did you mean 'top'?" in told
    told = printed(folder, "report", "--country", "GE", "-p", "top", "many", code=2)
    assert "The parameter top is a whole number, not 'many'." in told
    assert not folder.dossiers.exists()
    assert typed_values(own / "country_profile.ipynb", {"top": " 5"}) == {"top": 5}


def test_check_names_a_parameter_without_a_type(folder: SeminarFolder) -> None:
    """P07: as something to look at; the notebook runs all the same."""
    own = folder.root / "notebooks" / "report"
    own.mkdir(parents=True)
    written(own / "country_profile.ipynb", 'top: int = 3\ndossier = ""', OWN, READ)
    findings = [f for f in check_report_notebooks(folder) if f.where == "country_profile.ipynb"]
    (bare,) = [f for f in findings if "have no type" in f.text]
    assert (bare.kind, "'dossier'" in bare.text, "'top'" in bare.text) == ("notebook", True, False)
    assert not [f for f in findings if f.kind == "error"]
