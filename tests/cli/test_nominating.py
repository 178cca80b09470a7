"""Does replacing somebody lose nothing, can it be taken back, and does a NEO begin with what is known?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import printed

from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME, payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.form_notebook import form_cells
from seminarkit.topics.packs.prefill import prefill_state, prefilled_form
from seminarkit.topics.packs.write_packs import prepare
from seminarkit.topics.progress.nominations import nominations

Send = Callable[[str, Any], Path]


def fresh(folder: SeminarFolder) -> SeminarFolder:
    return SeminarFolder(folder.root)


def ids(folder: SeminarFolder) -> list[str]:
    return [person.id for person in fresh(folder).seminar.delegations["GE"]]


def known_rows(folder: SeminarFolder) -> list[dict[str, str]]:
    _, filled = prefilled_form(fresh(folder), "nomination", "GE-NEO")
    rows: list[dict[str, str]] = filled["answers"]["nominees"]
    return rows


@pytest.fixture
def sent(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> Callable[[list[dict[str, str]]], None]:
    """GE-2 has sent the country report and a review; then a nomination with these rows came."""
    review = {"watched": "whole", "review_purpose": "a", "review_strength": "b",
              "review_doubt": "c", "review_transfer": "as_it_is"}  # fmt: skip
    send("r.ipynb", filled("country_report", "GE-2", answers))
    send("c.ipynb", filled("case_review", "GE-2", review, subject="ghent"))
    collect(folder)

    def nominate(rows: list[dict[str, str]]) -> None:
        rev = 5 + 5 * len(list(folder.inbox.glob("n*.ipynb")))
        send(f"n{rev}.ipynb", filled("nomination", "GE-NEO", {"nominees": rows}, rev=rev))
        printed(folder, "collect")

    return nominate


def replaced(folder: SeminarFolder) -> list[dict[str, str]]:
    rows = known_rows(folder)
    rows[1] |= {"nominee_name": "Zurab Gelashvili", "nominee_email": "zurab@example.org"}
    return rows


def test_a_nomination_begins_with_who_is_known(folder: SeminarFolder) -> None:
    """E01 P05: the same in the pack's notebook, page and Word form, and by the notebook's cell."""
    prepare(folder, ["GE"], word=True)
    place = folder.packs / "GE" / "GE-NEO" / "GE-NEO-nomination"
    (cell,) = form_cells(json.loads(place.with_suffix(".ipynb").read_text("utf-8")))
    data = cell["outputs"][0]["data"]
    rows = data[ANSWERS_MIME]["answers"]["nominees"]
    assert [row["nominee_id"] for row in rows] == ["GE-1", "GE-2", "GE-3"]
    assert [row["nominee_name"] for row in rows][1] == "Core participant 2, Georgia"
    assert rows[1]["nominee_profile"] == "policy"
    assert rows[1]["nominee_email"] == "ge-2@example.org"
    assert (
        prefilled_form(folder, "nomination", "GE-NEO")[1]["answers"]
        == data[ANSWERS_MIME]["answers"]
    )
    assert "nominee_id" not in json.dumps(data[FORM_MIME]), "nobody is asked for it"
    assert "ge-2@example.org" in place.with_suffix(".html").read_text("utf-8")
    assert prefilled_form(folder, "nomination", "LY-NEO")[1] == payload(
        prefilled_form(folder, "nomination", "LY-NEO")[0]
    )


def test_sending_it_back_untouched_changes_nothing(
    folder: SeminarFolder, sent: Callable[[list[dict[str, str]]], None]
) -> None:
    """P05: and a title, swapped rows and no ids change no person either."""
    sent(known_rows(folder))
    (nomination,) = nominations(folder.seminar, submissions(folder.database))
    assert not nomination.has_news
    rows = [{k: v for k, v in row.items() if k != "nominee_id"} for row in known_rows(folder)]
    rows[1]["nominee_name"] = "Dr " + rows[1]["nominee_name"]
    sent(rows[::-1])
    (nomination,) = nominations(folder.seminar, submissions(folder.database))
    assert (nomination.comes, nomination.leaves, nomination.questions) == ((), (), ())
    assert "1 nomination taken" in printed(folder, "nominate", "GE")
    assert sorted(ids(folder)) == ["GE-1", "GE-2", "GE-3"]


def test_nobody_who_has_sent_something_is_retired_unasked_and_there_is_a_way_back(
    folder: SeminarFolder, sent: Callable[[list[dict[str, str]]], None]
) -> None:
    """P05 E03 E05: what no longer counts is named; the report stays the delegation's; undo."""
    before = json.loads(printed(folder, "status", "--json"))
    sent(replaced(folder))
    refused = printed(folder, "nominate", "GE", code=1)
    assert "no longer counts: Case reviews" in refused
    assert "this still counts for the delegation: Country report" in refused
    assert ids(folder) == ["GE-1", "GE-2", "GE-3"]
    printed(folder, "nominate", "GE", "--anyway")
    assert ids(folder) == ["GE-1", "GE-4", "GE-3"]
    now = fresh(folder)
    collect(now)
    board = json.loads(printed(folder, "status", "--json"))
    (georgia,) = (row for row in board["countries"] if row["country"] == "GE")
    assert georgia["tasks"]["country_report"]["words"] == "complete"
    assert [e["person"] for e in georgia["tasks"]["case_review"]["former"]] == ["GE-2"]
    build_dossiers(now, submissions(now.database))
    core = json.loads((now.dossiers / "core" / "GE.json").read_text("utf-8"))
    (report,) = core["forms"]["country_report"]
    assert report["by"] == "a former core participant"
    people = {task["title"]: task["people"] for task in core["tasks"]}
    assert {"name": "a former core participant", "words": report_words(report)} in people[
        "Country report"
    ]
    assert any("no longer counted" in each["words"] for each in people["Case reviews"])  # fmt: skip
    compared = json.loads((now.dossiers / "public" / "comparison.json").read_text("utf-8"))
    assert compared["answers"]["GE"]["has_law"]
    _, merged = prefilled_form(now, "country_report", "GE-NEO", "joint")
    assert merged["answers"]["opportunity"]
    told = printed(folder, "nominate", "GE", "--undo")
    assert "Georgia has its earlier delegation: GE-1 NEO representative, Georgia, GE-2" in told
    assert ids(folder) == ["GE-1", "GE-2", "GE-3"]
    collect(fresh(folder))
    assert json.loads(printed(folder, "status", "--json")) == before
    steps = json.loads(printed(folder, "next", "--json"))
    assert not [step for step in steps if "nominat" in step["how"]], "it is not offered again"
    assert "and then taken back" in printed(folder, "nominate")
    assert known_rows(folder)[1]["nominee_name"] == "Core participant 2, Georgia"
    printed(folder, "nominate", "GE", "--anyway")
    printed(folder, "nominate", "GE", "--undo")
    assert ids(folder) == ["GE-1", "GE-2", "GE-3"]
    assert "nothing to take back" in printed(folder, "nominate", "GE", "--undo", code=2)


def report_words(report: dict[str, Any]) -> str:
    return f"complete, receipt {report['receipt']}"


def test_a_name_that_is_alike_is_a_question_with_two_commands(
    folder: SeminarFolder, sent: Callable[[list[dict[str, str]]], None]
) -> None:
    """P05 E03: never silently new; each of the two commands settles it as it says."""
    rows = known_rows(folder)
    rows[1] |= {"nominee_name": "Zurab Gelashvili"}  # the address of GE-2, another name
    sent(rows)
    refused = printed(folder, "nominate", "GE", "--anyway", code=1)
    assert "is GE-4 “Zurab Gelashvili” the same as GE-2 “Core participant 2, Georgia”?" in refused
    assert "seminar nominate GE --same GE-4=GE-2" in refused
    assert "seminar nominate GE --new GE-4" in refused
    assert "the same as GE-2" in printed(folder, "next")
    would = printed(folder, "nominate", "GE", "--new", "GE-4", "--dry-run")
    assert "GE-2 Core participant 2, Georgia would leave" in would
    assert "there is no row with this id" in printed(
        folder, "nominate", "GE", "--same", "GE-9=GE-2", code=2
    )
    printed(folder, "nominate", "GE", "--same", "GE-4=GE-2")
    assert ids(folder) == ["GE-1", "GE-2", "GE-3"]
    assert fresh(folder).seminar.delegations["GE"][1].name == "Zurab Gelashvili"
    assert not prefill_state(fresh(folder)).nominated


def test_what_breaks_the_rule_is_told_on_receipt_with_a_sentence_to_the_neo(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """E01 E02: the same person twice, nobody of the office."""
    rows = known_rows(folder)
    rows[0] = {**rows[1], "nominee_name": "Prof. Core participant 2, Georgia"}
    send("n.ipynb", filled("nomination", "GE-NEO", {"nominees": rows}))
    told = printed(folder, "collect")
    assert "Attention: the nomination of Georgia breaks the rule." in told
    assert (
        "You can write to its NEO: “Thank you for the nomination of Georgia. We ask for 3" in told
    )
