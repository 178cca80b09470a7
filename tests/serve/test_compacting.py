"""Is the log of drafts made small without losing a word that is needed, also when killed?"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from serve_tools import filled_form

from seminarkit.core.forms.shapes import Payload
from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve.compacting import compact
from seminarkit.serve.drafts import CURE, Draft, Drafts
from seminarkit.serve.form_service import FormService
from seminarkit.topics.intake.verify import verify

LONG = "Kept word by word. " * 40


def report(folder: SeminarFolder, person: str, rev: int, words: str = LONG) -> Payload:
    answers = {"institutions": f"{words}{rev}"}
    return filled_form(folder, "country_report", person, answers, rev)


def saves(folder: SeminarFolder, how_many: int) -> Path:
    """Write a log of drafts as three people fill in a form with a save at every change."""
    drafts = Drafts(folder.drafts)
    first = [report(folder, person, 0) for person in ("GE-1", "GE-2", "AM-3")]
    drafts.add([
        Draft(
            f"window of {each['author']['id']}",
            {**each, "rev": rev, "answers": {"institutions": f"{LONG}{rev}"}},
        )
        for rev in range(1, how_many // 3 + 1) for each in first
    ])  # fmt: skip
    return folder.drafts


def test_only_the_last_draft_of_each_form_stays(folder: SeminarFolder) -> None:
    """The chain can still be followed, nobody else may read it, and words go on being added."""
    log = saves(folder, 3000)
    before = log.stat()
    newest = Drafts(log)
    assert compact(log, CURE, {})
    assert len(list(ChainedLog(log, CURE).entries())) == 3
    assert log.stat().st_size < before.st_size / 900
    assert os.name == "nt" or log.stat().st_mode == before.st_mode
    again = Drafts(log)
    for person in ("GE-1", "GE-2", "AM-3"):
        instance = report(folder, person, 1)["instance"]
        assert again.newest(instance) == newest.newest(instance)
    again.add([Draft("window of GE-1", report(folder, "GE-1", 1001))])
    assert len(list(ChainedLog(log, CURE).entries())) == 4
    assert verify(folder).damage == ()
    assert not compact(log, CURE, {}), "what is small is left alone"


def test_two_windows_that_differ_both_stay(folder: SeminarFolder) -> None:
    """The person has not decided yet which words count."""
    log = saves(folder, 3000)
    drafts = Drafts(log)
    drafts.add([Draft("another", report(folder, "GE-1", 1000, "Other words. "))])
    assert compact(log, CURE, {})
    left = [entry for entry in ChainedLog(log, CURE).entries() if entry["filled"]["rev"] == 1000]
    assert sorted(e["window"] for e in left if e["filled"]["author"]["id"] == "GE-1") == [
        "another",
        "window of GE-1",
    ]


@pytest.mark.parametrize("later", [0, 3], ids=["submitted", "and written on"])
def test_what_was_submitted_needs_no_draft(folder: SeminarFolder, later: int) -> None:
    """Its words are in the store; those written after it are not."""
    log = saves(folder, 3000)
    desk = FormService(folder)
    assert len(list(ChainedLog(log, CURE).entries())) == 3
    saves_again = [Draft("w", report(folder, "GE-2", rev)) for rev in range(1001, 1004)]
    desk.drafts.add(saves_again)
    author = desk.now.asked["GE-2"][0].author
    desk.submit([desk.notebook(author, report(folder, "GE-2", 1003 - later))])
    shown = {h.form["instance"]: (h.filled, h.kept) for h in desk.forms(author)}
    drafts = Drafts(log)
    long = report(folder, "AM-3", 0, LONG * 3)
    drafts.add([Draft("x", {**long, "rev": rev}) for rev in range(1001, 1801)])
    desk = FormService(folder)
    people = [e["filled"]["author"]["id"] for e in ChainedLog(log, CURE).entries()]
    assert sorted(people) == ["AM-3", "GE-1", *(["GE-2"] if later else [])]
    now = {h.form["instance"]: (h.filled, h.kept) for h in desk.forms(author)}
    assert {k: (f["answers"], f["rev"], n) for k, (f, n) in now.items()} == {
        k: (f["answers"], f["rev"], n) for k, (f, n) in shown.items()
    }


_CHILD = """
import sys
from pathlib import Path
from seminarkit.serve import compacting
print("go", flush=True)
compacting.compact(Path(sys.argv[1]), "", {})
print("done", flush=True)
"""


@pytest.mark.parametrize("kills", [6, pytest.param(24, marks=pytest.mark.nightly)])
def test_killed_at_any_moment_the_log_is_the_old_one_or_the_new_one(
    folder: SeminarFolder, kills: int
) -> None:
    """A real SIGKILL, many times over the whole length of the compaction."""
    log = saves(folder, 4500)
    copy = log.with_name("copy")
    shutil.copy(log, copy)
    newest = {e["filled"]["instance"]: e["filled"] for e in ChainedLog(log, CURE).entries()}
    took = seconds(log, lambda process: process.wait())
    ended = {"old": 0, "new": 0}
    for number in range(kills):
        shutil.copy(copy, log)
        moment = took * (number + random.random()) / kills
        seconds(log, lambda process, moment=moment: kill_after(process, moment))
        lines = list(ChainedLog(log, CURE).entries())  # raises where the chain is broken
        assert {e["filled"]["instance"]: e["filled"] for e in lines} == newest
        assert len(lines) in (3, 4500)
        ended["new" if len(lines) == 3 else "old"] += 1
    assert ended["old"] > kills // 4
    shutil.copy(copy, log)
    assert compact(log, CURE, {})
    assert not list(log.parent.glob(".*.tmp")), "halves of killed runs are taken away"


def seconds(log: Path, end: Callable[[subprocess.Popen[str]], Any]) -> float:
    """Run a compaction, end it in some way, and return how long it took."""
    process = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(log)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "go\n"
    start = time.monotonic()
    end(process)
    took = time.monotonic() - start
    process.stdout.close()
    return took


def kill_after(process: subprocess.Popen[str], moment: float) -> None:
    time.sleep(moment)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
