"""Do notes become a recap and conclusions by one command, public only where a person said so?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from shared import ROOT, log_of

from seminarkit.cli.main import seminar as group
from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.site.publishing import publish_summary
from seminarkit.topics.conclusions.all_notes import notes
from seminarkit.topics.conclusions.dossier_files import write_summaries
from seminarkit.topics.conclusions.facts import summary_dossiers
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for

NOTED = {
    "raised": [
        {"raised_text": "Teachers in Georgian universities need hours.", "raised_about": "GE"}
    ],
    "agreed": [
        {"agreed_text": "One page for each course, in the same words.", "agreed_about": "LO1"}
    ],
    "disagreement": "none",
    "next": [{"next_text": "Compare registers in spring, online."}],
    "chair_seen": "not_yet",
}


def run(folder: SeminarFolder, *words: str) -> Result:
    result = CliRunner().invoke(group, ["--folder", str(folder.root), *words])
    if isinstance(result.exception, SeminarError):
        raise result.exception
    assert result.exit_code == 0, (result.output, result.exception)
    return result


def decide(folder: SeminarFolder, *rapporteurs: str) -> SeminarFolder:
    """Decide a group of the second day for each rapporteur, and return the folder read again."""
    groups = [
        {"id": f"d2-group-{i}", "title": f"Group {i}", "rapporteur": person, "people": [person]}
        for i, person in enumerate(rapporteurs, start=1)
    ]
    folder.decisions.add([Seated("d2-groups", groups, at="2020-11-20T08:00:00Z")])
    return SeminarFolder(folder.root)


def send(
    folder: SeminarFolder, person: str, about: str, answers: dict[str, Any], rev: int = 5
) -> None:
    form = form_for(folder, "group_notes", person, about)
    book = form_notebook(read_prose(folder.form_notebook("group_notes")), form)
    (cell,) = form_cells(book)
    cell["outputs"] = [output(form, payload(form, answers, rev, f"2020-11-27T12:{40 + rev}:00Z"))]
    path = folder.inbox / f"{person}-{about}-{rev}.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))


def ids(folder: SeminarFolder) -> dict[str, str]:
    found = notes(SeminarFolder(folder.root), submissions(folder.database))
    return {s.text: s.id for s in found.statements}


@pytest.fixture
def held(folder: SeminarFolder) -> SeminarFolder:
    """Three groups of which the second sent nothing, and the third has had two rapporteurs."""
    before = decide(folder, "GE-2", "AM-2", "MD-2", "UA-2")
    send(before, "GE-2", "d2-group-1", NOTED)
    send(before, "MD-2", "d2-group-3", NOTED)
    send(before, "UA-2", "d2-group-4", NOTED)
    run(before, "collect")
    after = decide(folder, "GE-2", "AM-2", "MD-3")
    send(after, "MD-3", "d2-group-3", {**NOTED, "next": [{"next_text": "Another step."}]})
    return after


def test_before_groups_are_decided_there_is_nothing_to_sum_up(folder: SeminarFolder) -> None:
    """X01 X02: a sentence, and what to do."""
    run(folder, "collect")
    with pytest.raises(SeminarError, match="seminar groups --keep"):
        run(folder, "conclude")
    assert "No group has sent notes yet" in run(folder, "statement").output


def test_one_command_makes_page_document_and_slides_with_every_gap_named(
    held: SeminarFolder,
) -> None:
    """X02 X04 X08 X09 G07: from the inbox to what is handed over; the runbook says to whom."""
    program = [sys.executable, str(ROOT / "scripts" / "before_conclusions.py"), str(held.root)]
    told = subprocess.run(program, capture_output=True, text=True, timeout=200)
    assert told.returncode == 0, told.stdout + told.stderr
    for sentence in (
        "The group “Group 2” (",
        "has not sent any notes yet.",
        "The group “Group 3” has notes from Core participant 2, Moldova and Core participant 3, Moldova",
        "the group “Group 4” (d2-group-4), which does not exist any more",
        "The chair has not yet seen the notes of “Group 1”.",
        "The programme gives 15 minutes.",
        "General rapporteur     output/core/documents/conclusions.pptx\n",
        "output/public/conclusions.html   (not there yet)",
    ):
        assert sentence in told.stdout
    site = held.site("core")
    page = (site / "conclusions.html").read_text(encoding="utf-8")
    assert page.count("One page for each course, in the same words.") >= 4  # joined by nobody
    assert 'href="countries/GE.html"' in page and 'href="#LO1"' in page
    assert (site / "documents" / "conclusions.docx").stat().st_size > 5000
    assert (site / "documents" / "conclusions.pptx").stat().st_size > 5000
    assert not (held.site("public") / "conclusions.html").exists()


def test_nothing_is_public_before_somebody_takes_it_over_without_saying_who_spoke(
    held: SeminarFolder,
) -> None:
    """X07: names of countries and people are refused; other words are another decision."""
    run(held, "collect")
    of = ids(held)
    named, free = of["Teachers in Georgian universities need hours."], of["Another step."]
    received = submissions(held.database)
    assert ("public", "conclusions") not in summary_dossiers(held, received)
    with pytest.raises(UsageError, match="the country's name Georgian"):
        run(held, "statement", named, "--take")
    with pytest.raises(UsageError, match="the code GE-2"):
        run(held, "statement", free, "--words", "As GE-2 said.")
    with pytest.raises(UsageError, match="Did you mean"):
        run(held, "statement", free[:-1], "--take")
    run(held, "statement", free, "--take")
    run(held, "statement", named, "--words", "Teachers need hours for all this, said aloud.")
    public = summary_dossiers(SeminarFolder(held.root), received)["public", "conclusions"]
    said = [p["text"] for each in public["sections"] for p in each["points"]]
    assert said == ["Teachers need hours for all this, said aloud.", "Another step."]
    assert not {"groups", "attention", "near", "mini"} & public.keys()
    assert named not in json.dumps(public) and "Group 1" not in json.dumps(public)
    run(held, "statement", free, "--leave")
    public = summary_dossiers(SeminarFolder(held.root), received)["public", "conclusions"]
    assert [p["text"] for each in public["sections"] for p in each["points"]] == said[:1]


def test_what_is_left_again_is_on_no_page_any_more(held: SeminarFolder) -> None:
    """X07: not only after the next publish, but as soon as the summary is made."""
    run(held, "collect")
    of = ids(held)
    for text in ("Another step.", "Compare registers in spring, online."):
        run(held, "statement", of[text], "--take")
    write_summaries(SeminarFolder(held.root), submissions(held.database))
    site = held.site("public")
    old = [site / "conclusions.html", site / "documents" / "conclusions.docx"]
    for path in (*old, held.reports / "public" / "conclusions.ipynb"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Another step.", encoding="utf-8")
    run(held, "statement", *of.values(), "--leave")
    write_summaries(SeminarFolder(held.root), submissions(held.database))
    publish_summary(SeminarFolder(held.root), "conclusions")
    assert not list(held.root.glob("**/public/**/conclusions.*"))


def test_what_was_decided_about_old_words_waits_beside_the_new_ones(held: SeminarFolder) -> None:
    """X05 X07: what is public stays so, with its time, until somebody decides; both ways."""
    run(held, "collect")
    old = ids(held)["Another step."]
    run(held, "statement", old, "--take")
    send(held, "MD-3", "d2-group-3", {**NOTED, "next": [{"next_text": "Quite another."}]}, rev=9)
    run(held, "collect")
    new = ids(held)["Quite another."]

    def dossiers() -> dict[Any, dict[str, Any]]:
        return summary_dossiers(SeminarFolder(held.root), submissions(held.database))

    public = dossiers()["public", "conclusions"]
    assert [p["text"] for p in public["sections"][0]["points"]] == ["Another step."]
    assert "20" in public["as_taken"]
    core = dossiers()["core", "conclusions"]
    (words,) = (sentence for sentence in core["urgent"] if "words" in sentence)
    sentence = f"{words} {core['steps'][words]}"  # pages show the words, a terminal both
    for words in (
        "“Another step.”",
        "“Quite another.”",
        f"seminar statement {new} --was {old}; if not: seminar statement {old} --leave",
    ):
        assert words in sentence
    assert sentence in run(held, "statement").output
    with pytest.raises(UsageError, match="No decision about old words is waiting at"):
        run(held, "statement", new, "--was", new)
    assert "is dropped" in run(held, "statement", old, "--leave").output
    assert ("public", "conclusions") not in dossiers()
    send(held, "MD-3", "d2-group-3", {**NOTED, "next": [{"next_text": "Another step!"}]}, rev=11)
    run(held, "collect")
    run(held, "statement", old, "--take")
    send(held, "MD-3", "d2-group-3", {**NOTED, "next": [{"next_text": "Quite another."}]}, rev=13)
    run(held, "collect")
    assert "public as “Another step!”" in run(held, "statement", new, "--was", old).output
    assert "as_taken" in dossiers()["public", "conclusions"]
    assert dossiers()["public", "conclusions"]["as_taken"] == ""
    assert not [s for s in dossiers()["core", "conclusions"]["urgent"] if "words" in s]


def test_who_is_forgotten_leaves_no_statement_and_no_decision(held: SeminarFolder) -> None:
    """S06: pages that were made of their words go, and what was taken over of them."""
    run(held, "collect")
    run(held, "statement", ids(held)["Another step."], "--take")
    site = held.site("core")
    made = [site / "conclusions.html", site / "documents" / "conclusions.pptx"]
    for path in made:  # as `seminar conclude` leaves them
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Another step.", encoding="utf-8")
    run(held, "forget", "MD-3", "--yes")
    assert "Another step." not in ids(held)
    assert not any(path.exists() for path in made)
    kept = log_of(held.root, "decisions").read_text(encoding="utf-8")
    assert "Another step." not in kept


def test_a_runbook_without_a_seminar_says_so(tmp_path: Path) -> None:
    """X01: and its help has an example."""
    script = str(ROOT / "scripts" / "night_between.py")
    told = subprocess.run([sys.executable, script, str(tmp_path)], capture_output=True, text=True)
    assert (told.returncode, "There is no seminar.yml" in told.stdout) == (2, True)
    told = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True)
    assert told.returncode == 0 and "Example:" in told.stdout
