"""What once went wrong when copies of a seminar met, each replayed to what a team wants.

The numbers are those of the list of findings that the kit's way of merging answers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from serve_tools import FormServer, filled_form, sent
from team_tools import Copy, files_of, logs_of, same, traces

ANSWERS = {"questions": [{"question": "Who pays for it?", "about": "d1-keynote"}]}


def received_files(copy: Copy) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (copy.root / "received" / "files").glob("??/*")}


def put_back(copy: Copy, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = copy.root / "received" / "files" / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_forgotten_stay_forgotten(ana: Copy, ben: Copy) -> None:
    """W02 (1): GE-2's files are copied back in; with the inbox, and when a server starts."""
    bytes_of_ben = received_files(ben)
    ana.do("forget", "GE-2", "--yes")
    assert not set(files_of(ana)) & set(bytes_of_ben)
    put_back(ana, bytes_of_ben)
    shutil.copytree(ben.root / "inbox", ana.root / "inbox", dirs_exist_ok=True)
    said = ana.do("collect").said
    assert "forgotten" in said and "accepted" not in said
    shutil.rmtree(ana.root / "inbox")
    server = FormServer(ana.folder)
    server.start()
    server.stop()
    assert not set(files_of(ana)) & set(bytes_of_ben)
    assert ana.run("verify").code == 0
    assert ana.asked() == set()


def test_forgotten_in_another_copy(ana: Copy, ben: Copy) -> None:
    """W02 (1): all forget whom one has forgotten, at the first command that reads what came."""
    gone = set(files_of(ana))
    ana.do("forget", "GE-2", "--yes")
    said = ben.do("merge", str(ana.root)).said
    assert "GE-2 was forgotten on another copy" in said
    assert not set(files_of(ben)) & gone
    assert ben.run("verify").code == 0
    ana.do("merge", str(ben.root))
    same([ana, ben])


def test_log_set_back(ana: Copy) -> None:
    """W03 (2): an older log copied back, its last lines cut off, and the whole file gone."""
    ana.do("extend", "GE", "country_report", "2020-12-01")
    log = ana.log("decisions")
    older = log.read_bytes()
    ana.do("question", "GE-2-q1", "--parked")
    newer = log.read_bytes()
    for spoil in (
        lambda: log.write_bytes(older),
        lambda: log.write_bytes(newer[:-7]),
        log.unlink,
        lambda: log.write_bytes(b""),
    ):
        spoil()
        said = ana.do("status").err
        assert "had been set back" in said and "GE-2-q1" in said, said
        assert log.read_bytes() == newer
        assert "Attention" not in ana.do("status").err
    assert ana.do("verify").code == 0


def test_changed_log(ana: Copy) -> None:
    """W03 (2): a line that was changed: the file is put aside, and the log is there again."""
    ana.do("question", "GE-2-q1", "--parked")
    log = ana.log("decisions")
    before = log.read_bytes()
    log.write_bytes(before.replace(b"parked", b"chosen"))
    said = ana.do("next").err
    assert "was damaged" in said and "spoilt" in said
    assert log.read_bytes() == before
    assert len(list((ana.root / "received" / "spoilt").iterdir())) == 1


def test_conflict_copies(ana: Copy, ben: Copy) -> None:
    """W01 W03 (3): copies of logs, of the index and of seminar.yml are named, logs are taken in."""
    ana.do("question", "GE-2-q1", "--parked")
    ana.do("extend", "GE", "country_report", "2020-12-02")
    received = ben.root / "received"
    shutil.copy(ana.log("decisions"), received / "decisions (Ana's conflicted copy 2026-11-29).jsonl")  # fmt: skip
    (arrivals,) = (ana.root / "received" / "logs").glob("*/arrivals.jsonl")
    shutil.copy(arrivals, received / "arrivals (1).jsonl")
    shutil.copy(ana.root / "seminar.db", ben.root / "seminar (1).db")
    shutil.copy(ana.root / "seminar.yml", ben.root / "seminar (conflicted copy).yml")
    said = ben.do("status").err
    assert (
        "decisions (Ana's conflicted copy 2026-11-29).jsonl is a copy. It contains 2 decisions"
        in said
    )
    assert "by Ana" in said and "GE-2-q1" in said and "GE" in said
    assert "arrivals (1).jsonl is a copy; everything in it is also here. You can delete it." in said
    assert "seminar (1).db is a copy" in said and "seminar (conflicted copy).yml" in said
    took = ben.do("merge", "received/decisions (Ana's conflicted copy 2026-11-29).jsonl").out
    assert "New here: 2 decisions" in took
    assert ben.decided() == ana.decided() != []
    assert "everything in it is also here" in ben.do("status").err
    written = logs_of(ben)[f"logs/{ana.writer}/decisions.jsonl"]
    assert written == ana.log("decisions").read_bytes()


def test_confirmed_by_the_server(ana: Copy, ben: Copy) -> None:
    """W07 (4): a form that the server confirmed is there after a two-way copy of received/."""
    server = FormServer(ana.folder)
    server.start()
    try:
        status, answer = server.post("GE-3", "submit", sent(filled_form(ana.folder, "questions", "GE-3", ANSWERS)))  # fmt: skip
    finally:
        server.stop()
    assert status == 200 and answer["receipt"], answer
    ben.send("AM-2")
    ben.do("collect")
    for source, target in ((ben, ana), (ana, ben)):  # cp -au: the newer file wins
        words = ["cp", "-au", f"{source.root}/received/.", f"{target.root}/received/"]
        subprocess.run(words, check=True, timeout=30)
    for copy in (ana, ben):
        copy.do("collect")
        assert copy.asked() == {"AM-2", "GE-2", "GE-3"}  # fmt: skip
        assert copy.do("verify").code == 0
    same([ana, ben])


def test_one_missing_file(ana: Copy, ben: Copy) -> None:
    """W03 (6): all else goes on; the file is named until it is back or given up."""
    report = next(a for a in ana.arrived() if "country_report" in a)
    path = path_of(ana, report)
    data = path.read_bytes()
    path.unlink()
    (ana.folder.inbox / report).unlink()  # else it is taken from there again
    ana.send("AM-2")
    for words in (["collect"], ["collect", "--rebuild"], ["collect"]):
        said = ana.do(*words).said
        assert "lost" in said and report in said and "seminar merge" in said, said
    assert ana.asked() == {"AM-2", "GE-2"}
    assert report in ana.do("status").said
    verified = ana.run("verify")
    assert verified.code == 1 and report in verified.said
    server = FormServer(ana.folder)
    server.start()
    server.stop()
    ana.do("collect", "--without", report)
    assert report not in ana.do("collect").said
    assert ana.do("verify").code == 0
    assert ana.decided() == ["file given up"]
    # it comes back with another copy, and counts again
    ana.do("merge", str(ben.root))
    assert path.read_bytes() == data
    assert ana.json("status")["countries"] != []
    assert ana.do("verify").code == 0


def test_missing_file_comes_with_another_copy(ana: Copy, ben: Copy) -> None:
    """W03 (6): what is named as lost says where to get it, and that way works."""
    questions = next(a for a in ana.arrived() if "questions" in a)
    path = path_of(ana, questions)
    path.unlink()
    (ana.folder.inbox / questions).unlink()  # else it is taken from there again
    assert "lost" in ana.do("collect", "--rebuild").said
    ana.do("merge", str(ben.root))
    assert "lost" not in ana.do("collect").said
    assert ana.do("verify").code == 0
    same([ana, ben])


def path_of(copy: Copy, name: str) -> Path:
    from seminarkit.core.store.received_files import ReceivedFiles

    received = ReceivedFiles(copy.root / "received")
    return received.path(next(a.sha256 for a in received.arrivals() if a.name == name))


def git(root: Path, *words: str) -> str:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}  # fmt: skip
    run = subprocess.run(["git", *words], cwd=root, env=os.environ | who, capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    assert run.returncode == 0, run
    return run.stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("union", [False, True])
def test_git(ana: Copy, tmp_path: Path, union: bool) -> None:
    """W01 (11): two clones, decided in both, merged by git alone: no conflict, and all is there."""
    assert "seminar.db" in (ana.root / ".gitignore").read_text()  # collect has written it
    if union:
        (ana.root / ".gitattributes").write_text("*.jsonl merge=union\n")
    git(ana.root, "init", "-q")
    git(ana.root, "add", "-A")
    git(ana.root, "commit", "-qm", "one")
    git(tmp_path, "clone", "-q", str(ana.root), "ben")
    ben = Copy(tmp_path / "ben", "Ben")
    ana.do("question", "GE-2-q1", "--parked")
    ben.send("AM-2")
    ben.do("collect")
    ben.do("extend", "GE", "country_report", "2020-12-02")
    for copy in (ana, ben):
        git(copy.root, "add", "-A")
        git(copy.root, "commit", "-qm", "more")
    git(ana.root, "pull", "-q", "--no-rebase", str(ben.root), "HEAD")
    git(ben.root, "pull", "-q", "--no-rebase", str(ana.root), "HEAD")
    for copy in (ana, ben):
        copy.do("collect")
        assert len(copy.decided()) == 2
        assert copy.do("verify").code == 0
    same([ana, ben])


def test_mixed_zips(ana: Copy, ben: Copy, tmp_path: Path) -> None:
    """W01 (11): the index of one with logs of the other heals; files without lines wait for them."""
    ben.send("AM-2")
    ben.do("collect")
    ben.do("question", "GE-2-q1", "--parked")
    shutil.copy(ben.root / "seminar.db", ana.root / "seminar.db")
    ana.do("collect")
    assert ana.do("verify").code == 0
    put_back(ana, received_files(ben))
    said = ana.run("verify")
    assert said.code == 1 and "is not in the log" in said.said, said
    ben.do("backup", str(tmp_path / "ben.zip"))
    ana.do("merge", str(tmp_path / "ben.zip"))
    assert ana.do("verify").code == 0
    same([ana, ben])


def test_arrived_and_not_yet_read(ana: Copy, ben: Copy) -> None:
    """W03 (12): after a one-way copy to the laptop nothing is damaged: it waits for a collect."""
    ben.send("AM-2")
    ben.do("collect")
    shutil.copytree(ben.root / "received", ana.root / "received", dirs_exist_ok=True)
    verified = ana.run("verify")
    assert "seminar collect" in verified.said
    ana.do("collect")
    assert ana.do("verify").code == 0


def test_decision_after_the_index(ana: Copy) -> None:
    """W03 (12): after a decision that a file is judged by, nothing is called damaged."""
    ana.do("extend", "GE", "country_report", "2020-12-02")
    verified = ana.run("verify")
    assert verified.code == 0 and "is damaged" not in verified.said.replace(
        "Nothing is damaged", ""
    )


def test_index_left_out(ana: Copy) -> None:
    """W05 (12): a seminar without its index says what is the matter, and heals."""
    (ana.root / "seminar.db").unlink()
    assert "seminar collect" in ana.run("verify").said
    ana.do("collect")
    assert ana.do("verify").code == 0


def test_only_traces_are_named(ana: Copy) -> None:
    """W02: after forget, no file of the folder or of what is kept of it holds who was forgotten."""
    ana.do("question", "GE-2-q1", "--parked")
    ana.do("status")
    ana.do("forget", "GE-2", "--yes")
    left = traces(ana, ["GE-2"])
    assert left == [], left


def test_forgotten_after_it_was_taken_over(ana: Copy, ben: Copy, tmp_path: Path) -> None:
    """W02: a form that Carla had and that Ben took from her goes from Ben's index, too."""
    carla = ana.copied(tmp_path / "carla", "Carla")
    ana.do("forget", "GE-2", "--yes")
    ben.do("merge", str(ana.root))
    carla.send("GE-2", "Who wrote zebra?")
    carla.do("collect")
    ben.do("merge", str(carla.root))  # Carla does not know yet, and may never come again
    assert traces(ben, ["Who wrote zebra?"]) == []
    carla.do("merge", str(ana.root))
    ben.do("merge", str(carla.root))
    for copy in (ben, carla):
        assert traces(copy, ["Who wrote zebra?"]) == []
        assert copy.json("status")["set_aside"] == []
        assert copy.do("verify").code == 0
