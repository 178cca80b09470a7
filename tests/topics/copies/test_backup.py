"""Is a backup that was written while everything ran whole, wherever it is unpacked?"""

from __future__ import annotations

import random
import shutil
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from serve_tools import FormServer, filled_form, sent
from shared import complete_report
from team_tools import Copy, files_of

from seminarkit.core.package_folder import KIT

PEOPLE = ("AM-1", "AM-2", "AM-3", "GE-1", "GE-2", "GE-3")
ELSEWHERE = ("Asia/Tashkent", "America/Los_Angeles", "UTC")


@dataclass
class Load:
    """People who send forms and an organiser who decides; what each was told is kept."""

    server: FormServer
    copy: Copy
    stop: threading.Event = field(default_factory=threading.Event)
    receipts: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    refused: list[object] = field(default_factory=list)

    def send(self, seed: int) -> None:
        chance, rev = random.Random(seed), 0
        while not self.stop.is_set():
            rev += 1
            person = chance.choice(PEOPLE)
            asked = {"questions": [{"question": f"Who pays {seed} {rev}?", "about": "d1-keynote"}]}
            form, answers = chance.choice([("questions", asked), ("country_report", complete_report(evaluated=f"By {seed} {rev}."))])  # fmt: skip
            filled = filled_form(self.server.folder, form, person, answers, rev)
            what = chance.choice(["save", "submit"])
            status, told = self.server.post(person, what, sent(filled))
            if what == "submit" and status == 200:
                self.receipts.append(told["receipt"])
            elif status != 200:
                self.refused.append((status, told))

    def decide(self) -> None:
        day = 0
        while not self.stop.is_set():
            day += 1
            due = f"2020-12-{1 + day % 28:02}"
            if self.copy.run("extend", "GE", "country_report", due).code == 0:
                self.decided.append(due)


@contextmanager
def loaded(ana: Copy) -> Iterator[Load]:
    server = FormServer(ana.folder)
    for person in PEOPLE:
        server.link(person)
    server.start()
    load = Load(server, ana)
    threads = [threading.Thread(target=load.send, args=(seed,)) for seed in range(2)]
    threads += [threading.Thread(target=load.decide)]
    try:
        for thread in threads:
            thread.start()
        yield load
    finally:
        load.stop.set()
        for thread in threads:
            thread.join(60)
        server.stop()


def restored(archive: Path, place: Path, zone: str) -> Copy:
    """Unpack a backup as any program does, for another user, who gives rights of their own."""
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        packed.extractall(place)
    for path in place.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    state = place.parent / f"{place.name} state"
    return Copy(place, "Carla", {"TZ": zone, "LC_ALL": "C", "SEMINARKIT_STATE": str(state)})


def receipts(copy: Copy) -> set[str]:
    """Return the receipt of every version of every form that is in the index."""
    from contextlib import closing

    from seminarkit.core.store.index import Index

    with closing(Index(copy.folder.database)) as index:
        return {each.receipt for each in index.everything()}


def hold(archive: Path, place: Path, zone: str, told: set[str], decided: list[str]) -> None:
    copy = restored(archive, place, zone)
    names = {p.relative_to(place).as_posix() for p in place.rglob("*") if p.is_file()}
    assert not [n for n in names if n.startswith(("output/", "dossiers/", "seminar.db"))], names
    copy.do("collect")
    assert copy.do("verify").code == 0
    assert told <= receipts(copy), told - receipts(copy)
    kept = [each.decision.due[:10] for each in copy.folder.decisions.lines()]
    assert kept[: len(decided)] == decided
    links = (copy.root / "received" / "links.jsonl").read_bytes()
    assert links and (copy.root / "received" / "drafts.jsonl").read_bytes()
    copy.do("extend", "AM", "country_report", "2020-12-24")  # and goes on


def under_load(ana: Copy, place: Path, number: int) -> None:
    backups = []
    with loaded(ana) as load:
        while len(load.receipts) < 3 or not load.decided:
            load.stop.wait(0.05)
        for n in range(number):
            load.stop.wait(random.Random(n).random())
            told, decided = set(load.receipts), list(load.decided)
            archive = place / f"backup {n}.zip"
            ana.do("backup", str(archive))
            backups.append((archive, told, decided))
    for n, (archive, told, decided) in enumerate(backups):
        hold(archive, place / f"Ort mit Ümläut {n}", ELSEWHERE[n % 3], told, decided)
        shutil.rmtree(place / f"Ort mit Ümläut {n}")
    assert not load.refused, load.refused


@pytest.mark.timeout(600)
def test_under_load(ana: Copy, tmp_path: Path) -> None:
    """W05: written while forms come in and decisions are made; unpacked elsewhere it is whole."""
    under_load(ana, tmp_path, 3)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(5))
def test_under_load_by_night(ana: Copy, tmp_path: Path, part: int) -> None:
    """W05: fifty of them."""
    under_load(ana, tmp_path, 10)


def test_twice_and_beside(ana: Copy, tmp_path: Path) -> None:
    """W05: private, whole or not at all, without an earlier backup, and over an earlier one."""
    target = tmp_path / "backup.zip"
    for _ in range(2):
        ana.do("backup", str(target))
        assert target.stat().st_mode & 0o777 == 0o600
    ana.do("backup", "one.zip")
    ana.do("backup", "two.zip")
    with zipfile.ZipFile(ana.root / "two.zip") as packed:
        assert "one.zip" not in packed.namelist()
    assert "folder" in ana.run("backup", str(tmp_path)).said
    nowhere = ana.run("backup", str(tmp_path / "no" / "b.zip"))
    assert nowhere.code == 2 and "There is no folder" in nowhere.said
    assert not list(tmp_path.glob("*.tmp"))


def test_lost_files_are_named(ana: Copy, tmp_path: Path) -> None:
    """W05: what was lost before is named; what came under the same name is in it."""
    ana.send("AM-2", "Who pays?")
    ana.do("collect")
    ana.send("AM-2", "Who pays in the end?")
    ana.do("collect")
    from seminarkit.core.store.received_files import ReceivedFiles

    received = ReceivedFiles(ana.root / "received")
    first, second = [a for a in received.arrivals() if a.name == "AM-2-questions.ipynb"]
    received.path(first.sha256).unlink()
    ran = ana.run("backup", str(tmp_path / "b.zip"))
    assert ran.code == 1 and "AM-2-questions.ipynb" in ran.err
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        names = {name.rsplit("/", 1)[-1] for name in packed.namelist()}
    assert second.sha256 in names and first.sha256 not in names


def test_restored_into_what_went_on(ana: Copy, tmp_path: Path) -> None:
    """W02 W05: a backup taken into the folder brings what it lacks, and nobody who was forgotten."""
    ana.send("AM-2")
    ana.do("collect")
    ana.do("question", "AM-2-q1", "--parked")
    ana.do("backup", str(tmp_path / "b.zip"))
    ana.do("forget", "GE-2", "--yes")
    before = files_of(ana)
    ana.do("merge", str(tmp_path / "b.zip"))
    assert files_of(ana) == before
    assert ana.asked() == {"AM-2"} and ana.do("verify").code == 0
    # on a computer that has nothing yet: unpacked, then made one with the copy that went on
    copy = restored(tmp_path / "b.zip", tmp_path / "elsewhere", "UTC")
    copy.do("collect")
    assert copy.asked() == {"AM-2", "GE-2"}
    assert "GE-2 was forgotten on another copy" in copy.do("merge", str(ana.root)).said
    assert copy.asked() == {"AM-2"} and files_of(copy) == before


def test_begun_by_itself(tmp_path: Path) -> None:
    """W05: a seminar that nothing came to yet can be backed up, too."""
    copy = Copy(tmp_path / "a")
    copy.root.mkdir()
    shutil.copy(KIT / "seminar.yml", copy.root)
    assert copy.do("backup", str(tmp_path / "b.zip")).code == 0
    assert (tmp_path / "b.zip").stat().st_size > 100
