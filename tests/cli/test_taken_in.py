"""Does each command that takes something in say what it did, until what was set aside is mended?"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from seminarkit.cli.main import seminar as group
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.set_aside_files import file_name, set_aside
from seminarkit.site.publishing import publish_status
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.progress.status_board import board

NOTES = {
    "raised": [{"raised_text": "Teachers need hours."}],
    "agreed": [{"agreed_text": "One page for each course."}],
    "disagreement": "none",
    "next": [{"next_text": "Compare registers in spring."}],
    "chair_seen": "not_yet",
}
BROKEN = "GE-2 notes.ipynb"


def run(folder: SeminarFolder, *words: str) -> str:
    result = CliRunner().invoke(group, ["--folder", str(folder.root), *words])
    assert result.exit_code == 0, (result.output, result.exception)
    return " ".join(result.output.split())


def arrive(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    os.utime(path, (1_600_000_000, 1_600_000_000))


def notes_file(folder: SeminarFolder) -> bytes:
    form = form_for(folder, "group_notes", "GE-2", "d2-group-1")
    book = form_notebook(read_prose(folder.form_notebook("group_notes")), form)
    (cell,) = form_cells(book)
    cell["outputs"] = [output(form, payload(form, NOTES, 5, "2020-11-27T12:40:00Z"))]
    return json.dumps(book).encode()


@pytest.fixture
def held(folder: SeminarFolder) -> SeminarFolder:
    """A group with its rapporteur, whose notes arrive half written."""
    groups = [{"id": "d2-group-1", "title": "Group 1", "rapporteur": "GE-2", "people": ["GE-2"]}]
    folder.decisions.add([Seated("d2-groups", groups, at="2020-11-20T08:00:00Z")])
    held = SeminarFolder(folder.root)
    arrive(held.inbox / BROKEN, notes_file(held)[:2000])
    return held


@pytest.mark.timeout(300)
def test_what_was_set_aside_is_told_by_every_command_until_it_is_mended(
    held: SeminarFolder,
) -> None:
    """P14: name, reason and remedy, also from within conclude, and again at the next run."""
    first = run(held, "conclude", "--collect")
    (waiting,) = set_aside(held)
    assert f"set aside: {BROKEN}" in first and waiting.text in first
    assert f"still set aside: {BROKEN} {waiting.text}" in run(held, "collect")
    commands: tuple[tuple[str, ...], ...] = (("status",), ("notes",), ("conclude",))
    for words in commands:
        assert f"Still set aside: {BROKEN}. To see what to do about each: seminar collect" in run(
            held, *words
        )
    assert BROKEN in run(held, "next")
    arrive(held.inbox / BROKEN, notes_file(held))
    second = run(held, "conclude", "--collect")
    assert "set aside" not in second and "1 accepted" in second
    assert set_aside(held) == []
    for words in commands:
        assert "set aside" not in run(held, *words)


def test_an_organiser_settles_what_needs_nothing(held: SeminarFolder) -> None:
    """P14: it is named no more, also after a rebuild; a wrong name is an error with the near one."""
    run(held, "collect")
    wrong = CliRunner().invoke(
        group, ["--folder", str(held.root), "collect", "--settled", "GE-2 note.ipynb"]
    )
    assert wrong.exit_code == 2 or BROKEN in str(wrong.exception)
    assert "Settled" in run(held, "collect", "--settled", BROKEN)
    assert "set aside" not in run(held, "status")
    assert "still set aside" not in run(held, "collect", "--rebuild")


def test_pages_of_others_tell_how_many_and_not_which(held: SeminarFolder) -> None:
    """P14 P11: a file's name is for organisers; core participants see that something is missing."""
    run(held, "collect")
    rows = board(held.seminar, submissions(held.database))
    page = publish_status(held, rows).read_text("utf-8")
    assert "1 received file is set aside" in page and BROKEN not in page


@pytest.mark.parametrize(
    ("came", "again"),
    [("a.docx", "a (1).docx"), ("mail/Note.docx", "note.docx"), ("x(2).ipynb", "x.ipynb")],
)
def test_a_copy_is_known_by_its_name(came: str, again: str) -> None:
    """P14."""
    assert file_name(came) == file_name(again)


def test_as_data_it_says_the_same(held: SeminarFolder) -> None:
    """P14: --json of collect and of conclude hold outcomes and what waits."""
    made = json.loads(run(held, "conclude", "--collect", "--json"))
    assert [each["kind"] for each in made["collected"]["outcomes"]] == ["aside"]
    assert [each["name"] for each in json.loads(run(held, "collect", "--json"))["set_aside"]] == [
        BROKEN
    ]
