"""Do three copies become one, page by page, whatever their people did and however they met?

With every command as a process; test_copies.py draws a thousand histories of the logs alone.
"""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from command_walk import send
from team_tools import Copy, logs_of, same, traces

from seminarkit.cli.main import COMMANDS
from seminarkit.core.logs.last_seen import logs_in

PEOPLE = ("AM-1", "AM-2", "GE-1", "GE-3")
NIGHT = 30


@cache
def wrong_clock() -> str:
    """Return a library that moves clocks; nothing where none can be made: clocks are right then."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        return ""
    made = Path(tempfile.mkdtemp(prefix="seminarkit-clock-")) / "wrong_clock.so"
    source = Path(__file__).with_name("wrong_clock.c")
    words = [compiler, "-shared", "-fPIC", "-o", str(made), str(source), "-ldl"]
    run = subprocess.run(words, capture_output=True, timeout=60, check=False)
    return "" if run.returncode else str(made)


class History:
    """Three copies, what their people were told, and what is to come of it."""

    def __init__(self, first: Copy, place: Path, seed: int) -> None:
        self.chance, self.number = random.Random(seed), 0
        self.told: set[str] = set()
        self.texts: dict[str, set[str]] = {}
        self.forgotten: set[str] = set()
        self.copies = [first.copied(place / name, name.capitalize()) for name in ("ana", "ben", "carla")]  # fmt: skip
        for copy in self.copies[1:]:
            off = str(self.chance.choice([-3600, 3600, 0]))
            copy.variables = {"LD_PRELOAD": wrong_clock(), "CLOCK_OFF": off}

    def step(self) -> None:
        acts = [self.decide] * 4 + [self.collect] * 3 + [self.sync] * 2
        acts += [self.half, self.publish, self.forget] + [self.undo] * ("undo" in COMMANDS)
        self.chance.choice(acts)(self.chance.choice(self.copies))

    def decide(self, copy: Copy) -> None:
        before = self._lines(copy)
        pick = self.chance.choice
        day = f"2020-12-0{self.chance.randrange(1, 10)}"
        mark = pick(["--parked", "--chosen", "--open"])
        copy.do(*pick([["question", "GE-2-q1", mark], ["extend", pick(["AM", "GE"]), "country_report", day]]))  # fmt: skip
        self.told |= self._lines(copy) - before

    def undo(self, copy: Copy) -> None:
        if lines := copy.folder.decisions.lines():
            of = self.chance.choice(lines).entry.id
            assert copy.run("undo", of).code in (0, 1)

    def collect(self, copy: Copy) -> None:
        self.number += 1
        person = self.chance.choice([p for p in PEOPLE if p not in self.forgotten])
        text = f"Who pays for {person.lower().replace('-', 'x')}n{self.number}?"
        self.texts.setdefault(person, set()).add(text)
        send(copy.folder, person, "questions", {"questions": [{"question": text, "about": "d1-keynote"}]})  # fmt: skip
        copy.do("collect")

    def forget(self, copy: Copy) -> None:
        known = [p for p in self.texts if p not in self.forgotten]
        if known and not self.forgotten:
            person = self.chance.choice(known)
            copy.do("forget", person, "--yes")
            self.forgotten.add(person)

    def publish(self, copy: Copy) -> None:
        copy.do("report", "--jobs", "1")
        copy.do("publish")

    def sync(self, copy: Copy) -> None:
        other = self._other(copy)
        copy.do(self.chance.choice(["merge", "sync"]), str(other.root))

    def half(self, copy: Copy) -> None:
        """A program copies some logs of others, one of them in part, and no files."""
        other = self._other(copy)
        received = other.root / "received"
        for log in logs_in(received):
            target = copy.root / "received" / log.relative_to(received)
            data = log.read_bytes()
            there = target.read_bytes() if target.exists() else b""
            if log.parent.name in (copy.writer, "received") or not data.startswith(there):
                continue
            cut = self.chance.choice([len(data), self.chance.randrange(len(data))])
            if cut > len(there):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data[:cut])

    def meet(self) -> None:
        pairs = list(itertools.permutations(self.copies, 2))
        for _ in range(4):
            self.chance.shuffle(pairs)
            for one, other in pairs:
                if logs_of(one) != logs_of(other):
                    one.do(self.chance.choice(["merge", "sync"]), str(other.root))
            if all(logs_of(copy) == logs_of(self.copies[0]) for copy in self.copies):
                return

    def hold(self) -> None:
        for copy in self.copies:  # one that others have written into forgets, too, and notes it
            copy.do("collect")
        self.meet()
        same(self.copies)
        one = self.copies[0]
        self.publish(one)
        for copy in self.copies[1:]:
            copy.do("merge", str(one.root))
            self.publish(copy)
            assert pages(copy) == pages(one)
        for copy in self.copies:
            assert self.told <= self._lines(copy)
            assert copy.do("verify").code == 0
            inbox = [text for who in self.forgotten for text in self.texts[who]]
            assert not inbox or traces(copy, inbox) == []

    def _other(self, copy: Copy) -> Copy:
        return self.chance.choice([each for each in self.copies if each is not copy])

    def _lines(self, copy: Copy) -> set[str]:
        return {each.entry.id for each in copy.folder.decisions.lines()}


def pages(copy: Copy) -> dict[str, bytes]:
    """Return every page and document of a copy."""
    output = copy.root / "output"
    files = (p for p in sorted(output.rglob("*")) if p.is_file() and p.suffix != ".json")
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in files}


@pytest.mark.timeout(1800)
@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(NIGHT))
def test_three_copies(first_day: Copy, tmp_path: Path, seed: int) -> None:
    """W01 W02 W03: the same status, questions and pages; nothing gone, nobody forgotten back."""
    history = History(first_day, tmp_path, seed)
    for _ in range(history.chance.randrange(6, 12)):
        history.step()
    history.meet()
    history.hold()
