"""Does the log say who decided what, when and from where, and find it by any word people use?"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile_seminar import CODES, STEERING
from in_process import seminar
from test_first_seminar import ARCHIVES, unpacked
from two_copies import copy_of, meet, named

from seminarkit.core.seminar.decision_history import short_ids
from seminarkit.core.seminar.delegation_decisions import Nominated, Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.seat_decisions import Moved

Send = Callable[[str, Any], Path]
AT = "2020-11-20T08:00:00Z"
QUESTIONS = {"questions": [{"question": "Who pays?", "about": "d1-keynote"}]}


def lines(root: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(seminar(root, "log", *words, "--json").stdout)["lines"]
    return found


@pytest.fixture
def decided(folder: SeminarFolder, send: Send, filled: Any) -> SeminarFolder:
    """A form that came, and decisions on persons, questions, groups, days."""
    send("Questions of GE-2.ipynb", filled("questions", "GE-2", QUESTIONS))
    with named("Ana"):
        seminar(folder.root, "collect")
        seminar(folder.root, "question", "GE-2-q1", "--parked")
        seminar(folder.root, "extend", "Armenia", "questions", "2020-11-24")
        groups = [{"id": "d2-group-1", "title": "One", "people": ["GE-2", "AM-1"]}]
        folder.decisions.add([Moved("GE-2", "d2-groups", "d2-group-1", at=AT), Seated("d2-groups", groups, at=AT)])  # fmt: skip
    return folder


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("GE-2", ["file", "question marked", "moved", "seated"]),
        ("ge-2", ["file", "question marked", "moved", "seated"]),
        ("GE-2-q1", ["question marked"]),
        ("GE", ["file", "question marked", "moved"]),
        ("Georgia", ["file", "question marked", "moved"]),
        ("armenia", ["extended"]),
        ("AM-1", ["seated"]),
        ("questions", ["file", "extended"]),
        ("d2-groups", ["moved", "seated"]),
        ("d2-group-1", ["moved", "seated"]),
        ("Questions of GE-2.ipynb", ["file"]),
        ("KZ-1", []),
    ],
)
def test_it_is_found_by_any_word(decided: SeminarFolder, word: str, kinds: list[str]) -> None:
    """W04: a person, question, country by code or name, form, session, group or file."""
    assert sorted(line["kind"] for line in lines(decided.root, word)) == sorted(kinds)


def test_who_when_what_and_from_where(decided: SeminarFolder) -> None:
    """W04: of decisions and of what came; in the seminar's time; several words are all meant."""
    told = seminar(decided.root, "log", "GE-2").stdout
    host = socket.gethostname()
    (moved,) = (line for line in lines(decided.root, "GE-2") if line["kind"] == "moved")
    first = f"2020-11-20 09:00  {moved['id']}  GE-2 put into d2-group-1 in d2-groups\n"
    assert first + f"{'':<26}Ana, on {host}\n" in told
    assert re.search(
        r"received: Questions of GE-2.ipynb \(questions of GE-2, receipt GE-\w+\)", told
    )
    assert f"taken in by Ana, on {host}" in told
    assert [line["kind"] for line in lines(decided.root, "GE", "questions")] == ["file"]
    (line,) = lines(decided.root, moved["id"])
    assert line["kind"] == "moved"
    assert len(lines(decided.root)) == 4
    told = seminar(decided.root, "log", "KZ-1").stdout
    assert told == "There is no decision about it, and no file for it was received.\n"


def test_a_word_that_nobody_knows_gets_a_near_match(decided: SeminarFolder) -> None:
    for word, meant in (
        ("Goergia", "Georgia"),
        ("ge-22", "GE-2"),
        ("d2-goups", "d2-groups"),
        ("GE-2-q7", "GE-2-q1"),
        ("country_repotr", "country_report"),
    ):
        told = seminar(decided.root, "log", word, code=2).stderr
        assert f"'{word}' is nothing that was decided on or came. Did you mean '{meant}'?" in told


def test_why_something_does_not_count_is_beside_it(folder: SeminarFolder) -> None:
    root = folder.root
    assert seminar(root, "log").stdout == "Nothing has been decided yet.\n"
    for day in ("22", "23", "24"):
        seminar(root, "extend", "GE", "questions", f"2020-11-{day}")
    third = lines(root)[2]["id"]
    with named("Ben"):
        seminar(root, "undo", third)
    first, second, third_, undone = lines(root)
    assert [each["state"] for each in (first, second, third_, undone)] == ["replaced", "counts", "undone", "counts"]  # fmt: skip
    told = seminar(root, "log").stdout
    assert f"no longer counts: replaced by {second['id']} (An Organiser, on " in told
    assert f"does not count: undone by {undone['id']} (Ben, on " in told


def test_what_a_newer_kit_wrote_and_what_was_forgotten_is_shown_as_such(
    folder: SeminarFolder,
) -> None:
    folder.decisions.log.append([{"kind": f"painted{CODES}", "at": "some day", "colour": "red"}])
    folder.decisions.add([Moved("GE-3", "d2-groups", "d2-group-1", at=AT)])
    seminar(folder.root, "forget", "GE-3", "--yes")
    told = seminar(folder.root, "log").stdout
    assert "painted" in told and "which this version of the kit does not know" in told
    assert "1 line is from a newer version of the kit" in told
    assert "a decision on somebody who was forgotten" in told
    assert not STEERING.search(told.replace("\n", ""))
    data = json.loads(seminar(folder.root, "log", "--json").stdout)
    assert data["unknown"] == 1
    assert sorted(line["state"] for line in data["lines"])[1:] == ["forgotten", "unknown"]


@pytest.mark.parametrize("version", [v for v in ARCHIVES if v < "0.5"])
def test_an_older_kit_noted_no_name(tmp_path: Path, version: str) -> None:
    """W04 P10: its decisions are listed all the same."""
    folder = unpacked(version, tmp_path / "first")
    found = lines(folder.root)
    assert len(found) > 20 and {line["by"] for line in found} == {""}
    assert "an older version of the kit" in seminar(folder.root, "log").stdout
    with named("Ana"):
        seminar(
            folder.root,
            "undo",
            next(line["id"] for line in reversed(found) if line["kind"] == "asked"),
        )
    assert lines(folder.root)[-1]["by"] == "Ana"


def test_of_several_copies_each_line_says_whose_it_is(folder: SeminarFolder) -> None:
    other = copy_of(folder, "other")
    for place, name, country in ((folder, f"Ana {CODES}", "GE"), (other, "Ben", "AM")):
        with named(name):
            seminar(place.root, "extend", country, "questions", "2020-11-24")
    meet(folder, other)
    told = seminar(folder.root, "log")
    assert "Ana \ufffd]0;owned" in told.stdout and "Ben, on " in told.stdout
    assert not STEERING.search((told.stdout + told.stderr).replace("\n", ""))
    assert told.stdout == seminar(other.root, "log").stdout


def test_ids_are_as_short_as_they_can_be() -> None:
    assert short_ids([]) == {}
    assert short_ids(["abcdef12", "abcdef34"]) == {"abcdef12": "abcdef1", "abcdef34": "abcdef3"}
    assert short_ids(["abcdef12", "bcdefa34"]).keys() == {"abcdef12", "bcdefa34"}
    assert set(map(len, short_ids(["abcdef12", "bcdefa34"]).values())) == {6}


def test_whom_a_nomination_names_finds_it(folder: SeminarFolder) -> None:
    people = [{"id": "GE-9", "name": "Name 9", "profile": "policy"}]
    folder.decisions.add([Nominated("GE", people, "GE-AAAA", at=AT)])
    for word in ("GE-9", "GE", "GE-AAAA"):
        assert [line["kind"] for line in lines(folder.root, word)] == ["nominated"]
