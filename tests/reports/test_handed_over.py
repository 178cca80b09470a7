"""Does a report take the dossier it is given, and show the public what is tagged for it alone?"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from shared import ROOT
from test_guard import READ, Seminar

from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.reports import batch
from seminarkit.reports.batch import core_only_remarks, run_batch, slow_engine_remarks
from seminarkit.reports.engine.kernel_choice import kernel_of
from seminarkit.reports.guard.dossier_reads import MIME, executed_file
from seminarkit.reports.own_cells import added_cells, added_words
from seminarkit.reports.parameters import parameter_names, problem_of
from seminarkit.reports.read_dossier import read_dossier

pytestmark = pytest.mark.timeout(240)
CASES = Path(__file__).parent / "notebooks"
CAN_FORK = batch.can_fork
KITS = sorted((ROOT / "notebooks" / "report").glob("*.ipynb"))


@pytest.fixture
def seminar(tmp_path: Path) -> Seminar:
    return Seminar(tmp_path)


@pytest.fixture(params=["the kit's", "papermill's own"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    if name == "papermill's own":
        monkeypatch.setattr(batch, "can_fork", lambda: False)
    return name


def changed(notebook: Path, place: Path, change: Any) -> Path:
    """Write a copy of a notebook with another list of cells."""
    book = json.loads(notebook.read_text("utf-8"))
    change(book["cells"])
    made = place / notebook.name
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text(json.dumps(book), "utf-8")
    return made


@pytest.mark.parametrize("case", ["81-survey_results", "82-country_profile"])
def test_a_notebook_that_lost_its_tag_is_refused(seminar: Seminar, case: str) -> None:
    """O25 U02: nothing of it is run, the last good report stays, and the mend is told."""
    (lost,) = CASES.glob(f"{case}*")
    output = seminar.root / "output/reports/core/AM.ipynb"
    before = output.read_bytes()
    result = run_batch([seminar.report(lost, a, "AM") for a in ("core", "public")], seminar.root)
    reasons = {failure.reason for _, failure in result.failed}
    assert len(result.failed) == 2 and len(reasons) == 1
    (reason,) = reasons
    assert reason.startswith(f"{lost.name} has no cell tagged 'parameters'")
    assert "add the tag 'parameters'" in reason
    assert output.read_bytes() == before
    with pytest.raises(UsageError, match="no cell tagged"):
        parameter_names(lost)


def test_other_notebooks_are_run_beside_one_that_lost_its_tag(seminar: Seminar) -> None:
    """O17"""
    (lost,) = CASES.glob("81*")
    good = seminar.notebook(READ)
    result = run_batch([seminar.report(lost), seminar.report(good, "core", "AM")], seminar.root)
    assert [r.notebook.name for r in result.succeeded] == ["tries.ipynb"]


@pytest.mark.parametrize("path", KITS, ids=lambda p: p.stem)
def test_each_notebook_of_the_kit_is_refused_without_its_tag(path: Path, tmp_path: Path) -> None:
    """O25: without it, with two of it, without the dossier, or with what is no Python."""
    assert problem_of(path) == "" and parameter_names(path)[-2:] == ["audience", "dossier"]

    def tag(cells: list[dict[str, Any]], number: int) -> None:
        for i, cell in enumerate(c for c in cells if c["cell_type"] == "code"):
            cell["metadata"]["tags"] = ["parameters"] * (i < number)

    for number, words in ((0, "has no cell tagged"), (2, "has 2 cells tagged 'parameters'")):
        made = changed(path, tmp_path, lambda cells, n=number: tag(cells, n))
        assert words in problem_of(made)
    other = changed(path, tmp_path, lambda cells: cells[1].update(source=["country = 1"]))
    assert "does not declare the dossier" in problem_of(other)
    broken = changed(path, tmp_path, lambda cells: cells[1].update(source=["dossier = = 1"]))
    assert "is not valid Python (line 1)" in problem_of(broken)


@pytest.mark.parametrize("given", ["", " ", None, 3, ["a"]])
def test_a_path_that_is_none_is_a_sentence(given: Any) -> None:
    """O20"""
    with pytest.raises(SeminarError, match="Write in the cell tagged 'parameters' which dossier"):
        read_dossier(given)


@pytest.mark.parametrize("name", ["country", "session", "audience", "dossier"])
def test_what_each_report_has_of_its_own_cannot_be_chosen(seminar: Seminar, name: str) -> None:
    """O20 J01"""
    book = seminar.notebook(READ)
    with pytest.raises(UsageError, match="For one country only: seminar report --country GE"):
        run_batch([seminar.report(book)], seminar.root, parameters={name: "x"})


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["dossier = 'dossiers/public/AM.json'", READ], "and read dossiers/public/AM.json"),
        ([READ, "read_dossier('dossiers/public/AM.json')"], "not dossiers/public/AM.json"),
        (["1 + 1"], "and read no dossier. A report begins with: read_dossier(dossier)"),
        (["import json; json.load(open(dossier))"], "and read no dossier"),
    ],
)
def test_a_report_that_read_another_dossier_is_none(
    seminar: Seminar, engine: str, cells: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O25 O18: it gets no name, the last good one stays, and what it was is beside it."""
    with monkeypatch.context() as before:  # the last good one was made in the quicker way
        before.setattr(batch, "can_fork", CAN_FORK)
        good = run_batch([seminar.report(seminar.notebook(READ))], seminar.root)
    assert len(good.succeeded) == 1
    output = seminar.root / "output/reports/public/GE.ipynb"
    before = output.read_bytes()
    ((_, failure),) = run_batch([seminar.report(seminar.notebook(*cells))], seminar.root).failed
    refused = "not dossiers/public/AM.json"  # by the guard, before it was read
    assert words in failure.reason or refused in failure.reason
    assert output.read_bytes() == before
    assert output.with_suffix(".failed.ipynb").is_file()


def test_a_core_report_reads_its_own_country_alone(seminar: Seminar, engine: str) -> None:
    """O25: no guard stands there, and what it read is compared."""
    seminar.write("dossiers/core/GE.json", '{"subject": "GE", "audience": "core"}')
    book = seminar.notebook("dossier = 'dossiers/core/AM.json'", READ)
    ((_, failure),) = run_batch([seminar.report(book, "core", "GE")], seminar.root).failed
    assert failure.reason.startswith(
        "It was given dossiers/core/GE.json (on GE, for 'core') and read dossiers/core/AM.json "
        "(on AM, for 'core'). A line below the cell tagged 'parameters' gives the dossier"
    )


def test_a_dossier_for_others_is_not_handed_over(seminar: Seminar) -> None:
    """P07: what lies under public/ says for whom it is."""
    shutil.copy(seminar.core, seminar.public)
    ((_, failure),) = run_batch([seminar.report(seminar.notebook(READ))], seminar.root).failed
    assert failure.reason.startswith("It is for 'public', but its dossier is not:")


def test_what_was_read_is_written_down_wherever_it_ran(seminar: Seminar, engine: str) -> None:
    """O25: in the notebook's metadata by the kit's run, as an output by papermill alone."""
    book = seminar.notebook(READ, "print(country['name'])")
    report = seminar.report(book)
    assert not run_batch([report], seminar.root).failed
    (read,) = executed_file(report.output).reads
    assert (read.subject, read.audience, read.file) == ("GE", "public", "dossiers/public/GE.json")
    assert MIME not in json.dumps(json.loads(report.output.read_text())["cells"])
    plain = seminar.away / "plain.ipynb"
    papermill.execute_notebook(
        str(book), str(plain), {"dossier": "dossiers/public/GE.json"},
        cwd=str(seminar.root), progress_bar=False,
    )  # fmt: skip
    assert executed_file(plain).reads == [read]


def test_a_notebook_of_another_computer_is_run_by_python(
    seminar: Seminar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O16: its kernel is not here, and it is said once; another language is no Python."""
    (book,) = CASES.glob("83*")
    assert kernel_of(book) == "python3"
    assert slow_engine_remarks([book]) == [
        f"{book.name} asks for the kernel 'sphere-env', which is not installed here. The Python kernel runs it."
    ]
    odd = changed(book, seminar.away, lambda cells: None)
    odd.write_text(odd.read_text().replace('"language": "python"', '"language": "R"'))
    assert kernel_of(odd) == "sphere-env"
    assert "which is not installed here. Installed are: " in slow_engine_remarks([odd])[0]


ADDED = [
    new_markdown_cell("Internal remark of the organiser.", id="remark"),
    new_code_cell("print('internal', profile['country']['name'])", id="own"),
]


def profile(place: Path, *cells: Any, **changes: str) -> Path:
    """A copy of the kit's country profile with cells added, and others of its cells changed."""

    def change(book: list[dict[str, Any]]) -> None:
        for cell in book:
            if cell["id"] in changes:
                cell["source"] = changes[cell["id"]]
        book += [json.loads(json.dumps(cell)) for cell in cells]

    return changed(ROOT / "notebooks/report/country_profile.ipynb", place, change)


def test_an_added_cell_is_for_core_unless_it_is_tagged(tmp_path: Path) -> None:
    """U02"""
    book = profile(tmp_path, *ADDED)
    assert len(added_cells(book)) == 2
    assert added_words(book) == (
        "2 added cells in country_profile.ipynb are for core participants alone: "
        "tag them 'public' to publish them."
    )
    tagged = [json.loads(json.dumps(cell)) for cell in ADDED]
    tagged[0]["metadata"]["tags"] = ["public"]
    assert added_words(profile(tmp_path, *tagged)) == (
        "1 added cell in country_profile.ipynb is for core participants alone: "
        "tag it 'public' to publish it."
    )


@pytest.mark.parametrize("path", KITS, ids=lambda p: p.stem)
def test_the_kits_own_cells_are_for_everybody(path: Path, tmp_path: Path) -> None:
    """U02: also without their ids, which some editors drop; a second one of an id is an added one."""
    assert added_cells(path) == []
    bare = changed(path, tmp_path, lambda cells: [cell.pop("id") for cell in cells])
    assert added_cells(bare) == []
    twice = changed(path, tmp_path, lambda cells: cells.append({**cells[-1], "source": ["1 + 1"]}))
    assert len(added_cells(twice)) == 1
    own = tmp_path / "my_own.ipynb"
    own.write_bytes(path.read_bytes())
    cells = json.loads(path.read_text())["cells"]
    assert len(added_cells(own)) == len(cells) - 1  # all but the parameters


@pytest.mark.parametrize(
    ("cell", "source", "kits"),
    [
        ("facts", 'show.answers(country, "Barriers", "obstacle")', True),
        ("questions", 'show.rows(country, "Our examples", name="examples")', True),
        ("read", "country = read_dossier('dossiers/core/AM.json')", True),  # and fails for it
        ("facts", 'show.answers(country, "B", "obstacle"); print("internal")', False),
        ("facts", 'from IPython.display import HTML; HTML("internal")', False),
        ("facts", '"internal"', False),
        ("facts", 'show.answers(country, open("x").read(), "obstacle")', False),
        ("facts", "[show.tasks(country, 'x') for _ in '1']", False),
        ("about", "Internal remark of the organiser.", False),
    ],
)
def test_a_changed_cell_of_the_kit(tmp_path: Path, cell: str, source: str, kits: bool) -> None:
    """U02: other headings and questions are for everybody; anything else is the organiser's."""
    assert (added_cells(profile(tmp_path, **{cell: source})) == []) == kits


def test_a_cell_that_the_kit_had_earlier_is_for_everybody(tmp_path: Path) -> None:
    """U02 P01: a copy of an earlier version's notebook goes on to publish what it published."""
    former = 'show.answers(country, "Institutions", "institutions_share", "institutions")'
    assert added_cells(profile(tmp_path, new_code_cell(former, id="institutions"))) == []
    assert len(added_cells(profile(tmp_path, new_code_cell(former, id="mine")))) == 1
    assert len(added_cells(profile(tmp_path, new_code_cell("1 + 1", id="institutions")))) == 1


def test_what_is_added_is_neither_run_nor_shown_for_the_public(
    seminar: Seminar, engine: str
) -> None:
    """U02 O25: and is for core participants."""
    trace = seminar.root / "output" / "own" / "ran.txt"
    trace.parent.mkdir(parents=True)
    added = (
        new_markdown_cell("Internal remark.", id="remark"),
        new_code_cell(f"open({str(trace)!r}, 'a').write(country['audience'])", id="own"),
    )
    book = seminar.notebook(READ)
    kept = json.loads(book.read_text())
    kept["cells"] += [json.loads(json.dumps(cell)) for cell in added]
    book.write_text(json.dumps(kept))
    seminar.write("dossiers/core/GE.json", '{"subject": "GE", "audience": "core"}')
    reports = [seminar.report(book, audience) for audience in ("public", "core")]
    assert not run_batch(reports, seminar.root).failed
    assert trace.read_text() == "core"
    shown = {r.audience: "Internal remark" in r.output.read_text() for r in reports}
    assert shown == {"public": False, "core": True}
    assert core_only_remarks(reports) == [
        "2 added cells in tries.ipynb are for core participants alone: "
        "tag them 'public' to publish them."
    ]


def test_check_names_an_own_notebook_without_its_tag(folder: Any) -> None:
    """O25"""
    place = folder.root / "notebooks" / "report"
    place.mkdir(parents=True)
    (lost,) = CASES.glob("82*")
    shutil.copy(lost, place / "country_profile.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "seminarkit", "check"], cwd=folder.root, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "country_profile.ipynb has no cell tagged 'parameters'" in done.stdout
