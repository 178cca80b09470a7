"""Do copies of a seminar become one, whatever happened to them and in whatever order they meet?

The logs alone, so that a thousand histories are drawn; with all commands in test_team_week.py.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import random
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.logs.damage import bring_back
from seminarkit.core.logs.last_seen import changed, logs_in
from seminarkit.core.logs.writers import state_of, writer_of
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import (
    Extended,
    Nominated,
    PersonForgotten,
    Seated,
    Undone,
)
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import QuestionMarked, StatementLeft, StatementTaken
from seminarkit.core.seminar.seat_decisions import Moved
from seminarkit.core.seminar.valid_decisions import valid_lines
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.topics.copies.merge_copies import merge, new_lines, source_of

BEGIN = datetime(2020, 11, 10, 8, tzinfo=UTC)
NIGHT = 1000


@dataclass
class Copy:
    """One copy of the folder; its clock is wrong by some minutes."""

    root: Path
    skew: int
    snapshots: list[dict[Path, bytes]] = field(default_factory=list)

    @property
    def folder(self) -> SeminarFolder:
        return SeminarFolder(self.root)

    @property
    def received(self) -> ReceivedFiles:
        return ReceivedFiles(self.root / "received")


@dataclass
class Told:
    """What was said to be kept, and what was said to be forgotten."""

    decisions: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)


class History:
    """Three copies, and what happens to them."""

    def __init__(self, place: Path, seed: int, *, one_id: bool = False) -> None:
        """``one_id``: the account of the first was copied to the second, its state with it."""
        self.chance, self.told, self.minute = random.Random(seed), Told(), 0
        first = place / "a"
        first.mkdir(parents=True)
        shutil.copy(KIT / "seminar.yml", first)
        self.copies = [Copy(first, 0)]
        if self.chance.random() < 0.5:
            self.as_an_older_kit_left_it(first)
        for _ in range(self.chance.randrange(4)):
            self.decide(self.copies[0])
        for name in "bc":
            shutil.copytree(first, place / name)
            self.copies.append(Copy(place / name, self.chance.choice([0, 0, -60, 60])))
        if one_id:
            writer_of(first)
            shutil.copytree(state_of(first), state_of(place / "b"))

    def as_an_older_kit_left_it(self, root: Path) -> None:
        """Decisions and arrivals in one log each, without a format or a writer."""
        (root / "received").mkdir()
        for name, entries in {
            "decisions": [{"kind": "extended", "at": "2020-11-09T10:00:00Z", "country": "GE", "form": "questions", "due": f"2020-11-2{n}"} for n in range(3)],
        }.items():  # fmt: skip
            chain, text = "0" * 64, ""
            for entry in entries:
                chain = hashlib.sha256((chain + json.dumps(entry)).encode()).hexdigest()
                text += json.dumps({**entry, "chain": chain}) + "\n"
                self.told.decisions.add(chain)
            (root / "received" / f"{name}.jsonl").write_text(text)

    def now(self, copy: Copy) -> str:
        self.minute += self.chance.randrange(3)  # two things may happen at one moment
        moment = BEGIN + timedelta(minutes=self.minute + copy.skew)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def step(self) -> None:
        copy = self.chance.choice(self.copies)
        acts = [self.decide] * 5 + [self.collect] * 4 + [self.undo] * 2
        acts += [self.sync] * 3 + [self.sync_half] * 2 + [self.set_back, self.forget, self.remember]
        act = self.chance.choice(acts)
        self.begin(copy)
        act(copy)

    def begin(self, copy: Copy) -> None:
        """See to logs that a program changed, as each command does first."""
        bring_back(copy.root, list(changed(copy.root)))

    def decide(self, copy: Copy) -> None:
        pick, at = self.chance.choice, self.now(copy)
        person = {"id": "GE-4", "name": f"Somebody {self.chance.randrange(3)}", "profile": "policy"}
        made: Decision = pick(
            [
                Extended("GE", "questions", f"2020-12-0{self.chance.randrange(1, 9)}", at=at),
                QuestionMarked("GE-2-q1", "GE-2", "Why?", pick(["parked", "chosen"]), at=at),
                Nominated("GE", [person], pick(["GE-AAAA", "GE-BBBB"]), at=at),
                Seated("d1-groups-1", [{"id": pick("xyz"), "title": "A room"}], at=at),
                StatementTaken("s1", "GE-2", pick(["Yes.", "No."]), at=at),
                StatementLeft("s1", at=at),
                Moved("GE-2", "d1-groups-1", pick("xyz"), at=at),
            ]
        )
        self.add(copy, made)

    def add(self, copy: Copy, made: Decision) -> None:
        before = {each.entry.id for each in copy.folder.decisions.lines()}
        copy.folder.decisions.add([made])
        assert copy.folder.decisions.unknown() == []
        self.told.decisions |= {e.entry.id for e in copy.folder.decisions.lines()} - before

    def undo(self, copy: Copy) -> None:
        if lines := copy.folder.decisions.lines():
            of = self.chance.choice(lines)
            subject = list(of.decision.decides_on)
            self.add(copy, Undone(of.entry.id, of.decision.kind, subject, at=self.now(copy)))

    def collect(self, copy: Copy) -> None:
        number = self.chance.randrange(12)
        data = f"form {number}".encode()
        received = copy.received
        name = self.chance.choice([f"{number}.ipynb", "form.ipynb"])
        kept = received.keep(io.BytesIO(data), name)
        if kept.sha256 in Tombstones(received.root).all("file"):
            received.path(kept.sha256).unlink()
            return
        received.commit([kept], self.now(copy))
        self.told.files.add(kept.sha256)

    def sync(self, copy: Copy) -> None:
        other = self.chance.choice([c for c in self.copies if c is not copy])
        source = (
            source_of(other.root, same_seminar=True) if logs_in(other.root / "received") else None
        )
        if source is None:
            return
        would = new_lines(copy.root, source)
        came = merge(copy.root, source)
        for name, lines in came.lines.items():
            assert {li.chain for li in lines} <= {li.chain for li in would.lines.get(name, [])}

    def sync_half(self, copy: Copy) -> None:
        """A program copies some logs and files of others, one of them only in part."""
        other = self.chance.choice([c for c in self.copies if c is not copy])
        for log in logs_in(other.root / "received"):
            target = copy.root / "received" / log.relative_to(other.root / "received")
            ours = target.parent.name in self.writers(copy)
            if ours or self.chance.random() < 0.4:
                continue
            data = log.read_bytes()
            cut = len(data) if self.chance.random() < 0.5 else self.chance.randrange(len(data))
            if not target.exists() or target.stat().st_size < cut:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data[:cut])

    def writers(self, copy: Copy) -> set[str]:
        return {writer_of(copy.root).id, "received"}

    def remember(self, copy: Copy) -> None:
        logs = logs_in(copy.root / "received")
        copy.snapshots.append({log: log.read_bytes() for log in logs})

    def set_back(self, copy: Copy) -> None:
        """A program puts older logs back, or takes one away; the next command sees to it."""
        for log, data in self.chance.choice(copy.snapshots or [{}]).items():
            if self.chance.random() < 0.5:
                log.write_bytes(data)
                os.utime(log, ns=(1, 1))
        logs = logs_in(copy.root / "received")
        if logs and self.chance.random() < 0.3:
            self.chance.choice(logs).unlink()
        self.begin(copy)

    def forget(self, copy: Copy) -> None:
        received = copy.received
        arrivals = [each for each in received.arrivals() if not each.forgotten]
        if not arrivals or self.chance.random() < 0.5:
            return
        gone = self.chance.choice(arrivals).sha256
        self.add(copy, PersonForgotten(gone, at=self.now(copy)))
        stones = Tombstones(received.root)
        stones.add("file", [gone])
        received.redact(
            lambda a: (
                type(a)(**{**vars(a), "name": "", "size": 0, "forgotten": True})
                if a.sha256 == gone
                else a
            )
        )
        stones.add("line", received.redacted())
        received.sweep([gone])
        self.told.forgotten.add(gone)

    def meet(self) -> None:
        """All copies meet, in any order, until each has met each."""
        for copy in self.copies:
            self.begin(copy)
        pairs = list(itertools.permutations(range(3), 2))
        self.chance.shuffle(pairs)
        for _ in range(2):
            for one, other in pairs:
                if logs_in(self.copies[other].root / "received"):
                    source = source_of(self.copies[other].root, same_seminar=True)
                    assert source.skipped == ()
                    merge(self.copies[one].root, source)

    def states(self) -> list[dict[str, Any]]:
        return [state(copy) for copy in self.copies]


def state(copy: Copy) -> dict[str, Any]:
    """Return all that a copy holds: its logs and files byte for byte, and what counts."""
    received = copy.root / "received"
    logs = {p.relative_to(received).as_posix(): p.read_bytes() for p in logs_in(received)}
    lines = copy.folder.decisions.lines()
    return {
        "logs": logs,
        "files": sorted(p.name for p in copy.received.files()),
        "decisions": [each.entry.id for each in lines],
        "counts": [each.entry.id for each in valid_lines(lines)],
        "conflicts": [[e.entry.id for e in of] for of in copy.folder.decisions.conflicts()],
        "arrivals": [(a.number, a.sha256, a.places) for a in copy.received.arrivals()],
        "gaps": copy.received.log.gaps() + copy.folder.decisions.log.gaps(),
        "strangers": copy.folder.decisions.log.strangers(),
    }


def hold(history: History) -> None:
    """What was kept is there, what was forgotten is not, and all copies are alike."""
    told = history.told
    one, *others = history.states()
    for other in others:
        assert other == one
    assert one["gaps"] == [] and one["strangers"] == []
    assert told.decisions <= set(one["decisions"])
    assert len(one["decisions"]) == len(set(one["decisions"]))
    arrived = {sha256 for _, sha256, _ in one["arrivals"]}
    assert told.files <= arrived
    assert told.forgotten.isdisjoint(one["files"])
    assert told.files - told.forgotten <= set(one["files"])


def play(place: Path, seed: int, *, one_id: bool = False) -> None:
    history = History(place, seed, one_id=one_id)
    for _ in range(history.chance.randrange(4, 16)):
        history.step()
    history.meet()
    hold(history)


@pytest.mark.parametrize("seed", range(25))
def test_copies_become_one(tmp_path: Path, seed: int) -> None:
    """W01 W02 W03: 0 decisions or files gone, 0 forgotten back, byte for byte alike."""
    play(tmp_path, seed)


@pytest.mark.parametrize("seed", range(5000, 5015))
def test_two_who_wrote_under_one_id_become_one(tmp_path: Path, seed: int) -> None:
    """W01 W03: both logs are kept, under names that do not depend on who met whom first."""
    play(tmp_path, seed, one_id=True)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(4))
def test_copies_become_one_by_night(tmp_path: Path, part: int) -> None:
    """W01 W02 W03: a thousand histories."""
    for seed in range(1000 + part, 1000 + NIGHT, 4):
        play(tmp_path / str(seed), seed, one_id=seed % 5 == 0)
        shutil.rmtree(tmp_path / str(seed))
