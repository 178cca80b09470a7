"""Do copies become alike through folders and over ssh, also while a server runs and runs are killed?

A script stands for ssh: it runs here what rsync would have run there.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from serve_tools import FormServer, filled_form, sent
from team_tools import Copy, files_of, logs_of, same

needs_rsync = pytest.mark.skipif(
    shutil.which("rsync") is None, reason="sync over ssh needs rsync: apt-get install rsync"
)


def questions(text: str) -> dict[str, object]:
    return {"questions": [{"question": text, "about": "d1-keynote"}]}


@pytest.fixture
def ssh(tmp_path: Path) -> dict[str, str]:
    """What lets rsync take this computer for another."""
    script = tmp_path / "ssh"
    script.write_text('#!/bin/sh\n[ "$1" = -l ] && shift 2\nshift\nexec sh -c "$*"\n')
    script.chmod(0o755)
    return {"RSYNC_RSH": str(script)}


def test_two_folders(ana: Copy, ben: Copy) -> None:
    """W07: both come to hold what either had, and both say when they met."""
    ana.do("question", "GE-2-q1", "--parked")
    ben.send("AM-2")
    ben.do("collect")
    said = ana.do("sync", str(ben.root)).out
    assert "AM-2-questions.ipynb" in said and "Copied there: 1 decision" in said
    ben.do("collect")
    same([ana, ben])
    assert f"Last sync with {ben.root}" in ana.do("status").out
    again = ana.do("sync", str(ben.root)).out
    assert "The other copy has nothing that is missing here." in again
    assert ana.do("verify").code == 0 and ben.do("verify").code == 0


def test_through_a_third_folder(ana: Copy, ben: Copy, tmp_path: Path) -> None:
    """W07: a folder for exchange, such as a stick, which is no seminar by itself at first."""
    stick = str(tmp_path / "stick")
    ana.do("question", "GE-2-q1", "--parked")
    ana.do("sync", stick)
    ben.send("AM-2")
    ben.do("collect")
    ben.do("sync", stick)
    ana.do("sync", stick)
    same([ana, ben])
    assert not list((tmp_path / "stick").rglob("links.jsonl"))


@needs_rsync
def test_over_ssh(ana: Copy, ben: Copy, tmp_path: Path, ssh: dict[str, str]) -> None:
    """W07: as through a folder; also to a place where nothing is yet."""
    ana.variables = ben.variables = ssh
    server = tmp_path / "a server" / "seminar"
    place = f"organiser@forms.example.org:{server}"
    ana.do("question", "GE-2-q1", "--parked")
    ana.do("sync", place)
    ben.send("AM-2")
    ben.do("collect")
    ben.do("sync", place)
    said = ana.do("sync", place).out
    assert "AM-2-questions.ipynb" in said
    there = Copy(server, "Server")
    for copy in (ana, ben, there):
        copy.do("collect")
    same([ana, ben, there])
    assert "Last sync with organiser@forms.example.org" in ben.do("status").out


@needs_rsync
def test_who_left(ana: Copy, ben: Copy, tmp_path: Path, ssh: dict[str, str]) -> None:
    """W07: what Ana decided last reaches the server by Ben, should Ana not come again."""
    ana.variables = ben.variables = ssh
    server = Copy(tmp_path / "server", "Server")
    place = f"forms.example.org:{server.root}"
    ana.do("question", "GE-2-q1", "--parked")
    ana.do("sync", place)
    ana.do("question", "GE-2-q1", "--chosen")
    ben.do("merge", str(ana.root))
    ben.do("sync", place)
    assert logs_of(server) == logs_of(ben)
    server.do("collect")
    same([ana, ben, server])


@needs_rsync
def test_not_reached(ana: Copy, tmp_path: Path, ssh: dict[str, str]) -> None:
    """W07: a server that does not answer, no rsync, and another seminar there: a sentence."""
    before = logs_of(ana)
    script = tmp_path / "refuses"
    script.write_text("#!/bin/sh\necho 'ssh: connect to host: Connection refused' >&2\nexit 255\n")
    script.chmod(0o755)
    ana.variables = {"RSYNC_RSH": str(script)}
    ran = ana.run("sync", "forms.example.org:seminar")
    assert ran.code == 1 and "Connection refused" in ran.err
    other = tmp_path / "other"
    other.mkdir()
    text = (ana.root / "seminar.yml").read_text("utf-8")
    (other / "seminar.yml").write_text(text.replace(f"id: {ana.folder.seminar.id}", "id: another"))
    shutil.copytree(ana.root / "received", other / "received")
    ana.variables = ssh
    ran = ana.run("sync", f"forms.example.org:{other}")
    assert ran.code == 2 and "another seminar" in ran.err
    (tmp_path / "bin").mkdir()
    ana.variables = {"PATH": str(tmp_path / "bin")}
    ran = ana.run("sync", "forms.example.org:seminar")
    assert ran.code == 1 and "rsync is needed" in ran.err
    assert logs_of(ana) == before


@pytest.mark.timeout(600)
def test_a_served_folder(ana: Copy, ben: Copy) -> None:
    """W07: Ben's laptop syncs with the folder that is being served: nothing is refused or lost."""
    server = FormServer(ana.folder)
    server.start()
    try:
        for number, person in enumerate(["AM-1", "AM-2", "GE-3"]):
            filled = filled_form(ana.folder, "questions", person, questions(f"Who {number}?"))
            syncing = ben.start("sync", str(ana.root))
            status, told = server.post(person, "submit", sent(filled))
            out, err = syncing.communicate(timeout=120)
            assert syncing.returncode == 0, out + err
            assert status == 200 and told["receipt"], told
        ben.do("extend", "GE", "questions", "2020-12-09")
        ben.do("sync", str(ana.root))
        filled = filled_form(ana.folder, "questions", "AM-3", questions("And who else?"))
        assert server.post("AM-3", "submit", sent(filled))[0] == 200
        page = server.get("/p/GE-1/", server.tokens.get("GE-1") or _link(server, "GE-1"))[1]
        assert "9 December" in page
    finally:
        server.stop()
    ben.do("sync", str(ana.root))
    ana.do("collect")
    same([ana, ben])
    assert ben.asked() == {"AM-1", "AM-2", "AM-3", "GE-2", "GE-3"}
    assert ana.do("verify").code == 0 and ben.do("verify").code == 0


def _link(server: FormServer, person: str) -> str:
    server.link(person)
    return server.tokens[person]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=[pytest.mark.nightly] * (n >= 1)) for n in range(10)]
)
@needs_rsync
def test_killed(ana: Copy, ben: Copy, tmp_path: Path, ssh: dict[str, str], seed: int) -> None:
    """W07: killed at any moment and run again: one writer a file, nothing lost, both alike."""
    chance = random.Random(seed)
    ana.variables = ben.variables = ssh
    server = ana.copied(tmp_path / "server", "Server")
    over = chance.choice([str(server.root), f"forms.example.org:{server.root}"])
    told = {}
    for number, copy in enumerate((ana, ben, server)):
        copy.send(f"AM-{number + 1}")
        copy.do("collect")
        copy.do("question", "GE-2-q1", chance.choice(["--parked", "--chosen"]))
        told[copy.log("decisions")] = copy.log("decisions").read_bytes()
    for _ in range(4):
        syncing = chance.choice([ana, ben]).start("sync", over)
        try:
            syncing.wait(chance.random() * 4)
        except Exception:
            syncing.kill()
        syncing.communicate()
    for copy in (ana, ben, ana):
        copy.do("sync", over)
    server.do("collect")
    for log, data in told.items():
        assert log.read_bytes() == data
    same([ana, ben, server])
    assert len(files_of(server)) == 5
    assert {each.run("verify").code for each in (ana, ben, server)} == {0}


def test_dry_run(ana: Copy, ben: Copy) -> None:
    """W01: what would come is shown as it then comes, and nothing is changed by looking."""
    ben.send("AM-2")
    ben.do("collect")
    ben.do("question", "GE-2-q1", "--parked")
    before = logs_of(ana), files_of(ana), logs_of(ben)
    would = ana.do("merge", str(ben.root), "--dry-run").out
    assert (logs_of(ana), files_of(ana), logs_of(ben)) == before
    assert ana.do("merge", str(ben.root)).out.startswith(would.replace("Would be new", "New"))
    assert logs_of(ben) == before[2]
