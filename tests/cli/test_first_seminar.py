"""Does a seminar go on that an earlier version has begun? Every command, on a folder it made."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from in_process import seminar
from shared import ROOT
from two_copies import newest_id

from seminarkit.cli.main import COMMANDS
from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.logs.team_log import GOES_ON
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions

PLACE = ROOT / "tests" / "first_seminar"
ARCHIVES = {
    "0.1.0": PLACE / "seminar.tar.xz",
    "0.4.0": PLACE / "seminar-0.4.0.tar.xz",
    "0.5.0": PLACE / "seminar-0.5.0.tar.xz",
    "0.7.0": PLACE / "seminar-0.7.0.tar.xz",
}
NIGHTLY = {"0.4.0", "0.5.0"}
# Each command with what it is given; in this order, as an organiser who goes on would use them.
# A command without an entry fails the walk, so that a new one is tried as well.
WALK: dict[str, list[list[str]]] = {
    "check": [[], ["--json"]],
    "next": [[], ["--role", "NEO", "--who", "GE"], ["--json"]],
    "status": [[], ["--json"]],
    "collect": [[], ["--rebuild"]],
    "version": [[], ["GE-2", "country_report"], ["--json"]],
    "confirm": [["--dry-run"], ["GE-2"], []],
    "prepare": [["--country", "GE", "--country", "BY"]],
    "links": [[]],
    "nominate": [[], ["BY", "--dry-run"]],
    "remind": [["--dry-run"], ["--again"]],
    "ask": [["GE-2", "What came of it?"]],
    "extend": [["GE", "country_report", "2020-12-03"]],
    "groups": [["--dry-run"]],
    "log": [[], ["GE-2"], ["--json"]],
    "undo": [["{decision}"]],
    "choose": [[]],
    "me": [[]],
    "chat": [["{chat}", "--session", "d1-keynote"]],
    "questions": [[], ["--json"]],
    "question": [["GE-2-q1", "--open"]],
    "answers": [[], ["--form", "registration"], ["--json"]],
    "notes": [[], ["--json"]],
    "report": [[]],
    "recap": [[]],
    "statement": [[], ["n-4e6k2s", "--leave"]],
    "conclude": [[]],
    "publish": [[]],
    "mail": [
        ["invitation", "--country", "GE"],
        ["thanks"],
        ["results", "--pages", "https://www.example.org/seminar", "--json"],
    ],
    "sheets": [[]],
    "verify": [[], ["--json"]],
    "backup": [["{backup}"]],
    "merge": [["{backup}"], ["{backup}", "--dry-run"]],
    "sync": [["{other}"]],
    "doctor": [[]],
    "forget": [["AM-3", "--dry-run"]],
}
# These wait for somebody or make another seminar; other tests run them.
NOT_WALKED = {"open", "serve", "demo"}
CHAT = "09:12:01\t From Somebody to Everyone:\n\tWho pays for a short course?\n"


def unpacked(version: str, place: Path) -> SeminarFolder:
    with tarfile.open(ARCHIVES[version]) as archive:
        archive.extractall(place, filter="data")
    return SeminarFolder(place)


def kept(folder: SeminarFolder) -> dict[str, Any]:
    """Return what no later version may lose, read without the kit where that can be done."""
    logs = [folder.received / "decisions.jsonl", *folder.received.glob("logs/*/decisions.jsonl")]
    told = [json.loads(line) for log in logs for line in log.read_text("utf-8").splitlines()]
    return {
        "decisions": [{**each, "chain": ""} for each in told if each["kind"] != GOES_ON],
        "bytes": {p.name for p in folder.received.glob("files/??/*")},
        "versions": Counter((s.person, s.form, s.receipt) for s in submissions(folder.database)),
        "packs": {p.relative_to(folder.root).as_posix() for p in folder.packs.rglob("*.ipynb")},
        "drafts": list(ChainedLog(folder.drafts, "").entries()),
        "links": list(ChainedLog(folder.links, "").entries()),
    }


def test_the_walk_knows_every_command() -> None:
    """P10: a new command is tried on the old folder too, or this fails."""
    assert set(WALK) | NOT_WALKED == set(COMMANDS)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "version",
    [pytest.param(v, marks=[pytest.mark.nightly] * (v in NIGHTLY)) for v in sorted(ARCHIVES)],
)
def test_every_command_goes_on_with_a_folder_of_an_earlier_version(
    tmp_path: Path, version: str
) -> None:
    """O38 P10 W05: exit code 0, no traceback; no decision, receipt, version, draft, pack is lost."""
    folder = unpacked(version, tmp_path / "first seminar")
    before = kept(folder)
    assert len(before["versions"]) > 70
    assert len(before["decisions"]) > 20
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT, encoding="utf-8")
    places = {"chat": chat, "backup": tmp_path / "backup.zip", "other": tmp_path / "other"}
    for command, ways in WALK.items():
        for way in ways:
            places["decision"] = newest_id(folder)
            seminar(folder.root, command, *(word.format(**places) for word in way))
    after = kept(SeminarFolder(folder.root))
    later = {json.dumps(each) for each in after["decisions"]}
    assert {json.dumps(each) for each in before["decisions"]} <= later
    assert before["bytes"] <= after["bytes"]
    assert all(hashlib.sha256(p.read_bytes()).hexdigest() == p.name for p in folder.received.glob("files/??/*"))  # fmt: skip
    assert before["versions"] <= after["versions"]
    assert before["packs"] <= after["packs"]
    assert after["drafts"] == before["drafts"]
    assert after["links"][: len(before["links"])] == before["links"]
