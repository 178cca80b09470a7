"""13:52, eight minutes before the conclusions: a late version, a chair's text, a chair's word."""

from __future__ import annotations

import json
import os
import re
import shlex
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from shared import ROOT

from seminarkit.cli.main import seminar as group
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.topics.conclusions.all_notes import Notes, notes
from seminarkit.topics.conclusions.notes_status import all_noted
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for

ARCHIVE = ROOT / "tests" / "first_seminar" / "seminar.tar.xz"
NEW = "We want each course described on a single page, in a form that all countries share."
FINDING = "Describe first, regulate later"
CHAIR = """\
{group} · {chair}

What was discussed
- Registers were compared
- Fees were not

What most agreed on
- A register is wanted
"""

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seminar that version 0.1.0 began, its conclusions made once; each test goes on with it."""
    place = tmp_path_factory.mktemp("late")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(place, filter="data")
    (place / "inbox").mkdir(exist_ok=True)
    run(place, "collect")
    run(place, "conclude")
    return place


def run(root: Path, *words: str) -> str:
    result = CliRunner().invoke(group, ["--folder", str(root), *words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def into_inbox(root: Path, name: str, text: str) -> None:
    path = root / "inbox" / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))


def state(root: Path) -> Notes:
    folder = SeminarFolder(root)
    return notes(folder, submissions(folder.database))


def finding(root: Path) -> Iterator[Submission]:
    """Yield the notes that hold the sentence which leads the seminar's main finding."""
    for sent in submissions(SeminarFolder(root).database):
        if any(FINDING in row.get("agreed_text", "") for row in sent.answers.get("agreed") or []):
            yield sent


def reworded(sent: Submission) -> dict[str, Any]:
    return {
        **sent.answers,
        "agreed": [
            {**row, "agreed_text": NEW} if FINDING in row["agreed_text"] else row
            for row in sent.answers["agreed"]
        ],
    }


def test_one_reworded_sentence_leaves_the_main_finding(root: Path) -> None:
    """X05 X07 G06: four of five stay one point, the public page stays, one command mends it."""
    shared = max(state(root).points, key=lambda point: len(point.statements))
    assert len(shared.statements) == 5
    public = root / "output" / "public" / "conclusions.html"
    assert FINDING in public.read_text("utf-8")
    (sent,) = finding(root)
    folder = SeminarFolder(root)
    form = form_for(folder, sent.form, sent.person, sent.subject)
    book = form_notebook(read_prose(folder.form_notebook(sent.form)), form)
    (cell,) = form_cells(book)
    made = payload(form, reworded(sent), sent.rev + 5, "2020-11-27T12:52:00Z")
    cell["outputs"] = [output(form, made)]
    into_inbox(root, "late.ipynb", json.dumps(book))
    printed = run(root, "conclude", "--collect")

    after = max(state(root).points, key=lambda point: len(point.statements))
    assert len(after.statements) == 4
    assert {s.id for s in after.statements} < {s.id for s in shared.statements}
    assert "none of them shared" not in printed
    (old,) = (s for s in shared.statements if s not in after.statements)
    for words in (f"“{old.text}”", f"“{NEW}”", "It was joined with 4 others", "It is public"):
        assert words in printed
    page = public.read_text("utf-8")
    assert FINDING in page and "The choice was made on" in page
    core = (root / "output" / "core" / "conclusions.html").read_text("utf-8")
    assert "decide first" in core and old.text in core and NEW in core
    assert "Before you speak" in core

    (command,) = re.findall(r"If they still say this: seminar (statement \S+ --was \S+);", printed)
    assert "one point: " in run(root, *shlex.split(command))
    assert len(max(state(root).points, key=lambda point: len(point.statements)).statements) == 5
    printed = run(root, "conclude")
    assert "has changed a sentence" not in printed
    page = public.read_text("utf-8")
    assert FINDING in page and "The choice was made on" not in page


def test_a_chairs_text_stands_beside_the_complete_notes(root: Path) -> None:
    """G06 P03: the author is who signed, nothing of the rapporteur's is replaced; told in red."""
    held = next(
        g
        for g in all_noted(SeminarFolder(root))
        if g.group == "d2-group-2" and g.state == "complete"
    )
    _, group_ = SeminarFolder(root).seminar.group(held.group) or pytest.fail("no such group")
    before = {s.id for s in state(root).statements}
    into_inbox(root, "from the chair.txt", CHAIR.format(group=held.group, chair=group_.chair))
    printed = run(root, "conclude", "--collect")
    after = next(g for g in all_noted(SeminarFolder(root)) if g.group == held.group)
    assert (after.receipt, after.state, after.by) == (held.receipt, "complete", held.by)
    assert after.others == (group_.chair,)
    assert before <= {s.id for s in state(root).statements}
    (red,) = (line for line in printed.splitlines() if "has notes from" in line)
    assert group_.title in red and "the chair (a draft)" in red and held.name in red
    core = (root / "output" / "core" / "conclusions.html").read_text("utf-8")
    assert "decide first</span> The group “" in core


def test_a_chair_who_wants_changes_in_notes_of_the_first_day_is_heard(root: Path) -> None:
    """G07: the reply names a receipt of notes that ask for no tick; the conclusions say it."""
    day = next(
        g
        for g in all_noted(SeminarFolder(root))
        if g.session == "d1-groups-1" and g.state != "missing"
    )
    mail = "From: who@example.org\nSubject: Notes\nContent-Type: text/plain; charset=utf-8\n\n"
    into_inbox(root, "reply.eml", f"{mail}Changes {day.receipt}: the second point\n")
    printed = run(root, "conclude", "--collect")
    assert f"The chair of “{day.title}” has seen the notes and wants changes." in printed
