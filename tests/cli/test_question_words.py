"""A question that comes back in other words: both wordings are shown, and one step settles it."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from seminarkit.cli.main import seminar as group
from seminarkit.core.documents.plain_text import plain_text
from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.site.pages import frame
from seminarkit.topics.briefs.talk_view import questions as brief_questions
from seminarkit.topics.questions.page import questions_page

Send = Callable[[str, Any], Path]
OLD = "Is a credit transfer table between two universities worth the trouble?"
NEW = "Is the certificate recognised outside Belgium?"
OTHER = "Who pays for a course in the end?"


def run(folder: SeminarFolder, *words: str) -> str:
    result = CliRunner().invoke(group, ["--folder", str(folder.root), *words])
    if isinstance(result.exception, SeminarError):
        raise result.exception
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


@pytest.fixture
def post(folder: SeminarFolder, send: Send, filled: Any) -> Callable[..., None]:
    """Take in the questions of a person on Ghent: post("GE-2", 5, "Why?", "Who?")."""

    def put(person: str, rev: int, *questions: str) -> None:
        rows = [{"about": "ghent", "question": question} for question in questions]
        saved_at = f"2020-11-1{rev}T10:00:00Z"
        sent = filled("questions", person, {"questions": rows}, rev=rev, saved_at=saved_at)
        send(f"{person}-{rev}.ipynb", sent)
        run(folder, "collect")

    return put


@pytest.fixture
def joined(folder: SeminarFolder, post: Callable[..., None]) -> SeminarFolder:
    """A pair that is chosen, with an owner; then one of the two comes back in other words."""
    post("EG-2", 1, "What of workload?", OLD)
    post("UZ-1", 1, OTHER)
    run(folder, "question", "EG-2-q2", "--chosen", "--owner", "SPHERE Team")
    run(folder, "question", "UZ-1-q1", "--same-as", "EG-2-q2")
    post("EG-2", 2, "What of workload?", NEW)
    return folder


def standing(folder: SeminarFolder) -> dict[str, tuple[str, str, set[str]]]:
    data = json.loads(run(folder, "questions", "--json"))
    return {
        question["id"]: (each["mark"], each["owner"], {q["id"] for q in each["questions"]})
        for each in data["matters"].values()
        for question in each["questions"]
    }


def test_a_pair_with_a_changed_member_is_no_question_any_more(joined: SeminarFolder) -> None:
    """H04: the other keeps what was decided on the two; in list, page and brief with both words."""
    assert standing(joined) == {
        "EG-2-q1": ("open", "", {"EG-2-q1"}),
        "EG-2-q2": ("open", "", {"EG-2-q2"}),
        "UZ-1-q1": ("chosen", "SPHERE Team", {"UZ-1-q1"}),
    }
    listed = run(joined, "questions")
    for words in (
        f"decided about the words “{OLD}”: chosen; SPHERE Team will answer; "
        "asked together with UZ-1-q1",
        f"the words of EG-2-q2 are now: “{NEW}”",
        "seminar question EG-2-q2 --confirm; if not: seminar question EG-2-q2 --open",
        f"was asked together with EG-2-q2, “{OLD}”; its words are now: “{NEW}”",
    ):
        assert words in listed
    build_dossiers(joined, submissions(joined.database))
    page = unescape(
        questions_page(
            SeminarFolder(joined.root),
            "core",
            frame(SeminarFolder(joined.root), "core", "questions.html"),
        )
    )
    assert page.count(OLD) == 2
    assert "seminar question" not in page  # what to do is for organisers
    path = joined.dossiers / "core" / "brief-d1-groups-1.json"
    brief = plain_text(brief_questions(Dossier(json.loads(path.read_text("utf-8"))), "Questions"))
    assert "words changed A decision on the old words: " in brief
    assert "asked alone now Was asked together with " in brief
    assert brief.count(OLD) == 2


def test_one_step_takes_over_all_that_was_decided(joined: SeminarFolder) -> None:
    """H04: --confirm, once; a second time there is nothing to confirm."""
    assert "chosen" in run(joined, "question", "EG-2-q2", "--confirm")
    pair = ("chosen", "SPHERE Team", {"EG-2-q2", "UZ-1-q1"})
    after = standing(joined)
    assert (after["EG-2-q2"], after["UZ-1-q1"]) == (pair, pair)
    assert "decided about the words" not in run(joined, "questions")
    with pytest.raises(UsageError, match="There is nothing to confirm for EG-2-q2"):
        run(joined, "question", "EG-2-q2", "--confirm")
    with pytest.raises(UsageError, match="Use either --confirm or --open"):
        run(joined, "question", "EG-2-q2", "--confirm", "--open")


def test_what_was_confirmed_is_asked_again_after_the_next_change(
    joined: SeminarFolder, post: Callable[..., None]
) -> None:
    """H04: all that was decided goes along with the words, however often they change."""
    run(joined, "question", "EG-2-q2", "--confirm")
    post("EG-2", 3, "What of workload?", OTHER)
    decided = "chosen; SPHERE Team will answer; asked together with UZ-1-q1"
    listed = run(joined, "questions")
    assert f"decided about the words “{NEW}”: {decided}" in listed
    assert OLD not in listed
    run(joined, "question", "EG-2-q2", "--confirm")
    assert standing(joined)["EG-2-q2"] == ("chosen", "SPHERE Team", {"EG-2-q2", "UZ-1-q1"})


def test_one_step_drops_it(joined: SeminarFolder) -> None:
    """H04: --open leaves the new words undecided, and the other question as it is."""
    run(joined, "question", "EG-2-q2", "--open")
    after = standing(joined)
    assert after["EG-2-q2"] == ("open", "", {"EG-2-q2"})
    assert after["UZ-1-q1"] == ("chosen", "SPHERE Team", {"UZ-1-q1"})
    listed = run(joined, "questions")
    assert "decided about the words" not in listed and "was asked together" not in listed


def test_the_old_words_again_are_the_old_question(
    joined: SeminarFolder, post: Callable[..., None]
) -> None:
    """P03 H04: whoever goes back to the first words finds all as it was decided."""
    post("EG-2", 3, "What of workload?", OLD.upper().replace("?", " ??"))
    assert standing(joined)["EG-2-q2"] == ("chosen", "SPHERE Team", {"EG-2-q2", "UZ-1-q1"})


def test_a_question_that_nobody_asks_any_more_is_named_in_its_words(
    joined: SeminarFolder, post: Callable[..., None]
) -> None:
    """H04: its row is gone; what was decided is named until it is dropped."""
    gone = "Zur Arbeitslast: wie zählt man sie?"
    post("EG-2", 3, "What of workload?", NEW, gone)
    run(joined, "question", "EG-2-q3", "--chosen", "--owner", "SPHERE Team")
    post("EG-2", 4, "What of workload?", NEW)
    listed = run(joined, "questions")
    assert f"EG-2-q3 was “{gone}” (chosen; SPHERE Team will answer" in listed
    build_dossiers(joined, submissions(joined.database))
    assert gone in unescape(
        questions_page(
            SeminarFolder(joined.root),
            "core",
            frame(SeminarFolder(joined.root), "core", "questions.html"),
        )
    )
    assert "is dropped" in run(joined, "question", "EG-2-q3", "--open")
    assert gone not in run(joined, "questions")


def test_deciding_anew_settles_that_decision_alone(joined: SeminarFolder) -> None:
    """H04: a new mark on the new words replaces the old mark, and the pair still waits."""
    run(joined, "question", "EG-2-q2", "--parked")
    listed = run(joined, "questions")
    assert f"“{OLD}”: SPHERE Team will answer; asked together with UZ-1-q1" in listed
    assert standing(joined)["EG-2-q2"][0] == "parked"
