"""Is a new kind of report one entry, a notebook and a dossier?"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from shared import ROOT, keep_countries

import seminarkit
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.session_kinds import SUMMARIES
from seminarkit.core.submissions.audience import AUDIENCES
from seminarkit.reports import kinds
from seminarkit.reports.batch import run_batch
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.reports.kinds import ReportKind
from seminarkit.reports.plan import planned
from seminarkit.site import pages as site
from seminarkit.site.page_files import documents
from seminarkit.site.publishing import publish
from seminarkit.topics.progress.status_board import board

pytestmark = pytest.mark.timeout(300)


def test_a_new_kind_is_an_entry_a_notebook_and_a_dossier(
    folder: SeminarFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J01 P07: it is run, has its page under its title, and is in the navigation of who reads it."""
    keep_countries(folder.root, ["AM", "GE"])
    dossiers = build_dossiers(folder, [])
    kind = ReportKind(
        "obstacles",
        notebook="obstacles.ipynb",
        subjects=lambda folder: ("obstacles",),
        title=lambda folder, subject: "What is in the way",
        section="Discussion",
    )
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, kind))
    cells = [
        new_code_cell('audience: str = "core"\ndossier: str = ""', metadata={"tags": ["parameters"]}),
        new_code_cell("from seminarkit import read_dossier"),
        new_code_cell('found = read_dossier(dossier, report="obstacles", audience=audience)'),
        new_code_cell("from seminarkit.core.documents.pieces import Heading"),
        new_code_cell("Heading(f'{found[\"words\"]} For {audience}.')"),
    ]  # fmt: skip
    place = folder.root / "notebooks" / "report" / kind.notebook
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps(new_notebook(cells=cells)), "utf-8")
    path = folder.dossiers / "core" / "obstacles.json"
    path.write_text('{"subject": "obstacles", "audience": "core", "words": "No level."}', "utf-8")
    reports = planned(folder, {**dossiers, ("core", "obstacles"): path}, [], over_all=True)
    mine = [report for report in reports if report.subject == "obstacles"]
    result = run_batch(mine, folder.root, jobs=1)
    assert [report.name for report in result.succeeded] == ["obstacles (core)"], result.failed
    publish(folder, board(folder.seminar, []), [])
    page = (folder.site("core") / "obstacles.html").read_text("utf-8")
    assert "No level. For core." in page and "<title>What is in the way" in page
    link = '<a href="obstacles.html"'
    assert link in (folder.site("core") / "questions.html").read_text("utf-8")
    assert link not in (folder.site("public") / "questions.html").read_text("utf-8")
    assert not (folder.site("public") / "obstacles.html").exists()


def test_each_entry_names_what_there_is(kit: SeminarFolder) -> None:
    """P07: names once each, notebooks, modules, sections; what is summed up has an entry."""
    names = [kind.name for kind in kinds.KINDS]
    assert len({*names}) == len(names)
    used = {ROOT / "notebooks" / "report" / kind.notebook for kind in kinds.KINDS}
    assert used == {*(ROOT / "notebooks" / "report").glob("*.ipynb")}
    for kind in kinds.KINDS:
        assert kind.section in ("", *site._SECTIONS)
        assert {*kind.views} <= {*seminarkit.__all__}
        assert all(find_spec(f"seminarkit.{seminarkit.HOME[view]}") for view in kind.views)
        assert bool(kind.parameter) == (kind.find is not None)
        for subject in kind.subjects(kit):
            assert kinds.kind_of(kit, subject) == kind
    assert {*SUMMARIES} <= {*names}


def test_the_files_of_an_entry_are_those_that_are_made(demo: SeminarFolder) -> None:
    """P07: a page links no file that nobody writes."""
    for kind in kinds.KINDS:
        for subject in [*kind.subjects(demo)][:2]:
            for audience in AUDIENCES:
                if not (demo.dossiers / audience / f"{subject}.json").is_file():
                    continue
                paths = [file.path for file in documents(demo, audience, subject)]
                made = {Path(path).suffix[1:] for path in paths} - {"xlsx", "csv"}  # of its tables
                assert made == {*kind.files.get(audience, ())}, (subject, audience)
