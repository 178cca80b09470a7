"""Is one report made of several without anybody's words being chosen for them, and traced back?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME
from seminarkit.core.forms.shapes import questions
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.merged_report import merge
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.form_notebook import form_cells
from seminarkit.topics.packs.write_packs import prepare
from seminarkit.topics.progress.status_board import board

Send = Callable[[str, Any], Path]


@pytest.fixture
def two(answers: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Two people of one country: the same in most, another in three, a row more, one silent."""
    other = {
        **answers,
        "institutions": "Mine see it otherwise.",
        "has_law": "absent" if answers["has_law"] != "absent" else "in_place",
        "examples": [*answers["examples"], {"example_title": "A second one", "example_provider": "company"}],
    }  # fmt: skip
    return {"GE-1": {**answers, "known_corrections": "The year is wrong."}, "GE-2": other}


@pytest.fixture
def both(folder: SeminarFolder, send: Send, filled: Any, two: dict[str, Any]) -> SeminarFolder:
    """The seminar after the two reports were collected."""
    for person, given in two.items():
        send(f"{person}.ipynb", filled("country_report", person, given))
    collect(folder)
    return folder


def pack_form(folder: SeminarFolder, form: str) -> dict[str, Any]:
    """Return what GE's NEO is handed out: the bundle in its notebook."""
    prepare(SeminarFolder(folder.root), ["GE"])
    path = folder.packs / "GE" / "GE-NEO" / f"GE-NEO-{form}.ipynb"
    (cell,) = form_cells(json.loads(path.read_text("utf-8")))
    bundle: dict[str, Any] = cell["outputs"][0]["data"]
    return bundle


def report_cell(folder: SeminarFolder) -> Any:
    (row,) = (r for r in board(folder.seminar, submissions(folder.database)) if r.country == "GE")
    return next(cell for cell in row.cells if cell.form == "country_report")


def of_georgia(folder: SeminarFolder) -> list[Submission]:
    return [s for s in submissions(folder.database) if s.form == "country_report"]


def test_what_all_say_is_taken_and_what_differs_is_offered(
    both: SeminarFolder, two: dict[str, Any]
) -> None:
    """E05: agreed and single answers, and every row; the rest is left open, with who said what."""
    merged = merge(both.forms["country_report"], of_georgia(both))
    assert merged.answers["known_corrections"] == "The year is wrong."
    assert merged.answers["legislation"] == two["GE-1"]["legislation"]
    assert [row["example_title"] for row in merged.answers["examples"]][-1] == "A second one"
    assert len(merged.answers["examples"]) == len(two["GE-1"]["examples"]) + 1
    assert set(merged.offers) == {"institutions", "has_law"}
    assert merged.offers["institutions"] == [(p, two[p]["institutions"]) for p in ("GE-1", "GE-2")]
    assert not set(merged.offers) & set(merged.answers)


def test_the_neo_is_handed_the_joint_report_once_there_is_something_to_join(
    folder: SeminarFolder, both: SeminarFolder
) -> None:
    """E05: in a notebook and as a page, begun, with the differences at their questions."""
    bundle = pack_form(both, "country_report-joint")
    form, filled = bundle[FORM_MIME], bundle[ANSWERS_MIME]
    assert (form["subject"], filled["rev"]) == ("joint", 1)
    fields = {field["name"]: field for field in questions(form["fields"])}
    names = [name for name, *_ in fields["has_law"]["offers"]]
    assert names == ["NEO representative, Georgia", "Core participant 2, Georgia"]
    assert "institutions" not in filled["answers"]
    prepare(SeminarFolder(folder.root), ["AM"])
    assert not list((folder.packs / "AM").rglob("*joint*"))
    assert not list((folder.packs / "AM").rglob("*sign_off*"))


def test_the_joint_report_stands_for_the_country_and_says_where_it_comes_from(
    both: SeminarFolder, send: Send, filled: Any, two: dict[str, Any]
) -> None:
    """E05: provenance of each answer; what each person wrote stays in the store."""
    joint = {
        **two["GE-1"],
        "institutions": two["GE-2"]["institutions"],
        "opportunity": "Rewritten.",
    }
    send("joint.ipynb", filled("country_report", "GE-NEO", joint, subject="joint"))
    collect(both)
    build_dossiers(both, submissions(both.database))
    dossier = json.loads((both.dossiers / "core" / "GE.json").read_text("utf-8"))
    (entry,) = dossier["forms"]["country_report"]
    assert entry["by"] == "NEO of Georgia"
    came = {a["name"]: a["from"] for a in entry["answers"] if "from" in a}
    (examples,) = (a for a in entry["answers"] if a["name"] == "examples")
    assert set(map(tuple, examples["rows_from"])) == {
        ("NEO representative, Georgia", "Core participant 2, Georgia")
    }
    assert came["institutions"] == ["Core participant 2, Georgia"]
    assert came["legislation"] == ["NEO representative, Georgia", "Core participant 2, Georgia"]
    assert came["opportunity"] == []
    compared = json.loads((both.dossiers / "core" / "comparison.json").read_text("utf-8"))
    assert compared["answers"]["GE"]["has_law"] == [two["GE-1"]["has_law"]]
    assert len(of_georgia(both)) == 3
    # what the NEO has chosen is there again when the pack is made once more
    assert pack_form(both, "country_report-joint")[ANSWERS_MIME]["answers"] == joint


def test_the_neo_signs_one_version_and_a_change_is_told(
    both: SeminarFolder, send: Send, filled: Any, two: dict[str, Any]
) -> None:
    """E06: a submission of its own, for one receipt; two separate reports cannot be signed."""
    assert report_cell(both).words == "complete"
    prepare(both, ["GE"])
    assert not list((both.packs / "GE").rglob("*sign_off*"))
    send("j.ipynb", filled("country_report", "GE-NEO", two["GE-1"], subject="joint"))
    collect(both)
    receipt = next(s.receipt for s in of_georgia(both) if s.subject == "joint")
    begun = pack_form(both, "sign_off")[ANSWERS_MIME]["answers"]
    assert begun == {"signed_receipt": receipt}
    send("s.ipynb", filled("sign_off", "GE-NEO", {**begun, "signed_final": "yes"}))
    collect(both)
    assert report_cell(both).words == "complete, signed"
    changed = {**two["GE-1"], "obstacle": "Another one."}
    send("j2.ipynb", filled("country_report", "GE-NEO", changed, rev=9, subject="joint"))
    collect(both)
    assert report_cell(both).words == "complete, changed since signed"


def test_a_joint_report_is_for_the_neo_alone(
    both: SeminarFolder, send: Send, filled: Any, two: dict[str, Any]
) -> None:
    """K08: somebody of the delegation who signs for the whole is set aside with a sentence."""
    book = filled("country_report", "GE-NEO", two["GE-1"], subject="joint")
    (cell,) = form_cells(book)
    cell["outputs"][0]["data"][ANSWERS_MIME]["author"]["id"] = "GE-2"
    send("not mine.ipynb", book)
    (((_, outcome),), *_) = (collect(both).outcomes,)
    assert outcome.kind == "aside"
    assert "internal number is not the number of GE-2" in outcome.text


def test_the_country_page_says_what_each_of_the_three_owes(
    both: SeminarFolder, send: Send, filled: Any
) -> None:
    """E04: what has come with its receipt, what has not, and how many of those to choose from."""
    review = {
        "watched": "whole",
        "review_purpose": "a",
        "review_strength": "b",
        "review_doubt": "c",
    }
    given = {**review, "review_transfer": "as_it_is"}
    send("c.ipynb", filled("case_review", "GE-2", given, subject="ghent"))
    collect(both)
    build_dossiers(both, submissions(both.database))
    dossier = json.loads((both.dossiers / "core" / "GE.json").read_text("utf-8"))
    owed = {
        task["title"]: [f"{each['name']}: {each['words']}" for each in task["people"]]
        for task in dossier["tasks"]
    }
    assert owed["Pre-survey"] == [
        "NEO representative, Georgia: not yet",
        "Core participant 2, Georgia: not yet",
        "Core participant 3, Georgia: not yet",
    ]
    receipts = {s.person: s.receipt for s in of_georgia(both)}
    assert owed["Country report"][0].endswith(f"complete, receipt {receipts['GE-1']}")
    first, *rest = owed["Case reviews"]
    assert first.startswith("Core participant 2, Georgia: complete (Ghent University)")
    assert rest == [
        "NEO representative, Georgia: 0 of 2 done",
        "Core participant 2, Georgia: 1 of 2 done",
        "Core participant 3, Georgia: 0 of 2 done",
    ]
    public = json.loads((both.dossiers / "public" / "GE.json").read_text("utf-8"))
    assert "tasks" not in public
