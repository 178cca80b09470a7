"""Is somebody gone from every file, as far as other tools can see, and is all else still there?"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import in_process
import pytest
from happening import NAMED_ALONE, WROTE, answers_of, mail, seminar, zipped
from looking import hits

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions

OWN = {"seminar.yml"}  # what forget lists as the organiser's own
KEPT = (
    "A colleague's own question, to be kept",
    "What others said in the chat, to be kept",
    "a colleague's note, kept",
    "A second sentence is somebody else's",
)
COUNTRIES = {"AM": "Armenia", "BY": "Belarus", "GE": "Georgia", "KZ": "Kazakhstan", "UA": "Ukraine"}
EVERYBODY = [f"{c}-{n}" for c in COUNTRIES for n in ("1", "2", "3", "NEO")] + [
    "BY-4",
    "BY-5",
    "BY-6",
]


@pytest.fixture
def root(happened: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(happened, tmp_path / "seminar"))


@pytest.fixture
def small(happened: Path, tmp_path: Path) -> Path:
    """What was received and filled in, without what runs have made of it."""
    return _small(happened, tmp_path / "seminar")


def _small(happened: Path, place: Path) -> Path:
    left_out = shutil.ignore_patterns("output", "dossiers", "AM", "BY", "KZ", "UA", "forms")
    return Path(shutil.copytree(happened, place, ignore=left_out))


@pytest.fixture(scope="module")
def forgotten_once(happened: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The small folder with files that forget cannot reach, after it, and what it printed."""
    root = _small(happened, tmp_path_factory.mktemp("forgotten") / "seminar")
    (root / "my notes.txt").write_text("Ask GE-2, Core participant 2, Georgia", "utf-8")
    (root / "inbox" / "letter.pdf").write_bytes(b"%PDF-1.4\nbroken\n")
    (root / ".git").mkdir()
    return root, forget(root, "GE-2")


@pytest.fixture
def forgotten(forgotten_once: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    root, printed = forgotten_once
    return Path(shutil.copytree(root, tmp_path / "seminar")), printed


def words_of(root: Path, person: str) -> dict[str, str]:
    """Return what a person is known by, from seminar.yml, the log of decisions and the sample."""
    country, _, number = person.partition("-")
    seminar_of = SeminarFolder(root).written
    people = {p.id: (p.name, p.email) for p in seminar_of.delegations.get(country, [])}
    people |= {f"{c}-NEO": (n.name, n.email) for c, n in seminar_of.contacts.items()}
    received = root / "received"
    logs = [received / "decisions.jsonl", *received.glob("logs/*/decisions.jsonl")]
    for line in "".join(log.read_text("utf-8") for log in logs).splitlines():
        for p in json.loads(line).get("people", []):
            people.setdefault(p["id"], (p["name"], p.get("email")))
    name, address = people[person]
    words = {person: "id", name: "name", **({address: "address"} if address else {})}
    if (
        number != "NEO"
    ):  # what the NEO's forms say is who comes: their names are not the NEO's words
        words |= dict.fromkeys(answers_of(country).get(person, ()), "answer")
    return words


def forget(root: Path, person: str, *more: str) -> str:
    return seminar(root, "forget", person, "--yes", *more)


def versions(root: Path, without: str) -> set[tuple[str, str, str]]:
    return {
        (s.person, s.form, s.subject)
        for s in submissions(root / "seminar.db")
        if s.person != without
    }


def test_nobody_overlooks_what_is_looked_for(root: Path) -> None:
    """O37 P10: the independent look finds her before, in every kind of file that there is."""
    found = hits(root, {**words_of(root, "GE-2"), WROTE: "answer"})
    kinds = {Path(place).suffix for place in found}
    assert {".pdf", ".docx", ".html", ".json", ".ipynb", ".eml", ".zip", ".db", ".tmp", ".gz", ".jsonl", ".txt", ".csv"} <= kinds  # fmt: skip
    assert any(".pptx" in place for place in found)
    # packed twice, in UTF-16, in two runs of Word
    assert {"inbox/deep.zip", "inbox/wide.txt", "inbox/a note.docx"} <= set(found)


def test_a_person_is_gone_from_every_file_and_all_others_are_there(root: Path) -> None:
    """O37 O38 P10: accepted, refused, cut off, packed, mailed, said in a chat; PDF, Word, slides."""
    words = {**words_of(root, "GE-2"), WROTE: "answer"}
    before = versions(root, "GE-2")
    told = forget(root, "GE-2")
    only_wrote = hits(root, words, OWN)
    # BY-5's half form and the chat's other lines are other people's: BY-5 wrote the same words
    assert {p: w for p, w in only_wrote.items() if w != {f"answer: {WROTE}"}} == {}
    assert set(only_wrote) <= {"inbox/BY-5 half.ipynb", *_files_like(root, "BY-5 half.ipynb")}
    assert versions(root, "GE-2") == before
    texts = "\n".join(_texts(root))
    for kept in KEPT:
        assert kept in texts, kept
    for words_said in ("seminar.yml", "mails that were sent", "backups", "own computer"):
        assert words_said in told
    told = seminar(root, "verify")
    assert "all is as it was" in told
    assert "removed by 'seminar forget'" in told
    seminar(root, "collect", "--rebuild")
    assert "all is as it was" in seminar(root, "verify")
    for command in ("prepare", "report", "publish", "recap", "conclude", "sheets", "check", "status", "remind", "next"):  # fmt: skip
        in_process.seminar(root, command)
    again = hits(
        root, {k: v for k, v in words.items() if v in ("answer", "address") and k != WROTE}, OWN
    )
    assert again == {}
    assert "GE-2" not in {s.person for s in submissions(root / "seminar.db")}
    assert not (root / "packs" / "GE" / "GE-2").exists()
    assert "all is as it was" in seminar(root, "verify")


def test_who_has_only_refused_files_and_who_is_named_alone(small: Path) -> None:
    """O37 P10: nobody of them has a version in the index."""
    assert "BY-5" not in {s.person for s in submissions(small / "seminar.db")}
    forget(small, "BY-5")
    assert hits(small, {"BY-5": "id", "Core participant 2, Belarus [sample]": "name"}, OWN) == {}
    name, address = NAMED_ALONE
    told = forget(small, name)
    assert (
        hits(small, {name: "name", address: "address", "Head of office, alone here": "answer"})
        == {}
    )
    assert "No file names them any more" in told
    assert "Somebody Else" in "\n".join(_texts(small))
    assert "all is as it was" in seminar(small, "verify")


def test_what_was_forgotten_is_not_taken_in_again(
    forgotten: tuple[Path, str], happened: Path
) -> None:
    """O37 P10: the same file, zipped anew, in a mail; a colleague's file is."""
    small, _ = forgotten
    (small / "inbox" / "letter.pdf").unlink()
    hers = happened / "inbox" / "GE-2-pre_survey.ipynb"
    data = hers.read_bytes()
    again = json.dumps(json.loads(data), indent=3).encode()  # saved anew: other bytes, same answers
    for name, content in {
        hers.name: data,
        "other name.ipynb": again,
        "packed.zip": zipped(one__ipynb=again, two__txt=b"x"),
        "mailed.eml": mail("Somebody <x@example.org>", "see file", one__ipynb=data),
    }.items():
        (small / "inbox" / name).write_bytes(content)
        os.utime(small / "inbox" / name, (1_600_000_000, 1_600_000_000))
    before = sorted(small.glob("received/files/??/*"))
    told = seminar(small, "collect")
    assert told.count("by somebody who was forgotten") + told.count("words of somebody who was forgotten") == 4  # fmt: skip
    assert sorted(small.glob("received/files/??/*")) == before


def test_a_look_first_changes_nothing_and_lists_every_file(small: Path) -> None:
    """O35 O37"""
    before = {p: p.read_bytes() for p in small.rglob("*") if p.is_file()}
    told = seminar(small, "forget", "ge-2", "--dry-run")
    value = json.loads(seminar(small, "forget", "GE-2", "--dry-run", "--json"))
    assert {p: p.read_bytes() for p in small.rglob("*") if p.is_file()} == before
    files = [Path(hit["file"]) for hit in value["found"]]
    listed = {f.relative_to(small).as_posix() for f in files if f.is_relative_to(small)}
    assert set(hits(small, words_of(small, "GE-2"))) <= listed
    assert "To be removed" in told
    assert "your own file" in told.lower()


def test_forget_says_what_it_cannot_reach(forgotten: tuple[Path, str]) -> None:
    """O37 P10: a locked archive, a PDF without words, a link; own files only when asked."""
    small, told = forgotten
    assert "letter.pdf: is a PDF that cannot be read" in told
    assert "history of git" in told
    assert "my notes.txt" in told.split("Searched again")[1]
    assert "GE-2" in (small / "my notes.txt").read_text("utf-8")
    forget(small, "GE-2", "--own-files")
    assert "GE-2" not in (small / "my notes.txt").read_text("utf-8")
    assert "GE-2" not in (small / "seminar.yml").read_text("utf-8")


def kill_at(root: Path, person: str, seconds: float) -> bool:
    """Start forgetting and kill it; return whether it was killed before its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "seminarkit", "--folder", str(root), "forget", person, "--yes"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    # begin to count when it has noted what it is about to do
    limit = time.monotonic() + 200
    plan = root / "received" / ".forgetting.json"
    while not plan.exists() and process.poll() is None and time.monotonic() < limit:
        time.sleep(0.01)
    time.sleep(seconds)
    if process.poll() is not None:
        return False
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    return plan.exists()


def _finished(root: Path, person: str, words: dict[str, str]) -> None:
    forget(root, person)
    assert hits(root, words, OWN) == {}
    assert "all is as it was" in seminar(root, "verify")
    assert not (root / "received" / ".forgetting.json").exists()


@pytest.mark.timeout(600)
@pytest.mark.nightly
def test_killed_half_way_it_is_taken_up_again(small: Path) -> None:
    """O37 P10: killed twice at different moments, it completes; nobody else can be forgotten first."""
    words = words_of(small, "AM-2")
    killed = [kill_at(small, "AM-2", seconds) for seconds in (0.1, 1.0)]
    assert any(killed)
    if (small / "received" / ".forgetting.json").exists():
        assert "was stopped before its end" in seminar(small, "forget", "GE-3", "--yes", code=1)
    _finished(small, "AM-2", words)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("step", range(12))
def test_killed_anywhere_it_completes(root: Path, step: int) -> None:
    """O37 P10"""
    words = words_of(root, "UA-2")
    kill_at(root, "UA-2", step * 0.4)
    _finished(root, "UA-2", words)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_of_the_sample_can_be_forgotten(root: Path, person: str) -> None:
    """O37 P10: 0 hits of id, names, addresses, answers."""
    words = words_of(root, person)
    before = versions(root, person)
    forget(root, person)
    assert hits(root, words, OWN) == {}
    assert versions(root, person) == before
    assert "all is as it was" in seminar(root, "verify")
    for command in ("report", "publish"):
        in_process.seminar(root, command)


def _texts(root: Path) -> list[str]:
    from looking import contents, readings

    return [
        text
        for path in (*root.glob("received/files/??/*"), *root.glob("inbox/**/*"))
        if path.is_file()
        for data in contents(path)
        for text in readings(data)
    ]


def _files_like(root: Path, name: str) -> set[str]:
    """Return where the bytes of a file of the inbox lie in received/."""
    data: Any = (root / "inbox" / name).read_bytes()
    return {
        p.relative_to(root).as_posix()
        for p in root.glob("received/files/??/*")
        if p.read_bytes() == data
    }
