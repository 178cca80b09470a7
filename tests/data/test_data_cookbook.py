"""Each recipe of the tables, as README has it, on the sample; and what is written for others."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from seminarkit import data
from seminarkit.core.seminar.folder import SeminarFolder

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def here(demo: SeminarFolder, monkeypatch: pytest.MonkeyPatch) -> SeminarFolder:
    """The sample as the seminar that ``data`` finds by itself."""
    monkeypatch.setenv("SEMINAR_FOLDER", str(demo.root))
    return demo


def test_all_answers_to_one_question(here: SeminarFolder) -> None:
    """J04: a row per country and person, who differ; silent countries too."""
    table = data.answers("obstacle", missing="keep")
    assert set(table.country) == set(here.seminar.countries)
    georgia = table[table.country == "GE"]
    assert len(georgia) == 2 and georgia.value.notna().all()
    joint = table[table.country == "KZ"]
    assert list(joint.joint) == [True] and joint.writers.iloc[0] == ["KZ-1", "KZ-3"]
    assert table[table.state == "complete"]["sample"].all()
    assert set(data.answers("obstacle", drafts=False).state) == {"complete"}
    apart = data.answers("obstacle", countries="Kazakhstan", joint="apart")
    assert not apart.joint.any() and len(apart) > 1
    both = data.answers("obstacle", countries=["KZ"], joint="beside")
    assert len(both) == len(apart) + 1


def test_credits_of_examples(here: SeminarFolder) -> None:
    """J04: 0 is none, missing is not known."""
    examples = data.rows("country_report.examples")
    median = examples.groupby("name").example_credits.median()
    assert median.notna().any() and (examples.example_credits == 0).any()
    assert examples.example_credits.isna().any()
    assert examples.others.map(len).gt(0).any()


def test_what_the_survey_says_is_what_is_published(here: SeminarFolder) -> None:
    """J04: the same intervals as in the dossier, by region too, and never a person."""
    dossier = json.loads((here.dossiers / "core" / "survey.json").read_text("utf-8"))
    names = {group["name"]: group["key"] for group in dossier["groups"]}
    interest = next(q for q in dossier["questions"] if q["name"] == "interest")
    table = data.survey("interest", by="region")
    assert len(table) and set(table.group_by) == {"region"}
    for row in table.itertuples():
        counts = interest["counts"].get(names[row.group])
        if counts is None:
            assert pd.isna(row.least) and pd.isna(row.most) and not row.shown
        else:
            count = counts[row.choice]
            assert (row.least, None if pd.isna(row.most) else row.most) == (count["least"], count["most"])  # fmt: skip
    assert (table.least != table.most).any()
    assert "person" not in table and data.survey(by="all").expected.notna().all()


def test_who_owes_what_by_region(here: SeminarFolder) -> None:
    """J04"""
    long = data.status(long=True)
    owed = long[long.state != "complete"]
    table = owed.pivot_table(index="region", columns="form", values="state", aggfunc="count", observed=False)  # fmt: skip
    assert "case_review" in table and table.to_numpy().sum() > 0
    assert len(data.status()) == len(here.seminar.countries)


def test_before_and_after(here: SeminarFolder) -> None:
    """J04: every version, which one counts, and where it comes from; one received file."""
    material = data.read(audience="organisers")
    every = material.submissions("country_report", versions="all")
    assert every.counts.sum() == len(material.submissions("country_report", joint="beside"))
    assert len(every) > every.counts.sum() and every.file.notna().all()
    waiting = material.submissions("country_report", versions="waiting", joint="beside")
    assert len(waiting) == every.counts.sum()
    book = next(
        path for path in sorted(here.inbox.rglob("*.ipynb")) if "country_report" in path.name
    )
    one = data.read_file(book)
    mine = one.submissions("country_report")
    assert len(mine) == 1 and mine.receipt.iloc[0] in set(every.receipt)
    assert one.answers("obstacle").columns.equals(material.answers("obstacle").columns)
    with pytest.raises(data.NotCollected, match="does not contain a filled form"):
        data.read_file(here.root / "seminar.yml")


def test_a_workbook_of_everything(here: SeminarFolder, tmp_path: Path) -> None:
    """J04 O36: the dictionary first, texts as texts, the same bytes again; organisers are warned."""
    one, two = (data.to_excel(tmp_path / f"{n}.xlsx").read_bytes() for n in ("a", "b"))
    assert one == two
    assert sheets(tmp_path / "a.xlsx")[:2] == ["dictionary", "countries"]
    assert {"country_report", "country_report.examples", "survey"} <= {*sheets(tmp_path / "a.xlsx")}
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        parts = [book.read(n).decode() for n in book.namelist() if "worksheets/sheet" in n]
    assert len(parts) == len(sheets(tmp_path / "a.xlsx")) and not any("<f>" in p for p in parts)
    organisers = data.read(audience="organisers")
    path = organisers.to_excel(tmp_path / "c.xlsx", ["submissions", "dictionary"])
    assert sheets(path) == ["For organisers alone", "dictionary", "submissions"]
    own = data.compare().reset_index()
    hostile = pd.DataFrame({"text": ["=1+1", "a"], "number": [1.5, None]})
    folder = data.to_csv(tmp_path / "tables", {"mine": own, "odd": hostile})
    assert sorted(path.name for path in folder.iterdir()) == ["mine.csv", "odd.csv"]
    with (folder / "odd.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["text", "number"], ["'=1+1", "1.5"], ["a", ""]]


def sheets(path: Path) -> list[str]:
    import re

    with zipfile.ZipFile(path) as book:
        return re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())


def test_words_are_searched(here: SeminarFolder) -> None:
    """J04"""
    found = data.search("fees")
    assert len(found) and found.text.str.casefold().str.contains("fees").all()
    assert set(data.search("fees", forms=["questions"]).form) <= {"questions"}


def test_each_function_keeps_to_one_order(here: SeminarFolder) -> None:
    """J04: countries as in seminar.yml, so that the same material is the same table."""
    order = {code: number for number, code in enumerate(here.seminar.countries)}
    for table in (
        data.answers("opportunity", missing="keep"),
        data.rows("country_report.examples"),
    ):
        places = [order[code] for code in table.country]
        assert places == sorted(places)
    assert data.dictionary().form.drop_duplicates().tolist() == [f for f in here.forms if f in set(data.dictionary().form)]  # fmt: skip
    pd.testing.assert_frame_equal(
        data.answers("obstacle"), data.read(here.root).answers("obstacle")
    )


def test_reports_are_a_table(here: SeminarFolder) -> None:
    """J04"""
    made = data.reports()
    assert set(made.audience) <= {"core", "public"} and set(made.status) == {"made"}
    assert made[made.audience == "core"].subject.isin([*here.seminar.countries]).sum() >= 20
    assert str(made.seconds.dtype) == "Float64"
