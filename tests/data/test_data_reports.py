"""Does a report have the tables of its dossier, for its audience, and no others?"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from seminarkit import data
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.data.from_dossier import DossierSource
from seminarkit.data.source import Reader
from seminarkit.reports.batch import run_batch
from seminarkit.reports.run_record import Report

pytestmark = pytest.mark.timeout(300)
READERS: tuple[Reader, ...] = ("core", "public")


def of_report(folder: SeminarFolder, reader: Reader, subject: str) -> data.Material:
    text = (folder.dossiers / reader / f"{subject}.json").read_text("utf-8")
    return data.Material(DossierSource(json.loads(text), reader))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("country", ["GE", "AM"])
def test_the_tables_of_a_country_are_those_of_the_store(
    answered: SeminarFolder, reader: Reader, country: str
) -> None:
    """J04: every question that is in the dossier, with the types it has elsewhere."""
    store, report = data.read(answered.root, audience=reader), of_report(answered, reader, country)
    asked = report.dictionary()
    assert len(asked) >= 20
    for form, question, kind in zip(asked.form, asked.question, asked.type, strict=True):
        name = f"{form}.{question}"
        read = ("rows" if kind == "repeat" else "answers", name)
        mine, whole = (getattr(m, read[0])(read[1], countries=country) for m in (report, store))
        same = [c for c in whole.columns if c not in ("region", "role", "writers")]
        assert list(mine.columns) == list(whole.columns), name
        pd.testing.assert_frame_equal(mine[same], whole[same])
        assert [str(v) for v in mine.region] == [str(v) for v in whole.region]
        assert [str(v) for v in mine.role] == [str(v) for v in whole.role]
    pd.testing.assert_frame_equal(report.facts(), store.facts(country), check_dtype=True)
    with pytest.raises(data.NotCollected, match="does not contain the survey"):
        report.survey()
    with pytest.raises(data.NotCollected, match="holds the joint report, not the reports"):
        report.answers("obstacle", joint="apart")


@pytest.mark.parametrize("reader", READERS)
def test_what_one_dossier_is_about_is_a_table(answered: SeminarFolder, reader: Reader) -> None:
    """J04: comparison, totals, questions."""
    store = data.read(answered.root, audience=reader)
    compared = of_report(answered, reader, "comparison").compare()
    pd.testing.assert_frame_equal(compared, store.compare())
    totals = of_report(answered, reader, "survey").survey()
    whole = store.survey()
    pd.testing.assert_frame_equal(
        totals.astype({"choice": str}),
        whole[whole.question.isin(totals.question)].reset_index(drop=True).astype({"choice": str}),
    )
    assert len(totals) and len(compared)
    posted = of_report(answered, reader, "questions").questions()
    pd.testing.assert_frame_equal(posted, store.questions())


CELL = """
import json
from seminarkit import data
def words(ask):
    try: return ask()
    except Exception as error: return f"{type(error).__name__}: {error}"
print("RESULT" + json.dumps({
    "answers": words(lambda: data.answers("obstacle").value.tolist()),
    "other": words(lambda: data.read(audience=OTHER) and "read"),
    "survey": words(lambda: len(data.survey())),
    "elsewhere": words(lambda: len(data.read(ROOT).people())),
}))
"""


@pytest.mark.parametrize(("reader", "other"), [("core", "organisers"), ("public", "core")])
def test_a_notebook_has_its_dossier_alone(
    answered: SeminarFolder, tmp_path: Path, reader: str, other: str
) -> None:
    """J04 P01: run as a report, it cannot read for others, nor what lies in the store."""
    before = f"OTHER, ROOT = {other!r}, {str(answered.root)!r}"
    read = "from seminarkit import read_dossier\ncountry = read_dossier(dossier)"
    cells = [new_code_cell('dossier = ""', id="parameters", metadata={"tags": ["parameters"]})]
    for number, source in enumerate((read, before, CELL)):
        cells.append(new_code_cell(source, id=f"c{number}", metadata={"tags": ["public"]}))
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    book = tmp_path / "own.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), book)
    output = tmp_path / "made.ipynb"
    dossier = answered.dossiers / reader / "AM.json"
    assert not run_batch([Report(book, "AM", reader, dossier, output)], answered.root).failed
    text = "".join("".join(o.get("text", "")) for c in nbformat.read(output, 4).cells for o in c.get("outputs", ()))  # fmt: skip
    got = json.JSONDecoder().raw_decode(text.split("RESULT", 1)[1])[0]
    assert len(got["answers"]) == 1 and got["answers"][0].startswith("zq")
    whom = "core" if reader == "core" else "the public"
    assert got["other"] == f"AudienceError: This report is for {whom}; it cannot read {other} material."  # fmt: skip
    assert got["survey"].startswith(
        "NotCollected: This cannot be answered from the dossier of this report"
    )
    assert got["elsewhere"].startswith("NotCollected")
