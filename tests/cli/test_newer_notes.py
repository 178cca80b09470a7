"""Newer notes that do not count yet: who speaks at two o'clock knows of them, and what to do."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from notes_tools import TEXT, noted_of, seat
from shared import arrives

from seminarkit.cli.main import seminar as group
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.conclusions.facts import summary_dossiers
from seminarkit.topics.conclusions.newer_notes import newer_notes

ASKED = "“Was there disagreement?” is not answered, so the earlier ones count."
DIFFER = "Where opinions differed\n- Some want one office, others leave it to faculties (KZ)\n"
NEWER = TEXT.replace(DIFFER, "").replace("by March", "by May")

pytestmark = pytest.mark.timeout(300)


def run(folder: SeminarFolder, *words: str) -> str:
    result = CliRunner().invoke(group, ["--folder", str(folder.root), *words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def came(folder: SeminarFolder, *texts: str) -> SeminarFolder:
    seat(folder)
    for number, text in enumerate(texts):
        arrives(folder.inbox / f"{number}.txt", text)
        run(folder, "collect")
    return SeminarFolder(folder.root)


def urgent(folder: SeminarFolder) -> str:
    fresh = SeminarFolder(folder.root)
    dossiers = summary_dossiers(fresh, submissions(fresh.database))
    return "\n".join(map(str, dossiers["core", "conclusions"]["urgent"]))


def test_notes_that_want_one_answer_are_told_where_anybody_looks(folder: SeminarFolder) -> None:
    """G05 X04: conclude in red, the notes' page and command, and next; one command takes them."""
    seminar = came(folder, TEXT, NEWER)
    before = noted_of(seminar, "d2-group-1").receipt
    (waits,) = newer_notes(seminar)
    assert ASKED in waits.words and "“Policy”" in waits.words
    assert re.search(r"from \d{4}-\d\d-\d\d \d\d:\d\d, do not count yet", waits.words)
    assert waits.words in urgent(seminar)
    printed = run(folder, "conclude")
    assert waits.words in printed and waits.command in printed
    page = Path(folder.site("core") / "conclusions.html").read_text("utf-8")
    assert ASKED in page and "decide first" in page
    assert f"{waits.words} To use them as they are: {waits.command}" in run(folder, "notes")
    assert json.loads(run(folder, "notes", "--json"))["newer"]
    run(folder, "notes", "--html")
    page = (folder.site("core") / "notes.html").read_text("utf-8")
    assert ASKED in page
    receipt = waits.command.split()[-1]
    assert receipt not in page  # a receipt of notes is for organisers alone
    steps = [s for s in json.loads(run(folder, "next", "--json")) if s["what"] == waits.words]
    assert [step["how"] for step in steps] == [waits.command]

    run(folder, *shlex.split(waits.command)[1:])
    after = SeminarFolder(folder.root)
    assert noted_of(after, "d2-group-1").receipt == receipt != before
    assert newer_notes(after) == []
    assert ASKED not in urgent(after) + run(folder, "notes") + run(folder, "next")


def test_every_joined_point_has_its_heading(folder: SeminarFolder) -> None:
    """X05: the first one too."""
    came(folder, TEXT)
    lines = [line for line in run(folder, "statement").splitlines() if line[1:2] == "-"]
    run(folder, "statement", lines[0].split()[0], "--same-as", lines[1].split()[0])
    assert run(folder, "statement").startswith("One point:")


def test_notes_of_a_former_rapporteur_count_everywhere(folder: SeminarFolder) -> None:
    """G05 X04: the command, its page and the conclusions say one number."""
    came(folder, TEXT)
    seat(folder, "UA-3")
    assert "1 of 4 groups have sent notes" in run(folder, "notes")
    run(folder, "notes", "--html")
    page = (folder.site("core") / "notes.html").read_text("utf-8")
    assert "1 of 4 groups have sent their notes" in page
    assert any("Notes of 1 group are in" in s["what"] for s in json.loads(run(folder, "next", "--json")))  # fmt: skip
    assert "1 of 4" in run(folder, "conclude")


def test_who_keeps_the_earlier_notes_is_not_asked_again(folder: SeminarFolder) -> None:
    """G05: until the next ones come."""
    seminar = came(folder, TEXT, NEWER)
    run(folder, "version", noted_of(seminar, "d2-group-1").receipt)
    assert newer_notes(SeminarFolder(folder.root)) == []
    arrives(folder.inbox / "9.txt", NEWER.replace("by May", "by June"))
    run(folder, "collect")
    assert len(newer_notes(SeminarFolder(folder.root))) == 1


@pytest.mark.parametrize("texts", [(TEXT,), (NEWER,), (NEWER, TEXT)])
def test_nothing_is_told_where_the_newest_counts(
    folder: SeminarFolder, texts: tuple[str, ...]
) -> None:
    """G05: a first draft counts by itself, and complete notes replace it."""
    assert newer_notes(came(folder, *texts)) == []
