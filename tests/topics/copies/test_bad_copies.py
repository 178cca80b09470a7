"""What merge and sync are given that they cannot take: a sentence with the way on, nothing lost."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from team_tools import Copy, Ran, begun, files_of, logs_of

from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.logs.writers import MARK

STRANGER = "0badc0de"  # the id of a writer
TERMINAL = "\x1b]0;owned\x07\x1b[2J"


def unchanged(copy: Copy, words: list[str]) -> Ran:
    """Run what cannot be done whole; all that was there is there, and the seminar goes on."""
    before = logs_of(copy), files_of(copy)
    ran = copy.run(*words)
    assert ran.code in (1, 2), ran
    assert len(ran.said.strip()) > 20 and "Error" not in ran.said.replace("Error:", ""), ran
    assert "\x1b" not in ran.said
    logs, files = logs_of(copy), files_of(copy)
    assert {name: logs[name] for name in before[0]} == before[0]
    assert set(before[1]) <= set(files)
    return ran


def log(place: Path, name: str, entries: list[dict[str, Any]]) -> Path:
    """Write a log that is chained as it should be, as another copy's writer."""
    logs = place / "received" / "logs" / STRANGER
    logs.mkdir(parents=True, exist_ok=True)
    ChainedLog(logs / f"{name}.jsonl", "").append({**e, "on": STRANGER} for e in entries)
    return logs / f"{name}.jsonl"


@pytest.fixture
def other(ana: Copy, tmp_path: Path) -> Path:
    """A folder that says it is this seminar, and holds nothing yet."""
    place = tmp_path / "other"
    place.mkdir()
    shutil.copy(ana.root / "seminar.yml", place)
    return place


def test_not_there(ana: Copy, tmp_path: Path) -> None:
    """W01 W07: no folder, an empty one, a file that is no log, the folder itself."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "letter.txt").write_text("Dear all")
    (tmp_path / "decisions.txt").write_text("Dear all, we decided.\n")
    for words, said in (
        (["merge", str(tmp_path / "nowhere")], "does not exist"),
        (["merge", str(tmp_path / "empty")], "no log of a seminar"),
        (["merge", str(tmp_path / "letter.txt")], "no log of a seminar"),
        (["merge", str(tmp_path / "decisions.txt")], "changed or damaged after it was written"),
        (["merge", "."], "this folder itself"),
        (["merge", "received"], "this folder itself"),
        (["sync", "."], "this folder itself"),
        (["sync", str(tmp_path / "no" / "disk")], "Is the disk connected?"),
        (["sync", str(tmp_path / "letter.txt")], "is a file"),
    ):
        assert said in unchanged(ana, words).said, words
    (tmp_path / "link").symlink_to(ana.root)
    assert "this folder itself" in unchanged(ana, ["merge", str(tmp_path / "link")]).said


def test_another_seminar(ana: Copy, tmp_path: Path) -> None:
    """W01: a log, and a folder, of another seminar; also into an exchange folder of another."""
    stranger = begun(tmp_path / "stranger")
    text = (stranger.root / "seminar.yml").read_text("utf-8")
    assert "\nid: " in text or text.startswith("id: ") or "id:" in text
    (stranger.root / "seminar.yml").write_text(_other_id(text), "utf-8")
    (arrivals,) = (stranger.root / "received" / "logs").glob("*/arrivals.jsonl")
    assert "another seminar" in unchanged(ana, ["merge", str(arrivals)]).said
    for words in (["merge", str(stranger.root)], ["sync", str(stranger.root)]):
        before = logs_of(stranger)
        assert "another seminar" in unchanged(ana, words).said
        assert logs_of(stranger) == before


def _other_id(text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("id:"))
    lines[at] = lines[at].split("id:")[0] + "id: another-seminar\n"
    return "".join(lines)


def test_newer_kit(ana: Copy, other: Path) -> None:
    """W05: what a newer kit wrote is not taken, and it is said which version to install."""
    ahead = log(other, "decisions", [{"kind": "extended", "at": "2020-11-10T10:00:00Z", "format": 3}])  # fmt: skip
    ahead.unlink()
    _write(ahead, [{"kind": "extended", "at": "2020-11-10T10:00:00Z", "on": STRANGER, "format": 3}])
    said = unchanged(ana, ["merge", str(other)]).said
    assert "newer version of the kit" in said and "Install that version" in said
    ana.do("status")


def _write(path: Path, entries: list[dict[str, Any]]) -> None:
    """Write chained lines as they stand, whatever format they name."""
    import hashlib

    chain, text = "0" * 64, ""
    for entry in entries:
        chain = hashlib.sha256((chain + json.dumps(entry)).encode()).hexdigest()
        text += json.dumps({**entry, "chain": chain}) + "\n"
    path.write_text(text)


def test_half_delivered(ana: Copy, ben: Copy) -> None:
    """W01: a half line, a half file, a log without its files: what is whole comes, then the rest."""
    ben.do("question", "GE-2-q1", "--parked")
    ben.send("AM-2")
    ben.do("collect")
    whole = ben.log("decisions").read_bytes()
    (new,) = set(files_of(ben)) - set(files_of(ana))
    path = ben.root / "received" / "files" / new[:2] / new
    data = path.read_bytes()
    ben.log("decisions").write_bytes(whole[:-9])
    path.write_bytes(data[: len(data) // 2])
    said = unchanged(ana, ["merge", str(ben.root)]).said
    assert "is no longer as it was received" in said
    path.unlink()
    said = ana.do("merge", str(ben.root)).said
    assert "still missing in both copies" in said or "has nothing that is missing" in said, said
    assert "AM-2-questions.ipynb" in ana.do("collect").said  # named as lost until it comes
    ben.log("decisions").write_bytes(whole)
    path.write_bytes(data)
    ana.do("merge", str(ben.root))
    assert ana.decided() == ["question marked"] and ana.asked() == {"AM-2", "GE-2"}
    assert ana.do("verify").code == 0


WRONG: dict[str, list[dict[str, Any]]] = {
    "arrivals": [
        {"sha256": 5, "name": "a", "size": 1, "received_at": "2020-11-10T10:00:00Z"},
        {"sha256": "../../../etc/passwd", "name": "a", "size": 1, "received_at": "2020-11-10T10:00:00Z"},
        {"sha256": "a" * 64, "name": ["a"], "size": 1, "received_at": "2020-11-10T10:00:00Z"},
        {"sha256": "a" * 64, "name": "a", "size": "1", "received_at": "2020-11-10T10:00:00Z"},
        {"sha256": "a" * 64, "name": "a", "size": True, "received_at": "yesterday"},
        {"sha256": "a" * 64, "name": "a", "size": 1, "received_at": 5},
        {"sha256": "a" * 64, "name": "a", "size": 1, "received_at": "2020-11-10T10:00:00Z", "forgotten": "no", "redacted_from": [1]},
        {"sha256": "a" * 64, "name": "a", "size": 1, "received_at": "2020-11-10T10:00:00Z", "by": ["A"]},
        {},
    ],
    "decisions": [
        {"kind": ["extended"], "at": "2020-11-10T10:00:00Z"},
        {"kind": "extended", "at": 5, "country": "GE", "form": "questions", "due": "2020-12-01"},
        {"kind": "extended", "at": "2020-11-10T10:00:00Z", "country": ["GE"], "form": {}, "due": 1},
        {"kind": "extended", "at": "2020-11-10T10:00:00Z", "country": "GE", "form": "questions", "due": "soon"},
        {"kind": "nominated", "at": "2020-11-10T10:00:00Z", "country": "GE", "people": "all", "receipt": 1},
        {"kind": "nominated", "at": "2020-11-10T10:00:00Z", "country": "GE", "people": [5], "receipt": "GE-AAAA"},
        {"kind": "seated", "at": "2020-11-10T10:00:00Z", "session": "d1-groups-1", "groups": {"a": 1}},
        {"kind": "question", "at": "2020-11-10T10:00:00Z", "question": 1, "person": 2, "text": 3, "mark": 4},
        {"kind": "undone", "at": "2020-11-10T10:00:00Z", "of": {}, "what": 1, "subject": 5},
        {"kind": "person forgotten", "at": "2020-11-10T10:00:00Z", "sha256": ["x"]},
        {"kind": "file given up", "at": None, "sha256": 1, "name": 2},
        {"kind": "moved", "at": "2020-11-10T10:00:00Z", "person": 1, "session": [], "group": {}},
        {"kind": "version chosen", "at": "2020-11-10T10:00:00Z", "instance": 1, "receipt": [], "seen": 7},
        {"kind": "extended", "at": "2020-11-10T10:00:00Z", "after": {"x": "y"}, "country": "GE", "form": "questions", "due": "2020-12-01"},
        {"kind": "extended", "at": "2020-11-10T10:00:00Z", "after": [1], "by": {"name": TERMINAL}, "country": "GE", "form": "questions", "due": "2020-12-01"},
        {"kind": f"strange {TERMINAL}", "at": TERMINAL, "by": TERMINAL},
    ],
    "forgotten": [{"what": "file", "sha256": 5, "at": 5}, {"what": ["file"], "sha256": {}}, {}],
    "promises": [{"kind": 5, "at": []}, {}],
    "issues": [{"kind": 5, "at": []}, {}],
}  # fmt: skip


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.nightly] * (n != "decisions")) for n in WRONG]
)
def test_wrong_types(ana: Copy, other: Path, tmp_path: Path, name: str) -> None:
    """W01: lines that are chained as they should be, and say what no kit says.

    They are refused, or kept and passed over; in either case every command goes on.
    """
    for number, entry in enumerate(WRONG[name]):
        place = shutil.copytree(other, tmp_path / f"{name} {number}")
        log(place, name, [entry])
        ran = ana.run("merge", str(place))
        assert "\x1b" not in ran.said and "\x07" not in ran.said
        assert ran.code in (0, 1, 2), ran
        _by_another_name(ana)
    for words in (["status"], ["collect"], ["next"], ["report"]):
        said = ana.do(*words).said
        assert "\x1b" not in said and "\x07" not in said


def _by_another_name(copy: Copy) -> None:
    """Let the next wrong line come from another writer: all are together in the end."""
    logs = copy.root / "received" / "logs" / STRANGER
    number = len(list(logs.parent.iterdir()))
    if logs.exists():
        from seminarkit.core.logs.writers import state_of

        new = f"{number:08x}"
        logs.rename(logs.with_name(new))
        seen = state_of(copy.root) / "received" / "logs" / STRANGER
        if seen.exists():
            seen.rename(seen.with_name(new))


def test_hostile_names(ana: Copy, other: Path) -> None:
    """W01: names of writers, and folders of logs, that would steer a terminal or lead elsewhere."""
    made = log(other, "decisions", [{"kind": "extended", "at": "2020-11-10T10:00:00Z", "by": TERMINAL, "country": "GE", "form": "country_report", "due": "2020-12-01"}])  # fmt: skip
    (made.parent / MARK).write_text(json.dumps({"by": TERMINAL, "host": f"<b>{TERMINAL}"}))
    strange = other / "received" / "logs" / "a\x1b[2Jb"
    shutil.copytree(made.parent, strange)
    (other / "received" / "files").mkdir()
    (other / "received" / "logs" / STRANGER / "arrivals.jsonl").symlink_to("/etc/passwd")
    for words in (["merge", str(other), "--dry-run"], ["merge", str(other)], ["status"], ["next"]):
        said = ana.run(*words).said
        assert "\x1b" not in said and "root:" not in said, words
    for words in (["status"], ["verify"], ["doctor"]):
        assert "\x1b" not in ana.run(*words).said


def test_names_that_differ_in_case(ana: Copy, ben: Copy) -> None:
    """W03: a log and a writer's folder whose names differ in case only are named, and taken in."""
    ben.do("question", "GE-2-q1", "--parked")
    log = ben.log("decisions")
    upper = ana.root / "received" / "logs" / ben.writer.upper()
    if upper.name == ben.writer:
        upper = upper.with_name(f"{ben.writer} (1)")
    upper.mkdir()
    shutil.copy(log, upper / "DECISIONS.JSONL")
    said = ana.do("status").err
    assert "DECISIONS.JSONL is a copy. It contains 1 decision" in said and "seminar merge" in said
    assert ana.decided() == []
    ana.do("merge", str(upper / "DECISIONS.JSONL"))
    assert ana.decided() == ["question marked"]
    assert logs_of(ana)[f"logs/{ben.writer}/decisions.jsonl"] == log.read_bytes()
    # a whole folder that was doubled is not read twice
    shutil.copytree(log.parent, ana.root / "received" / "logs" / f"{ben.writer} (1)")
    assert "everything in it is also here" in ana.do("status").err
    assert len(ana.folder.decisions.lines()) == 1


def test_index_as_source(ana: Copy) -> None:
    """W01: a conflict copy of the index is no log."""
    shutil.copy(ana.root / "seminar.db", ana.root / "seminar (1).db")
    assert "no log of a seminar" in unchanged(ana, ["merge", "seminar (1).db"]).said


# --- archives


def zipped(place: Path, name: str, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(place / name, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry, data in entries.items():
            packed.writestr(entry, data)
    return place / name


def entries_of(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as packed:
        return {entry.filename: packed.read(entry) for entry in packed.infolist()}


@pytest.fixture(scope="module")
def archive(first_day: Copy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of Ben's copy, with a decision and a form that Ana's has not."""
    tmp_path = tmp_path_factory.mktemp("backup")
    ben = first_day.copied(tmp_path / "ben", "Ben")
    ben.do("question", "GE-2-q1", "--parked")
    ben.send("AM-2")
    ben.do("collect")
    ben.do("backup", str(tmp_path / "ben.zip"))
    return tmp_path / "ben.zip"


@pytest.mark.parametrize(
    "prefix",
    ["../", "../../outside/", "/", "C:\\", "..\\..\\", "a/../../", "not-", "seminar/", "a/b/c/"],
)
def test_names_in_archives(ana: Copy, archive: Path, tmp_path: Path, prefix: str) -> None:
    """W01: a name that leads out of the archive leads nowhere."""
    entries = {f"{prefix}{name}": data for name, data in entries_of(archive).items()}
    bad = zipped(tmp_path, "bad.zip", entries)
    before = {p for p in tmp_path.rglob("*") if "ana" not in p.parts}
    ran = ana.run("merge", str(bad))
    assert {p for p in tmp_path.rglob("*") if "ana" not in p.parts} == before
    if ran.code == 0:
        assert ana.asked() == {"AM-2", "GE-2"}
    else:
        assert ran.code in (1, 2) and "received/" in ran.said
    ana.do("status")


def test_spoilt_archives(ana: Copy, archive: Path, tmp_path: Path) -> None:
    """W01: cut, changed, empty, locked, and one that says it is larger than any disk."""
    data = archive.read_bytes()
    chance = random.Random(7)
    spoilt: dict[str, bytes] = {
        "empty": b"",
        "cut": data[: len(data) // 2],
        "no zip": b"PK\x03\x04" + b"x" * 1000,
        "huge": _declared(archive, 1 << 60),
        "locked": _locked(data),
    }
    for number in range(4):
        changed = bytearray(data)
        for _ in range(20):
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        spoilt[f"changed {number}"] = bytes(changed)
    for name, content in spoilt.items():
        path = tmp_path / f"{name}.zip"
        path.write_bytes(content)
        if name.startswith("changed"):  # perhaps where nobody looks
            assert ana.run("merge", str(path)).code in (0, 1, 2)
        else:
            unchanged(ana, ["merge", str(path)])
    ana.do("merge", str(archive))
    assert ana.asked() == {"AM-2", "GE-2"}


def _declared(archive: Path, size: int) -> bytes:
    """Let an entry say that it is so large once unpacked."""
    copy = Path(shutil.copy(archive, archive.with_name("huge.zip")))
    with zipfile.ZipFile(copy, "a") as packed:
        packed.comment = b"written anew"
        log = next(e for e in packed.infolist() if e.filename.endswith("arrivals.jsonl"))
        log.file_size = size
    return copy.read_bytes()


def _locked(data: bytes) -> bytes:
    """Let every entry say that it is locked by a password."""
    changed = bytearray(data)
    for sign, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = data.find(sign)
        while start >= 0:
            changed[start + at] |= 1
            start = data.find(sign, start + 4)
    return bytes(changed)


def test_link_in_the_files(ana: Copy, ben: Copy, tmp_path: Path) -> None:
    """W01: a link in the place of a received file is not followed."""
    ben.send("AM-2")
    ben.do("collect")
    (new,) = set(files_of(ben)) - set(files_of(ana))
    path = ben.root / "received" / "files" / new[:2] / new
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    said = ana.do("merge", str(ben.root)).said
    assert "still missing in both copies" in said
    assert new not in files_of(ana)
