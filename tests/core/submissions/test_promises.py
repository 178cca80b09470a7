"""A form that is changed after answers came: what was promised to their writers goes on to hold."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from command_walk import send
from shared import complete_report, log_of

from seminarkit.cli.main import seminar
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.promise_log import note_promises, read_promises
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.audience import readable
from seminarkit.topics.intake.collect import collect

ASKED = {"questions": [{"question": "zqfirst", "about": "d1-keynote", "why": "zqreason"}]}


@pytest.fixture
def own(tmp_path: Path) -> SeminarFolder:
    """A seminar with forms of its own, so that they can be changed."""
    shutil.copy(KIT / "seminar.yml", tmp_path)
    shutil.copytree(KIT / "templates" / "forms", tmp_path / "templates" / "forms")
    return SeminarFolder(tmp_path)


def change(folder: SeminarFolder, form: str, *pairs: tuple[str, str]) -> SeminarFolder:
    """Write a form anew, and return the folder as it is then."""
    path = folder.form_file(form)
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return SeminarFolder(folder.root)


def come(folder: SeminarFolder, person: str, form: str, answers: dict[str, Any]) -> SeminarFolder:
    """Hand the forms out, have one filled in, and take it in."""
    note_promises(folder)
    send(folder, person, form, answers)
    collect(folder)
    return SeminarFolder(folder.root)


def seen(folder: SeminarFolder, reader: Audience) -> str:
    return json.dumps(
        [dict(s.answers) for s in readable(folder, submissions(folder.database), reader)]
    )


def test_an_answer_stays_for_whom_it_was_promised(own: SeminarFolder) -> None:
    """P01: a form for chairs becomes one for all; what came before is for chairs."""
    folder = change(own, "questions", ("audience: core", "audience: chairs"))
    folder = come(folder, "GE-2", "questions", ASKED)
    wide = change(folder, "questions", ("audience: chairs", "audience: core"))
    assert "zqfirst" in seen(wide, "chairs")
    assert "zqfirst" not in seen(wide, "core")
    again = {"questions": [{"question": "zqsecond", "about": "d1-keynote"}]}
    same = come(wide, "AM-2", "questions", again)
    assert "zqsecond" not in seen(same, "core"), "the number of the version says no more"
    newer = change(same, "questions", ('version: "1"', 'version: "2"'))
    newer = come(newer, "AL-2", "questions", {"questions": [{"question": "zqthird", "about": "d1-keynote"}]})  # fmt: skip
    assert "zqthird" in seen(newer, "core")
    assert not {"zqfirst", "zqsecond"} & {word for word in ("zqfirst", "zqsecond") if word in seen(newer, "core")}  # fmt: skip


def test_one_question_alone_can_be_opened_for_later_answers(own: SeminarFolder) -> None:
    """P01: also a question in rows; the others of the form are as they were."""
    hidden = ("name: why\n", "name: why\n        audience: organisers\n")
    folder = come(change(own, "questions", hidden), "GE-2", "questions", ASKED)
    folder = change(folder, "questions", (hidden[1], hidden[0]))
    assert "zqfirst" in seen(folder, "core")
    assert "zqreason" not in seen(folder, "core") and "zqreason" in seen(folder, "organisers")


def test_a_consent_that_was_asked_for_is_needed_for_ever(own: SeminarFolder) -> None:
    """P01 O24: taking the question of consent away publishes nobody's report."""
    folder = come(own, "GE-2", "country_report", complete_report(legislation="zqlaw", publish="no"))
    consent = '\nconsent: {question: publish, answer: "yes"}'
    open_form = change(folder, "country_report", (consent, ""))
    assert "zqlaw" in seen(open_form, "core")
    assert "zqlaw" not in seen(open_form, "public")


def test_a_narrower_audience_holds_at_once(own: SeminarFolder) -> None:
    """P01: nobody waits for a new version to be more careful."""
    folder = come(own, "GE-2", "questions", ASKED)
    folder = change(folder, "questions", ("audience: core", "audience: organisers"))
    assert "zqfirst" not in seen(folder, "core")


def test_commands_that_hand_forms_out_write_down_what_they_promise(own: SeminarFolder) -> None:
    """P01: prepare does, once for the same words; check says what a change leaves closed."""
    for _ in range(2):
        result = CliRunner().invoke(
            seminar, ["--folder", str(own.root), "prepare", "--country", "GE"]
        )
        assert result.exit_code == 0, result.output
    promises = read_promises(own)
    assert set(promises) == {(name, form["version"]) for name, form in own.forms.items()}
    assert len(log_of(own.root, "promises").read_text().splitlines()) == len(own.forms)
    assert promises["country_report", "1"].allows("known_corrections", "core")
    assert not promises["country_report", "1"].allows("known_corrections", "public")
    change(own, "strategy_plan", ("audience: group", "audience: core"))
    shown = CliRunner().invoke(seminar, ["--folder", str(own.root), "check"]).output
    assert "strategy_plan.yml" in shown and "to fewer readers" in shown
