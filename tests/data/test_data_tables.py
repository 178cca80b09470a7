"""Have tables the columns and types that are promised, also where they have no row?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from inspect import signature

import pandas as pd
import pytest

from seminarkit import data
from seminarkit.core.documents.dataframe_tables import table_of
from seminarkit.core.documents.pieces import EMPTY, Chart
from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.report_scope import begin_report, report_scope
from seminarkit.data.frames import Column, frame
from seminarkit.topics.intake.collect import collect

KEY = {
    "country": "string",
    "name": "string",
    "region": "category",
    "form": "string",
    "subject": "string",
    "person": "string",
    "role": "category",
}
ANSWER = {
    **KEY,
    "question": "string",
    "value": "string",
    "label": "string",
    "state": "category",
    "joint": "boolean",
    "writers": "object",
    "asked": "boolean",
    "sample": "boolean",
    "saved_at": "datetime64[us, UTC]",
    "lang": "string",
}


def types(table: pd.DataFrame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in table.dtypes.items()}


@pytest.fixture
def nothing(folder: SeminarFolder) -> data.Material:
    """A seminar to which nobody sent anything, for organisers."""
    collect(folder)
    return data.read(folder.root, audience="organisers")


def test_an_empty_table_has_its_columns_and_types(nothing: data.Material) -> None:
    """J04"""
    assert types(nothing.answers("obstacle")) == ANSWER
    assert types(nothing.answers("example_credits"))["value"] == "Int64"
    assert types(nothing.answers("has_law"))["value"] == "category"
    assert types(nothing.answers("interest"))["value"] == "object"
    picked = nothing.answers("interest", choices="columns")
    assert types(picked)["interest/lifelong"] == "boolean" and "value" not in picked
    assert list(nothing.answers("has_law").value.cat.categories) == ["in_place", "in_preparation", "absent", "unknown"]  # fmt: skip
    rows = types(nothing.rows("country_report.examples"))
    assert rows["example_provider"] == "category" and rows["example_credits"] == "Int64"
    assert rows["others"] == "object" and rows["row"] == "Int64"
    form = types(nothing.form("country_report"))
    assert form["examples_count"] == "Int64" and form["obstacle"] == "string"
    versions = types(nothing.submissions("country_report", versions="all"))
    assert versions["rev"] == "Int64" and versions["counts"] == "boolean"
    for table in (nothing.answers("obstacle"), nothing.survey(), nothing.questions()):
        assert len(table) == 0 and isinstance(table.index, pd.RangeIndex)
    for table in (nothing.countries(), nothing.compare(), nothing.status()):
        assert str(table.index.dtype) == "string" and table.index.name == "country"
    assert all(table.columns.dtype == object for table in (nothing.people(), nothing.facts()))


def test_every_asked_country_has_a_row(nothing: data.Material, folder: SeminarFolder) -> None:
    """J04 O23: in the order of seminar.yml, with the state of who sent nothing."""
    kept = nothing.answers("opportunity", missing="keep")
    assert list(kept.country) == list(folder.seminar.countries)
    assert set(kept.state) == {"missing", "not_nominated"} and kept.value.isna().all()
    assert len(nothing.answers("opportunity")) == 0
    assert list(nothing.compare().index) == list(nothing.status().index) == list(kept.country)


def test_a_table_is_a_copy(nothing: data.Material) -> None:
    """J04: whatever is done to it, the next one is as it was."""
    first = nothing.dictionary()
    first.loc[:, "label"] = "changed"
    first.choices.iloc[-1].append("changed")
    again = nothing.dictionary()
    assert "changed" not in set(again.label) and "changed" not in again.choices.iloc[-1]


def test_wrong_names_are_sentences_with_what_is_near(nothing: data.Material) -> None:
    """J04"""
    with pytest.raises(
        data.UnknownQuestion, match=r"No form in the store asks 'obstacel'. Did you mean 'obstacle'"
    ):
        nothing.answers("obstacel")
    with pytest.raises(
        data.AmbiguousQuestion, match=r"'examples' is asked by .* and group_notes: write"
    ):
        nothing.rows("examples")
    with pytest.raises(data.UnknownQuestion, match=r"no form 'contry_report'.*'country_report'"):
        nothing.form("contry_report")
    with pytest.raises(data.UnknownCountry, match=r"'Georgai' is not a country.*'Georgia'"):
        nothing.answers("obstacle", countries="Georgai")
    with pytest.raises(data.UnknownQuestion, match=r"data.rows\('country_report.examples'\)"):
        nothing.answers("country_report.examples")
    with pytest.raises(data.UnknownQuestion, match=r"data.answers\('country_report.obstacle'\)"):
        nothing.rows("obstacle")
    with pytest.raises(
        data.UnknownQuestion, match=r"'has_lwa' is not a closed question.*'has_law'"
    ):
        nothing.compare(["has_lwa"])
    for wrong in ({"drafts": "none"}, {"versions": "old"}, {"joint": "x"}, {"choices": "x"}):
        with pytest.raises(UsageError, match=r"is not known. Write one of"):
            nothing.answers("obstacle", **wrong)
    with pytest.raises(UsageError, match=r"session='d1-group' is not known. Did you mean 'd1-gro"):
        nothing.questions(session="d1-group")
    with pytest.raises(UsageError, match=r"day='2020-11-25' is not known. Did you mean '2020-11-2"):
        nothing.statements(day="2020-11-25")
    with pytest.raises(UsageError, match=r"There is no folder .*elsewhere"):
        data.read("elsewhere")
    with pytest.raises(UsageError, match=r"audience='organiser' is not known. Did you mean"):
        data.read(audience="organiser")  # type: ignore[arg-type]


def test_before_anything_was_collected_there_is_a_sentence(folder: SeminarFolder) -> None:
    """J04"""
    with pytest.raises(
        data.NotCollected, match=r"Nothing has been collected in .* seminar collect"
    ):
        data.read(folder.root).answers("obstacle")
    assert data.read(folder.root).dictionary().answered.isna().all()


def test_lists_and_labels_of_any_table() -> None:
    """J04: codes in words, a row per entry, and a sentence where pandas has lost them."""
    columns = [Column("who"), Column("picks", "list"), Column("one", "category", ("b", "a"))]
    words = {"picks": {"a": "Apple", "b": "Bread"}, "one": {"a": "Apple", "b": "Bread"}}
    rows = [{"who": "x", "picks": ["b", "a"], "one": "a"}, {"who": "y", "picks": []}, {"who": "z"}]
    table = frame(columns, rows, attrs={"labels": words})
    exploded = table.seminar.explode("picks")
    assert [None if pd.isna(v) else v for v in exploded.picks] == ["b", "a", None, None]
    assert list(exploded.picks.cat.categories) == ["a", "b"]
    shown = table.seminar.labels()
    assert shown.picks.iloc[0] == ["Bread", "Apple"] and shown.one.iloc[0] == "Apple"
    assert list(shown.one.cat.categories) == ["Bread", "Apple"] and table.one.iloc[0] == "a"
    lost = table.merge(pd.DataFrame({"who": ["x"]}), on="who")
    lost.attrs = {}
    with pytest.raises(UsageError, match=r"labels=True"):
        lost.seminar.labels()
    with pytest.raises(UsageError, match=r"'pick' is not a column of lists. Did you mean 'picks'"):
        table.seminar.explode("pick")


def test_a_table_is_a_piece_of_a_report() -> None:
    """J04 J02: in words, with the question as its head, and nothing cut."""
    columns = [Column("country"), Column("one", "category", ("a",)), Column("credits", "integer"), Column("picks", "list")]  # fmt: skip
    about = {"frame": "answers", "heads": {"one": "Which one?"}, "labels": {"one": {"a": "Apple"}}}
    long = "A long answer. " * 40 + "\n=1+1"
    rows = [{"country": long, "one": "a", "credits": 4, "picks": ["x", "y"]}, {"country": "GE"}]
    table = frame(columns, rows, attrs=about)
    piece = table.seminar.table("All of them", name="mine")
    assert (piece.kind, piece.name, piece.caption) == ("table", "mine", "All of them")
    assert [(c.name, c.label, c.align) for c in piece.columns] == [
        ("country", "Country", "start"),
        ("one", "Which one?", "start"),
        ("credits", "Credits", "end"),
        ("picks", "Picks", "start"),
    ]
    ((first, second),) = [group.rows for group in piece.groups]
    assert [cell.value for cell in first] == [long, "Apple", 4, "x; y"]
    assert [line[0].text for line in first[0].lines] == long.splitlines()
    assert [cell.value for cell in second] == ["GE", None, None, None]
    indexed = frame(columns, rows, index="country").seminar.table("x", columns=["credits"])
    assert [column.name for column in indexed.columns] == ["credits"]
    by_code = frame(columns, rows, index="country").seminar.table("x")
    assert by_code.columns[0].name == "country" and by_code.name == "table"
    assert table.seminar.table("x", index=True).columns[0].name == "row"
    with pytest.raises(UsageError, match=r"no column 'credit'. Did you mean 'credits'"):
        table.seminar.table("x", columns=["credit"])


def test_bars_are_a_piece_of_a_report() -> None:
    """J04 J07: a bar a row, all of it in words, and a sentence for what no bar can show."""
    table = pd.DataFrame({"name": ["Long", "Short", "Unknown"], "credits": [9, 0.5, None]})
    chart = table.seminar.bars("name", "credits", caption="Credits of courses.", unit="credits")
    assert isinstance(chart, Chart)
    assert chart.finding == "Credits of courses. 1 without a number."
    assert chart.alt == "Long: 9 credits; Short: 0.5 credits. 1 without a number."
    assert "9 credits" in str(chart.drawing) and "Unknown" not in str(chart.drawing)
    counted = table.name.value_counts().rename("times").rename_axis("name")
    assert counted.to_frame().seminar.bars("name", "times", caption="Times.").alt.count(": 1") == 3
    assert table.iloc[2:].seminar.bars("name", "credits", caption="Nothing.") == EMPTY
    large = pd.DataFrame({"name": [None, "b", "c"], "students": [1234567, 0.126, 1e6]})
    assert (
        large.seminar.bars("name", "students", caption="").alt == "–: 1234567; b: 0.13; c: 1000000"
    )
    for label, value, words in (
        ("nam", "credits", "no column 'nam'. Did you mean 'name'"),
        ("credits", "name", "'name' contains 'Long': bars need numbers"),
    ):
        with pytest.raises(UsageError, match=words):
            table.seminar.bars(label, value, caption="")
    with pytest.raises(UsageError, match=r"'credits' contains -1.0: bars need numbers"):
        pd.DataFrame({"name": ["a"], "credits": [-1.0]}).seminar.bars("name", "credits", caption="")


def test_a_table_looks_the_same_by_itself_and_as_a_piece() -> None:
    """J04 J02: what is missing is a dash both ways, a number stays one, a day has no clock."""
    columns = [Column("country"), Column("credits", "integer"), Column("at", "moment")]
    rows = [{"country": "GE", "credits": 4, "at": "2020-11-20T10:00:00+00:00"}, {"country": "AM"}]
    table = frame(columns, rows)
    assert table.seminar.table("x").groups == table_of(table).groups
    assert [line[0].text for line in table.seminar.table("x").groups[0].rows[1][1].lines] == ["–"]


def test_notes_of_a_form_are_no_questions(kit: SeminarFolder) -> None:
    """J04: in no row of the dictionary, and in no column of a list."""
    dictionary = data.read(kit.root, audience="organisers").dictionary()
    assert len(dictionary) and not dictionary["type"].isna().any()


@pytest.fixture
def in_report() -> Iterator[None]:
    before = vars(report_scope()).copy()
    yield
    vars(report_scope()).update(before)


@pytest.mark.usefixtures("in_report")
def test_a_report_reads_its_dossier_and_nothing_else(folder: SeminarFolder) -> None:
    """J04: for the audience of the report; what it does not hold is a sentence."""
    begin_report("public")
    with pytest.raises(data.AudienceError) as caught:
        data.read(folder.root, audience="core")
    assert str(caught.value) == "This report is for the public; it cannot read core material."
    with pytest.raises(data.NotCollected, match=r"has not read its dossier yet"):
        data.answers("obstacle")
    about = {"subject": "cases", "audience": "public", "seminar": {"title": "A seminar"}}
    begin_report("public", about)
    assert data.read(folder.root).audience == "public"
    for name in ("countries", "people", "status", "survey", "compare", "questions", "statements"):
        with pytest.raises(data.NotCollected, match=r"dossier of this report \(on cases\)"):
            getattr(data, name)()
    for ask in (data.answers, data.rows, data.form):
        with pytest.raises(data.NotCollected, match=r"does not contain the answers"):
            ask("country_report.obstacle")
    begin_report("public", about | {"subject": "country", "country": {"name": "Georgia", "region": ""}, "forms": {}})  # fmt: skip
    with pytest.raises(data.NotCollected, match=r"an earlier version of the kit"):
        data.answers("obstacle")
    with pytest.raises(data.AudienceError, match=r"it may not read a received file"):
        data.read_file("inbox/x.ipynb")


def test_functions_are_those_of_a_reading() -> None:
    """J04: with their words, and their parameters without the reading itself."""
    for name in set(data.__all__) & set(vars(data.Material)):
        function, method = getattr(data, name), getattr(data.Material, name)
        assert function.__doc__ == method.__doc__
        assert [*signature(function).parameters] == [*signature(method).parameters][1:]
    public = {n for n in vars(data.Material) if not n.startswith("_")} - {"audience"}
    assert public <= set(data.__all__)


@pytest.mark.parametrize("words", [["--help"], ["status"], ["next"], ["check"]], ids=" ".join)
def test_what_must_start_fast_loads_no_pandas(folder: SeminarFolder, words: list[str]) -> None:
    """J04 K02"""
    code = (
        "import sys, seminarkit\n"
        "from click.testing import CliRunner\n"
        "from seminarkit.cli.main import seminar\n"
        f"made = CliRunner().invoke(seminar, {['--folder', str(folder.root), *words]!r})\n"
        "print(made.output, 'pandas' in sys.modules, 'numpy' in sys.modules)"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True, env=os.environ)  # fmt: skip
    assert made.stdout.endswith("False False\n"), made.stdout + made.stderr
