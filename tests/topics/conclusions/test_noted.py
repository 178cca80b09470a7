"""Who has sent notes, what is told of it where, and that private notes are told nowhere."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from notes_tools import ANSWERS, TEXT, seat

from seminarkit.core.forms.bundle import payload
from seminarkit.core.seminar.checks import check_programme
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.reports.batch import run_batch
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.reports.plan import planned
from seminarkit.site.publishing import publish, publish_notes, publish_status
from seminarkit.topics.briefs.preparation import prepared
from seminarkit.topics.conclusions.notes_status import all_noted, status_of_notes
from seminarkit.topics.days.sheets import write_sheets
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document
from seminarkit.topics.packs.write_packs import prepare
from seminarkit.topics.progress.role_steps import of_role
from seminarkit.topics.progress.status_board import board

Send = Callable[[str, Any], Path]
SECRET = "swordfish"


def inside(path: Path) -> Iterator[bytes]:
    """Yield what a file holds, and each part of a file that is an archive."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def test_private_notes_are_kept_and_stand_in_no_output(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """G09 T02: by text, by Word and by a chair; dossiers, pages, documents, packs, sheets, JSON."""
    seminar = seat(folder)
    form = form_for(seminar, "group_notes", "UA-2", "d2-group-1")
    word = form_document(form, payload(form, {**ANSWERS, "scratch": f"{SECRET} in Word"}, 3))
    send("1.txt", TEXT + f"\nMy notes, for myself\n{SECRET} as text\n")
    send("2.docx", word)
    send("3.txt", f"d1-groups-1-dcu\nOpen matters: {SECRET}\nWhat the group takes from the case\n- A\nQuestions that stay open\n- B\n")  # fmt: skip
    result = collect(seminar)
    received = submissions(seminar.database)
    assert sum(SECRET in str(s.answers["scratch"]) for s in received) == 2
    rows = board(seminar.seminar, received)
    dossiers = build_dossiers(seminar, received)
    assert not run_batch(planned(seminar, dossiers, ["UA"], over_all=False), seminar.root).failed
    publish(seminar, rows, received)
    publish_status(seminar, rows)
    publish_notes(seminar, all_noted(seminar))
    write_sheets(seminar, prepared(seminar.seminar, rows))
    prepare(seminar, ["UA", "programme"], word=True)
    told = json.dumps([*map(str, result.outcomes), *map(str, all_noted(seminar)), *map(str, rows)])
    assert SECRET not in told
    kept = {seminar.inbox, seminar.received}
    files = [
        path
        for path in seminar.root.rglob("*")
        if path.is_file() and not kept & set(path.parents) and path.name != seminar.database.name
    ]
    assert {p.suffix for p in files} >= {".html", ".json", ".docx", ".txt", ".ipynb"}
    assert [p for p in files if any(SECRET.encode() in part for part in inside(p))] == []
    raw = [path.read_bytes() for path in seminar.received.rglob("*") if path.is_file()]
    assert sum(SECRET.encode() in data for data in raw) >= 2


def test_check_and_next_know_who_takes_notes(folder: SeminarFolder) -> None:
    """G01: who is named is no finding any more; who has not said yes is; with what to bring."""
    before = [f.text for f in check_programme(folder.seminar)]
    assert "Three unnamed: group rapporteur (from the HERE)." in before
    seminar = seat(folder).seminar
    after = {(f.where, f.text) for f in check_programme(seminar)}
    assert ("d2-groups", "Two unnamed: group rapporteur (from the HERE).") in after
    assert not [where for where, text in after if "not confirmed" in text]
    first, second = of_role(seminar, "group rapporteur")
    assert first.what == "Policy (d2-group-1): UA-2 Core participant 2, Ukraine"
    assert "12:30–13:30. Bring a computer with this sheet open" in first.how
    assert second.what == "Institutions (d2-group-2): to be named"
    group = seminar.seating["d2-groups"][0].model_copy(update={"confirmed": False})
    asked = seminar.model_copy(update={"seating": {**seminar.seating, "d2-groups": [group]}})
    assert [f.where for f in check_programme(asked) if "not confirmed" in f.text] == ["d2-group-1"]
    assert of_role(asked, "group rapporteur")[0].what.endswith("Ukraine, to be confirmed")


def test_a_group_that_sent_nothing_is_named(folder: SeminarFolder, send: Send) -> None:
    """G05: every group has a line, with who was to write, and what an unfinished sheet lacks."""
    seminar = seat(folder)
    send("1.txt", TEXT.split("What should happen")[0])
    collect(seminar)
    states = {n.group: n for n in all_noted(seminar)}
    assert list(states) == ["d1-groups-1-dcu", "d1-groups-1-ghent", "d2-group-1", "d2-group-2"]
    assert states["d2-group-1"].missing == ("What should happen next, and who should do it",)
    assert (states["d2-group-2"].by, states["d2-group-2"].state) == ("", "missing")
    page = publish_notes(seminar, list(states.values())).read_text("utf-8")
    for words in ("1 of 4 groups have sent", "nobody named yet", "not yet seen by the chair"):
        assert words in page
    nothing = SeminarFolder(folder.root).seminar.model_copy(update={"seating": {}})
    assert status_of_notes(nothing, folder.forms, [], []) == []
