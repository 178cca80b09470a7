"""Is it known under which name decisions are made, and said before anybody wonders?"""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from hostile_seminar import CODES, STEERING
from in_process import seminar

from seminarkit.core.logs.writers import our_name
from seminarkit.core.seminar.folder import SeminarFolder


@pytest.fixture(autouse=True)
def nameless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A computer on which no name was set."""
    monkeypatch.setenv("SEMINARKIT_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("SEMINARKIT_NAME")


def test_the_first_decision_says_once_under_which_name(folder: SeminarFolder) -> None:
    """W04: and how to set another; not by what only reads, nor once a name is set."""
    words = ("extend", "GE", "questions", "2020-11-24")
    assert "are noted under" not in seminar(folder.root, "status").stderr
    told = seminar(folder.root, *words).stderr
    assert told == (
        f"Your decisions are noted under the name {our_name()}, the name of your account. "
        "To set another: seminar me NAME\n"
    )
    assert seminar(folder.root, *words).stderr == ""


def test_who_has_set_a_name_is_told_nothing(folder: SeminarFolder) -> None:
    account = our_name()
    assert f"under the name {account} (the name of your account; to set another: seminar me NAME)" in seminar(folder.root, "me").stdout  # fmt: skip
    seminar(folder.root, "me", "  Ana   Petrova ")
    assert seminar(folder.root, "me").stdout == "Your decisions here are noted under the name Ana Petrova.\n"  # fmt: skip
    assert seminar(folder.root, "extend", "GE", "questions", "2020-11-24").stderr == ""
    (line,) = json.loads(seminar(folder.root, "log", "--json").stdout)["lines"]
    assert (line["by"], line["host"]) == ("Ana Petrova", socket.gethostname())


def test_it_needs_no_seminar_and_takes_no_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W04 P06: a name is shown letter by letter, and is one that can be shown."""
    assert "Give a name" in seminar(tmp_path, "me", " \t ", code=2).stderr
    assert "has 200 characters. At most 100" in seminar(tmp_path, "me", "a" * 200, code=2).stderr
    assert "the name AnaB." in seminar(tmp_path, "me", "Ana\u202eB").stdout
    told = seminar(tmp_path, "me", "Ana Петрова-Ōtsuka").stdout
    assert "Ana Петрова-Ōtsuka" in told
    monkeypatch.setenv("SEMINARKIT_NAME", f"Eve{CODES}")
    told = seminar(tmp_path, "me", "Ana").stdout
    assert "the variable SEMINARKIT_NAME is set and is used instead" in told
    assert "under the name Eve\ufffd" in told
    assert not STEERING.search(told.replace("\n", ""))


def test_an_account_without_a_place_for_it_decides_all_the_same(
    folder: SeminarFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SEMINARKIT_STATE", str(tmp_path / "file" / "state"))
    told = seminar(folder.root, "me").stdout
    assert "Your decisions here are noted under the name" in told
