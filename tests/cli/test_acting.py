"""Do the commands that make people act name what is owed, keep a log, and do nothing unasked?"""

from __future__ import annotations

import json
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from in_process import seminar
from shared import log_of

from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME
from seminarkit.core.seminar.delegation_decisions import Asked, Reminded
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells

Send = Callable[[str, Any], Path]


def nominee(name: str, profile: str, **more: str) -> dict[str, str]:
    email = f"{name.split()[0].lower()}@example.org"
    row = {"nominee_name": name, "nominee_profile": profile, "nominee_email": email}
    return {**row, "nominee_function": "Adviser, a ministry", **more}


THREE = [
    nominee("NEO representative, Georgia", "neo"),
    nominee("Core participant 2, Georgia", "policy"),
    nominee("New person, Georgia", "quality_assurance"),
]


def mail(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[return-value]


def test_a_nomination_changes_the_delegation_and_keeps_its_history(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """E01 E03: who stays keeps the id, who is new gets one that nobody had, who left is kept."""
    send("q.ipynb", filled("questions", "GE-3", {"questions": [{"question": "Who pays?"}]}))
    send("n.ipynb", filled("nomination", "GE-NEO", {"nominees": THREE}))
    seminar(folder.root, "collect")
    told = seminar(folder.root, "nominate").stdout
    assert "GE-4   New person, Georgia (quality assurance, Adviser, a ministry, new@" in told
    leaves = "Core participant 3, Georgia leaves; this no longer counts: Questions"
    assert f"GE-3   {leaves}" in told
    assert (
        "No nomination would be taken" in seminar(folder.root, "nominate", "GE", "--dry-run").stdout
    )
    refused = seminar(folder.root, "nominate", "georgia", code=1).stderr
    assert "GE-3 Core participant 3, Georgia would leave, but has sent something" in refused
    assert len(SeminarFolder(folder.root).seminar.former) == 0
    assert "1 nomination taken" in seminar(folder.root, "nominate", "georgia", "--anyway").stdout
    after = SeminarFolder(folder.root).seminar
    assert [p.id for p in after.delegations["GE"]] == ["GE-1", "GE-2", "GE-4"]
    assert [p.id for p in after.former["GE"]] == ["GE-3"]
    told = seminar(folder.root, "collect").stdout
    assert "made again from the received files, because seminar.yml or a form has changed" in told
    board = json.loads(seminar(folder.root, "status", "--json").stdout)
    (georgia,) = (row for row in board["countries"] if row["country"] == "GE")
    assert {e["person"] for e in georgia["tasks"]["questions"]["entries"]} == {
        "GE-1",
        "GE-2",
        "GE-4",
    }
    assert "0 nominations taken" in seminar(folder.root, "nominate", "GE").stdout
    seminar(folder.root, "prepare", "--country", "GE")
    assert (folder.packs / "GE" / "GE-4" / "index.html").is_file()
    seminar(folder.root, "verify")


@pytest.mark.parametrize(
    ("people", "problem"),
    [
        (THREE[:2], "2 are named, 3 are asked for."),
        ([*THREE[1:], nominee("Third person", "policy")], "Nobody of its NEO is among them."),
        ([*THREE[:2], nominee("CORE  participant 2, georgia", "policy")], "is named twice."),
        ([*THREE[:2], nominee("Core participant 2, Albania", "policy")], "is nominated by Albania too."),
        ([*THREE[:2], nominee("Other", "policy", nominee_email=THREE[1]["nominee_email"])], "are named with the same address."),
    ],
)  # fmt: skip
def test_a_nomination_that_breaks_the_rule_is_told_and_not_taken(
    folder: SeminarFolder, send: Send, filled: Any, people: list[dict[str, str]], problem: str
) -> None:
    """E02: exactly three, the NEO among them, nobody twice."""
    send("n.ipynb", filled("nomination", "GE-NEO", {"nominees": people}))
    seminar(folder.root, "collect")
    run = seminar(folder.root, "nominate", "GE", code=1)
    assert problem in run.stdout
    assert "No nomination was taken" in run.stderr
    assert SeminarFolder(folder.root).seminar.former == {}
    assert "1 nomination taken" in seminar(folder.root, "nominate", "GE", "--anyway").stdout


def test_one_country_has_more_time_and_it_shows_everywhere(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> None:
    """O33: on the board, in the forms and in the reminder; no other country's day moves."""
    late = "2020-11-22T10:00:00Z"
    for person in ("GE-1", "AM-1"):
        send(f"{person}.ipynb", filled("country_report", person, answers, saved_at=late))
    seminar(folder.root, "collect")
    seminar(folder.root, "extend", "GE", "country_report", "2020-11-24", "--dry-run")
    assert SeminarFolder(folder.root).seminar.extensions == {}
    told = seminar(folder.root, "extend", "Georgia", "country_report", "2020-11-24").stdout
    assert "due Tuesday 24 November 2020, 23:59 in Brussels" in told
    board = json.loads(seminar(folder.root, "status", "--json").stdout)
    words = {row["country"]: row["tasks"]["country_report"]["words"] for row in board["countries"]}
    assert (words["GE"], words["AM"]) == ("complete", "complete, late")
    seminar(folder.root, "prepare", "--country", "GE")
    page = (folder.packs / "GE" / "GE-2" / "GE-2-country_report.html").read_text("utf-8")
    assert "Tuesday 24 November 2020, 23:59 in Brussels" in page
    for wrong, words_ in (("soon", "is not a date"), ("2020-13-01", "is not a date")):
        assert words_ in seminar(folder.root, "extend", "GE", "questions", wrong, code=2).stderr


def test_a_reminder_names_only_what_is_owed(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> None:
    """O14 O30 O35: drafts for who owes, the same as the board; twice a day warns; never sent."""
    send("r.ipynb", filled("country_report", "GE-1", answers))
    send("q.ipynb", filled("questions", "GE-2", {"questions": [{"question": "Half a question"}]}))
    seminar(folder.root, "collect")
    seminar(folder.root, "prepare", "--country", "GE", "--country", "LY")
    told = seminar(folder.root, "remind", "--dry-run").stdout
    assert "25 drafts would be written" in told
    assert "SY  There is no recipient for Syria: seminar.yml names no contact" in told
    assert not folder.mails.exists()
    found = json.loads(seminar(folder.root, "remind", "--json").stdout)
    board = json.loads(seminar(folder.root, "status", "--json").stdout)
    owes = {row["country"]: row["owes"] for row in board["countries"] if row["nominated"]}
    assert {e["country"]: e["owes"] for e in found if e["country"] in owes} == owes
    assert len(list(folder.mails.glob("remind-*.eml"))) == 25
    draft = mail(folder.mails / "remind-GE.eml")
    assert draft["To"] == "neo-ge@example.org"
    assert draft["X-Unsent"] == "1"
    assert draft["Subject"].startswith("[Action required")
    assert "13 Nov] SPHERE Online Seminar: Georgia" in draft["Subject"]
    text = draft.get_body().get_content()  # type: ignore[union-attr]
    assert "Country report" not in text
    assert "Core participant 2, Georgia: 0 of 2 answered" in text
    attached = {part.get_filename() for part in draft.iter_attachments()}
    assert attached == {
        *(f"GE-{n}-{form}.html" for n in (1, 2, 3) for form in ("pre_survey", "registration")),
        "GE-1-questions.html",
        "GE-3-questions.html",
    }
    nominate = mail(folder.mails / "remind-LY.eml")
    assert [part.get_filename() for part in nominate.iter_attachments()] == [
        "LY-NEO-nomination.html"
    ]
    before = (folder.mails / "remind-GE.eml").read_bytes()
    told = seminar(folder.root, "remind", "--country", "GE").stdout
    assert "GE  was already reminded today" in told
    seminar(folder.root, "remind", "--country", "GE", "--again")
    assert (folder.mails / "remind-GE.eml").read_bytes() == before
    log = [each for each in SeminarFolder(folder.root).decisions if isinstance(each, Reminded)]
    assert len(log) == 26


def test_a_question_goes_back_in_the_form_and_the_answer_settles_it(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> None:
    """O31: the remark stands in the same form, the next version supersedes, history is kept."""
    send("r.ipynb", filled("country_report", "GE-2", answers, rev=7))
    seminar(folder.root, "collect")
    words = 'Which of them carry credits? <script>alert("x")</script>'
    seminar(folder.root, "ask", "GE", words, "--dry-run")
    assert not list(SeminarFolder(folder.root).decisions)
    told = seminar(folder.root, "ask", "GE", words).stdout
    assert "GE-2 is asked about the version GE-" in told
    book = json.loads(
        (folder.packs / "GE" / "GE-2" / "GE-2-country_report.ipynb").read_text("utf-8")
    )
    (cell,) = form_cells(book)
    shown = cell["outputs"][0]["data"]
    assert shown[FORM_MIME]["remarks"] == [words]
    assert (shown[ANSWERS_MIME]["rev"], shown[ANSWERS_MIME]["answers"]) == (7, answers)
    page = (folder.packs / "GE" / "GE-2" / "GE-2-country_report.html").read_text("utf-8")
    assert '<script>alert("x")' not in page
    draft = mail(folder.mails / "ask-GE-2-country_report.eml")
    assert words in draft.get_body().get_content()  # type: ignore[union-attr]
    assert "no answer yet: GE-2" in seminar(folder.root, "status").stdout
    better = {**answers, "institutions": "Two of them, six credits each."}
    send("r2.ipynb", filled("country_report", "GE-2", better, rev=9))
    seminar(folder.root, "collect")
    assert json.loads(seminar(folder.root, "status", "--json").stdout)["asked"] == []
    assert [type(each) for each in SeminarFolder(folder.root).decisions] == [Asked]
    seminar(folder.root, "prepare", "--country", "GE")
    page = (folder.packs / "GE" / "GE-2" / "GE-2-country_report.html").read_text("utf-8")
    assert '"remarks"' not in page


def test_who_is_asked_must_be_one(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> None:
    for person in ("GE-1", "GE-2"):
        send(f"{person}.ipynb", filled("country_report", person, answers))
    seminar(folder.root, "collect")
    assert (
        "There are several answers: GE-1, GE-2"
        in seminar(folder.root, "ask", "GE", "x", code=2).stderr
    )
    assert (
        "Nothing has been received from AM" in seminar(folder.root, "ask", "AM", "x", code=2).stderr
    )


def test_a_changed_log_of_decisions_is_told(folder: SeminarFolder) -> None:
    """O38"""
    seminar(folder.root, "extend", "GE", "questions", "2020-11-24")
    log = log_of(folder.root, "decisions")
    whole = log.read_bytes()
    log.write_text(log.read_text().replace("2020-11-24", "2020-12-24"))
    told = seminar(folder.root, "verify")
    assert "decisions.jsonl was damaged" in told.stderr
    assert log.read_bytes() == whole
    (spoilt,) = (folder.received / "spoilt").iterdir()
    assert "2020-12-24" in spoilt.read_text()
