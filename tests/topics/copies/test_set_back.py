"""Does the first command name whatever a program that copies files has set back, cut or doubled?

Drawn with a seed: what it does to which log, and which command comes first.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from team_tools import Copy, begun, logs_of

from seminarkit.core.logs.hash_log import Line
from seminarkit.core.logs.last_seen import logs_in
from seminarkit.core.logs.team_log import has_content
from seminarkit.core.logs.union import read_log
from seminarkit.core.logs.writers import state_of

NIGHT, DAY = 100, 10
FIRST = (["status"], ["next"], ["questions"], ["collect"], ["verify"], ["answers"])
NAMES = (
    "{log} (1).jsonl",
    "{log} (Ana's conflicted copy 2026-11-29).jsonl",
    "{log}-LAPTOP-OF-ANA.jsonl",
    "{log}.sync-conflict-20261129-101500-ABCDEFG.jsonl",
    "{log}_conflict-20261129-101500.jsonl",
    "{log} - Copy.jsonl",
    "Copy of {log}.jsonl",
    "{log} 2.JSONL",
)
Damage = Callable[[random.Random, Path], None]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, Path]:
    """Ana's copy with logs of three writers, and what the kit keeps of it outside."""
    place = tmp_path_factory.mktemp("team")
    ana = begun(place / "ana")
    for number, mark in enumerate(["--parked", "--chosen", "--open"]):
        ana.do("question", "GE-2-q1", mark)
        if number < 2:
            ben = ana.copied(place / f"ben {number}", "Ben")
            ben.send("AM-2", f"Who pays for {number}?")
            ben.do("collect")
            ben.do("extend", "GE", "country_report", f"2020-12-0{number + 1}")
            ben.do("extend", "AM", "country_report", f"2020-12-0{number + 1}")
            ana.do("merge", str(ben.root))
    ana.do("status")
    shutil.copytree(ana.root, place / "kept")
    shutil.copytree(state_of(ana.root), place / "kept state")
    return ana, place


def set_back(chance: random.Random, log: Path) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[: chance.randrange(len(lines))]))


def cut(chance: random.Random, log: Path) -> None:
    data = log.read_bytes()
    log.write_bytes(data[: chance.randrange(len(data) - 1)])


def change(chance: random.Random, log: Path) -> None:
    data = bytearray(log.read_bytes())
    data[chance.randrange(len(data) - 1)] ^= 1 << chance.randrange(7)
    log.write_bytes(data)


def remove(chance: random.Random, log: Path) -> None:
    log.unlink()


def remove_folder(chance: random.Random, log: Path) -> None:
    shutil.rmtree(log.parent) if log.parent.name != "received" else log.unlink()


def put_aside(chance: random.Random, log: Path) -> None:
    """The older file wins, the newer one lies beside it."""
    shutil.copy(log, log.with_name(chance.choice(NAMES).format(log=log.stem)))
    set_back(chance, log)


DAMAGES: tuple[Damage, ...] = (set_back, cut, change, remove, remove_folder, put_aside)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=[pytest.mark.nightly] * (n >= DAY)) for n in range(NIGHT)]
)
def test_named_by_the_first_command(team: tuple[Copy, Path], seed: int) -> None:
    """W03: what is gone is named by the first command, and is there again."""
    chance = random.Random(seed)
    ana, place = team
    _restore(ana, place)
    before = {log: read_log(log) for log in logs_in(ana.root / "received")}
    whole = logs_of(ana)
    for log in chance.sample(sorted(before), chance.randrange(1, 3)):
        if log.exists():
            chance.choice(DAMAGES)(chance, log)
    gone = {log: _gone(log, lines) for log, lines in before.items()}
    said = ana.run(*chance.choice(FIRST)).err
    for log, lines in gone.items():
        name = log.relative_to(ana.root / "received").as_posix()
        if lines:
            assert f"Attention: {name} " in said, (seed, name, said)
            assert "was damaged" in said or _all_named(said, log.stem, lines), (seed, said)  # fmt: skip
    assert logs_of(ana) == whole, seed
    for copy in _beside(ana.root):
        assert copy.name in said, (seed, copy, said)
    assert "had been set back" not in ana.run("status").err


def _restore(ana: Copy, place: Path) -> None:
    for kept, now in ((place / "kept", ana.root), (place / "kept state", state_of(ana.root))):
        shutil.rmtree(now)
        shutil.copytree(kept, now)


def _gone(log: Path, before: list[Line]) -> list[Line]:
    try:
        there = {line.chain for line in read_log(log)}
    except Exception:  # a spoilt log is named as one
        return before
    return [line for line in before if line.chain not in there and has_content(line)]


def _all_named(said: str, log: str, lines: list[Line]) -> bool:
    """Say whether each line that is gone is told: in words, by its moment."""
    for line in lines[:10]:
        moment = line.entry.get("at", line.entry.get("received_at", ""))[:16].replace("T", " ")
        if moment not in said or (log == "arrivals" and line.entry["name"] not in said):
            return False
    return True


def _beside(root: Path) -> list[Path]:
    ours = {*logs_in(root / "received"), *(root / "received").glob("spoilt/*")}
    found = (root / "received").rglob("*")
    return [p for p in found if p.suffix.lower() == ".jsonl" and p not in ours]


OTHERS = ("seminar (1).db", "seminar.sync-conflict-20261129-101500-ABCDEFG.db", "seminar (conflicted copy).yml", "Seminar-LAPTOP.db", "seminar (1).db-wal")  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_copies(ana: Copy, name: str) -> None:
    """W03: copies of the index and of the programme are named, whatever command comes first."""
    source = "seminar.yml" if name.endswith("yml") else "seminar.db"
    shutil.copy(ana.root / source, ana.root / name)
    assert f"{name} is a copy" in ana.do("next").err


@pytest.mark.timeout(900)
def test_whole_folder_set_back(ana: Copy, tmp_path: Path) -> None:
    """W03: all of received/ as it was yesterday: what is gone is named, files too."""
    shutil.copytree(ana.root / "received", tmp_path / "yesterday")
    ana.send("AM-2")
    ana.do("collect")
    ana.do("question", "AM-2-q1", "--parked")
    shutil.rmtree(ana.root / "received")
    shutil.copytree(tmp_path / "yesterday", ana.root / "received")
    (ana.root / "inbox" / "AM-2-questions.ipynb").unlink()
    said = ana.do("collect").said
    assert "AM-2-q1" in said and "AM-2-questions.ipynb" in said
    assert "lost" in said and "seminar merge" in said
    assert ana.run("verify").code == 1
