"""Is a log found out that lost its last lines, or that a newer kit wrote?"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import loaded
import pytest
from command_walk import small_seminar
from hypothesis import given
from hypothesis import strategies as st
from shared import log_of

from seminarkit.core.errors import DamageError, SeminarError
from seminarkit.core.logs.hash_log import FORMAT, ChainedLog
from seminarkit.core.logs.team_log import GOES_ON
from seminarkit.core.logs.writers import state_of
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Extended
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.forgetting.forget import find_traces, forget
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify

FIELDS = ("country", "form", "due")


def decide(folder: SeminarFolder, number: int) -> None:
    for day in range(1, number + 1):
        folder.decisions.add([Extended("GE", "questions", f"2020-12-{day:02}", at=now())])


def cut(path: Path, lines: int) -> None:
    """Take whole lines off the end."""
    left = path.read_bytes().splitlines(keepends=True)[: -lines or None]
    path.write_bytes(b"".join(left))


@pytest.mark.parametrize("lines", [1, 3])
def test_decisions_that_were_cut_off_are_brought_back(folder: SeminarFolder, lines: int) -> None:
    """P06 W03: by the first command that runs, which says what was gone."""
    small_seminar(folder)
    decide(folder, 3)
    collect(folder)
    assert verify(folder).damage == ()
    for words in (["status"], ["verify"], ["collect"], ["collect", "--rebuild"]):
        log = log_of(folder.root, "decisions")
        whole = log.read_bytes()
        cut(log, lines)
        assert any(
            "decisions.jsonl has lost lines at its end" in each for each in verify(folder).damage
        )
        run = seminar(folder, *words)
        assert run.returncode == 0, words
        assert "decisions.jsonl had been set back" in run.stderr
        assert run.stderr.count("questions of GE due") == lines
        assert log.read_bytes() == whole


def test_on_another_computer_a_cut_is_told(folder: SeminarFolder) -> None:
    """P06 W03: nothing is known there of how far the log once went, but by the note beside it."""
    small_seminar(folder)
    decide(folder, 3)
    collect(folder)
    cut(log_of(folder.root, "decisions"), 1)
    shutil.rmtree(state_of(folder.root))
    for words in (["status"], ["verify"], ["collect"], ["collect", "--rebuild"]):
        run = seminar(folder, *words)
        assert run.returncode == 1, words
        assert "has lost lines at its end" in run.stdout + run.stderr
        assert "Traceback" not in run.stderr


def seminar(folder: SeminarFolder, *words: str) -> subprocess.CompletedProcess[str]:
    return loaded.run("--folder", folder.root, *words)


def test_an_older_log_goes_on_in_a_new_one(folder: SeminarFolder) -> None:
    """P06 W05: lines without a format, no anchor; it is closed by a line, and stays as it was."""
    decide(folder, 2)
    log, old = log_of(folder.root, "decisions"), folder.received / "decisions.jsonl"
    chain, lines = "0" * 64, []
    for line in log.read_text().splitlines():
        entry = {k: v for k, v in json.loads(line).items() if k in ("kind", "at", *FIELDS)}
        chain = hashlib.sha256((chain + json.dumps(entry)).encode()).hexdigest()
        lines.append(json.dumps({**entry, "chain": chain}) + "\n")
    shutil.rmtree(folder.received)
    folder.received.mkdir()
    old.write_text("".join(lines))
    small_seminar(folder)
    before = list(folder.decisions)
    assert len(before) == 2 and verify(folder).damage == ()
    decide(folder, 1)
    after = list(folder.decisions)
    assert after[:2] == before and len(after) == 3 and verify(folder).damage == ()
    assert old.read_text().startswith("".join(lines))
    assert [json.loads(line).get("kind") for line in old.read_text().splitlines()[2:]] == [GOES_ON]


def test_a_line_of_a_newer_kit_is_told_in_words(folder: SeminarFolder) -> None:
    """P06: an unknown format is no damage, and is not guessed at."""
    folder.received.mkdir()
    for name in ("decisions.jsonl", "arrivals.jsonl", "links.jsonl", "drafts.jsonl"):
        entry = {"kind": "new", "format": FORMAT + 1}
        chain = hashlib.sha256(("0" * 64 + json.dumps(entry)).encode()).hexdigest()
        (folder.received / name).write_text(json.dumps({**entry, "chain": chain}) + "\n")
    words = {"decisions": ["status"], "arrivals": ["collect"], "links": ["links"], "drafts": ["serve", "--port", "1"]}  # fmt: skip
    for name, command in words.items():
        if name != "decisions":
            (folder.received / "decisions.jsonl").unlink(missing_ok=True)
        if name in ("links", "drafts"):
            (folder.received / "arrivals.jsonl").unlink(missing_ok=True)
        run = loaded.run("--folder", folder.root, *command)
        assert run.returncode == 1, (name, run.stdout)
        assert f"{name}.jsonl line 1 was written by a newer version of the kit (format {FORMAT + 1}" in run.stderr  # fmt: skip
    log = ChainedLog(folder.received / "links.jsonl", "")
    with pytest.raises(SeminarError) as error:
        list(log.entries())
    assert not isinstance(error.value, DamageError)


def test_who_was_forgotten_leaves_a_log_that_is_whole(folder: SeminarFolder) -> None:
    """P06: the log is written anew on purpose; its note goes with it."""
    small_seminar(folder)
    collect(folder)
    decide(folder, 3)
    collect(folder)
    forget(folder, find_traces(folder, "GE-2", is_id=True))
    folder = SeminarFolder(folder.root)
    assert verify(folder).damage == ()
    collect(folder)
    assert verify(folder).damage == ()


KILLED = """
import pathlib, sys
import seminarkit.core.logs.hash_log as chainlog
from seminarkit.core.disk.files import write_whole
log = chainlog.ChainedLog(pathlib.Path(sys.argv[1]), "", anchored=True)
left = int(sys.argv[2])
import os, signal
real_fsync = os.fsync
def fsync(handle):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real_fsync(handle)
os.fsync = fsync
if sys.argv[3] == "append":
    log.append([{"n": 4}, {"n": 5}])
else:
    log.replace([{"n": 1}])
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("work", ["append", "replace"])
def test_a_kill_at_any_moment_is_no_damage(tmp_path: Path, work: str) -> None:
    """P06: killed at each sync of an append and of a writing anew, the log is read and goes on."""
    killed = 0
    for step in range(12):
        path = tmp_path / str(step) / "log.jsonl"
        path.parent.mkdir()
        ChainedLog(path, "", anchored=True).append([{"n": 1}, {"n": 2}, {"n": 3}])
        run = subprocess.run([sys.executable, "-c", KILLED, str(path), str(step), work], timeout=60, check=False)  # fmt: skip
        killed += run.returncode == -signal.SIGKILL
        log = ChainedLog(path, "", anchored=True)
        log.mend()
        numbers = [entry["n"] for entry in log.entries()]
        assert numbers in ([1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5], [1])
        log.append([{"n": 9}])
        assert [entry["n"] for entry in log.entries()] == [*numbers, 9]
    assert 3 <= killed < 12


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.data())
def test_every_cut_is_found(
    tmp_path_factory: pytest.TempPathFactory, appends: list[int], data: st.DataObject
) -> None:
    """P06: whatever was appended, in one run or many, any number of whole lines off the end."""
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    number = 0
    for size in appends:
        ChainedLog(path, "", anchored=True).append([{"n": number + i} for i in range(size)])
        number += size
    log = ChainedLog(path, "")
    assert len(list(log.entries())) == number
    cut(path, data.draw(st.integers(1, number)))
    with pytest.raises(DamageError):
        list(log.entries())
    if data.draw(st.booleans()):
        path.unlink()
        with pytest.raises(DamageError):
            list(log.entries())
    shutil.rmtree(path.parent)


def test_an_anchor_that_could_not_be_written_is_made_up_for(folder: SeminarFolder) -> None:
    """P13: a disk may fail between the last line of a log and its anchor."""
    small_seminar(folder)
    ran = loaded.run("--folder", folder.root, "collect")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    anchor = folder.root / "received" / "decisions.anchor.json"
    written = anchor.read_bytes()
    anchor.unlink()
    loaded.run("--folder", folder.root, "extend", "GE", "questions", "2020-12-01")
    assert anchor.read_bytes() == written
