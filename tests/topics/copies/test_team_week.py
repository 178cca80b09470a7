"""A week of a team of three: two laptops and a server, played with real commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_walk import send
from serve_tools import FormServer, filled_form, sent
from team_tools import Copy, same, traces

from seminarkit.cli.main import COMMANDS
from seminarkit.core.logs.writers import state_of


def questions(text: str) -> dict[str, object]:
    return {"questions": [{"question": text, "about": "d1-keynote"}]}


@pytest.mark.timeout(1200)
def test_a_week(ana: Copy, ben: Copy, tmp_path: Path) -> None:
    """W01 W02 W03 W05 W07: what each was told holds, for all of them."""
    server = ana.copied(tmp_path / "server" / "seminar", "Server")
    served = FormServer(server.folder)
    served.start()
    receipts = {}
    try:
        # Monday: two people fill in forms by link, one sends a mail that Ben takes in
        for person in ("AM-1", "GE-3"):
            filled = filled_form(server.folder, "questions", person, questions(f"Why, {person}?"))
            status, told = served.post(person, "submit", sent(filled))
            assert status == 200
            receipts[person] = told["receipt"]
        ben.send("AM-2", "Who learns?")
        ben.do("collect")
        ben.do("sync", str(server.root))
        assert "GE-3" in ana.do("sync", str(server.root)).out
        assert ana.asked() == {"AM-1", "AM-2", "GE-2", "GE-3"}

        # Tuesday: both decide on the same question, without knowing of each other
        ana.do("question", "GE-2-q1", "--parked")
        ben.do("question", "GE-2-q1", "--chosen")
        ana.do("extend", "GE", "country_report", "2020-12-02")
        ana.do("sync", str(server.root))
        said = ben.do("sync", str(server.root)).out
        assert "by two people who did not know of each other's decision" in said
        if "choose" in COMMANDS:
            assert "GE-2-q1" in ben.do("next").out
        ben.do("question", "GE-2-q1", "--parked")
        ben.do("sync", str(server.root))

        # Wednesday: a cloud folder sets Ben's laptop back, and leaves Ana's log beside
        before = ben.log("decisions").read_bytes()
        ben.log("decisions").write_bytes(before.splitlines(keepends=True)[0])
        shutil.copy(ana.log("decisions"), ben.root / "received" / "decisions (1).jsonl")
        said = ben.do("status").err
        assert "had been set back" in said and "decisions (1).jsonl is a copy" in said
        assert ben.log("decisions").read_bytes() == before

        # Thursday: GE-3 asks to be forgotten; their mail comes once more
        ana.do("forget", "GE-3", "--yes")
        ana.do("sync", str(server.root))
        send(ben.folder, "GE-3", "questions", questions("Why, GE-3?"))
        said = ben.do("sync", str(server.root)).out
        assert "GE-3 was forgotten on another copy" in said
        assert "forgotten" in ben.run("collect").said or not list(ben.folder.inbox.glob("GE-3*"))
        assert ben.asked() == {"AM-1", "AM-2", "GE-2"}
        server.do("collect")
        filled = filled_form(server.folder, "questions", "AM-3", questions("And I?"))
        status, told = served.post("AM-3", "submit", sent(filled))
        assert status == 200
        receipts["AM-3"] = told["receipt"]
    finally:
        served.stop()

    # Friday: a backup; Ben's laptop is stolen; Ben goes on with the backup on another one
    ben.do("sync", str(server.root))
    ben.do("extend", "AM", "country_report", "2020-12-03")
    ben.do("backup", str(tmp_path / "backup.zip"))
    shutil.rmtree(ben.root)
    shutil.rmtree(state_of(ben.root))
    shutil.unpack_archive(tmp_path / "backup.zip", tmp_path / "Neuer Rechner")
    new = Copy(tmp_path / "Neuer Rechner", "Ben")
    new.do("collect")
    new.do("extend", "AM", "country_report", "2020-12-04")

    # Saturday: the server's disk has lost a file; nothing stops, and it comes back
    files = sorted((server.root / "received" / "files").glob("??/*"))
    gone = files[0].read_bytes()
    files[0].unlink()
    for path in (p for p in server.folder.inbox.rglob("*") if p.is_file()):
        if path.read_bytes() == gone:  # else it is taken from there again
            path.unlink()
    assert "lost" in server.do("collect").said
    new.do("sync", str(server.root))
    ana.do("sync", str(server.root))
    new.do("sync", str(server.root))
    ana.do("sync", str(server.root))

    # Sunday: all three hold the same, and what each was told holds
    for copy in (ana, new, server):
        copy.do("collect")
        assert copy.do("verify").code == 0
        assert traces(copy, ["Why, GE-3?"]) == []
        assert copy.asked() == {"AM-1", "AM-2", "AM-3", "GE-2"}
        kinds = [each.kind for each in copy.folder.decisions]
        assert kinds.count("extended") == 3 and kinds.count("question marked") >= 1
    same([ana, new, server])
    assert receipts["AM-1"] in _receipts(ana) and receipts["AM-3"] in _receipts(new)


def _receipts(copy: Copy) -> set[str]:
    from seminarkit.core.store.read_store import submissions

    return {each.receipt for each in submissions(copy.folder.database)}
