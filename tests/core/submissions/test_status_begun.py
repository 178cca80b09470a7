"""Is a draft of changes beside a complete version shown wherever the board is made?"""

from __future__ import annotations

import ast
import json
from contextlib import closing
from typing import Any

from click.testing import CliRunner
from shared import ROOT

from seminarkit.cli.main import seminar
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import Index
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.received_files import Arrival
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_states import judge_versions
from seminarkit.core.submissions.audience import receipts_for
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.topics.progress.status_board import board_of

BEGUN = "complete, changes begun"


def report(arrival: int, **changed: Any) -> Submission:
    values: dict[str, Any] = {
        "arrival": arrival,
        "part": "",
        "form": "country_report",
        "subject": "",
        "form_version": "1",
        "instance": "0" * 16,
        "rev": arrival,
        "saved_at": f"2020-11-10T1{arrival}:00:00Z",
        "moment": f"2020-11-10T1{arrival}:00:00Z",
        "country": "GE",
        "person": "GE-1",
        "answers": {},
        "answered": 15,
        "total": 15,
        "complete": True,
        "receipt": f"GE-000{arrival}",
        "version": f"{arrival:064}",
    }
    return Submission(**{**values, **changed})


def stored(folder: SeminarFolder, *versions: Submission) -> None:
    arrivals = [Arrival(v.arrival, f"{v.arrival:064}", "x.ipynb", 1, v.saved_at) for v in versions]
    with closing(Index(folder.database)) as index:
        index.record(arrivals, versions, [], [], [judge_versions(versions)])


def test_changes_that_were_begun_are_on_every_board(folder: SeminarFolder) -> None:
    """O13 P02: on the board, in the page of status, and in what the core's reports are made of."""
    stored(folder, report(1), report(2, complete=False, answered=4))
    come = submissions(folder.database)
    assert [(each.receipt, each.complete) for each in come] == [("GE-0001", True)]
    for receipts in ((), receipts_for(folder.forms, "core")):
        words = {r.country: r.cells[1].words for r in board_of(folder, come, receipts)}
        assert words.pop("GE") == BEGUN
        assert set(words.values()) == {"missing"}

    dossiers = build_dossiers(folder, come)
    core = json.loads(dossiers["core", "GE"].read_text("utf-8"))
    assert BEGUN in [task["words"] for task in core["tasks"]]
    for subject, holds in (("core", True), ("public", False)):
        text = dossiers[subject, "overview"].read_text("utf-8")  # type: ignore[index]
        assert (BEGUN in text) is holds

    words = ["--folder", str(folder.root), "status", "--html"]
    told = CliRunner().invoke(seminar, words, catch_exceptions=False)
    assert told.exit_code == 0
    assert "Changes begun: " in told.output
    assert BEGUN in (folder.site("core") / "status.html").read_text("utf-8")


def test_without_a_draft_beside_it_nothing_is_begun(folder: SeminarFolder) -> None:
    """O13: what is complete, and a draft that was saved before it."""
    stored(folder, report(1, complete=False, answered=4), report(2))
    (row,) = (r for r in board_of(folder, submissions(folder.database)) if r.country == "GE")
    assert row.cells[1].words == "complete"


def test_only_one_place_of_the_package_makes_the_board() -> None:
    """O13: who asked board itself could leave out what was begun; all ask board_of."""
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "seminarkit").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "board"
    }
    assert asking == {"seminarkit/topics/progress/status_board.py"}
