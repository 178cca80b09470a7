"""Copies of a small seminar, each with a person of its own, and every command as a process."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import loaded
from command_walk import SCRIPT, send, small_seminar

from seminarkit.core.logs.last_seen import logs_in
from seminarkit.core.logs.writers import state_of, writer_of
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

COUNTRIES = ("AM", "GE")


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass
class Copy:
    """One copy of the seminar's folder, and who works in it."""

    root: Path
    name: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> SeminarFolder:
        return SeminarFolder(self.root)

    @property
    def writer(self) -> str:
        return writer_of(self.root).id

    def log(self, name: str) -> Path:
        """Return where this copy writes a log."""
        return self.root / "received" / "logs" / self.writer / f"{name}.jsonl"

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command, to be ended while it runs."""
        return subprocess.Popen(
            [str(SCRIPT), *words],
            cwd=self.root,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *words: str) -> Ran:
        """Run a command; it must not end in a traceback."""
        run = loaded.run(*words, cwd=self.root, env=self._environment())
        assert "Traceback" not in run.stderr, run.stderr[-3000:]
        return Ran(run.returncode, run.stdout, run.stderr)

    def _environment(self) -> dict[str, str]:
        name = {"SEMINARKIT_NAME": self.name} if self.name else {}
        return {**os.environ, "PYTHONIOENCODING": "utf-8", **name, **self.variables}

    def do(self, *words: str) -> Ran:
        """Run a command that must end well."""
        ran = self.run(*words)
        assert ran.code == 0, (words, ran)
        return ran

    def json(self, *words: str) -> Any:
        return json.loads(self.do(*words, "--json").out)

    def send(self, person: str, question: str = "Who pays?") -> None:
        """Put somebody's questions into the inbox."""
        asked = {"questions": [{"question": question, "about": "d1-keynote"}]}
        send(self.folder, person, "questions", asked)

    def asked(self) -> set[str]:
        """Return who has asked a question that counts."""
        from seminarkit.core.store.read_store import submissions

        read = submissions(self.folder.database)
        return {each.person for each in read if each.form == "questions"}

    def arrived(self) -> set[str]:
        """Return the name of each file that came."""
        from seminarkit.core.store.received_files import ReceivedFiles

        return {each.name for each in ReceivedFiles(self.root / "received").arrivals()}

    def decided(self) -> list[str]:
        """Return the kinds of the decisions that count."""
        return [each.kind for each in self.folder.decisions]

    def copied(self, place: Path, name: str) -> Copy:
        """Return another copy of the folder, as a person copies it."""
        shutil.copytree(self.root, place)
        return Copy(place, name)


def begun(place: Path) -> Copy:
    """Return a seminar of two countries whose first forms were collected."""
    place.mkdir(parents=True)
    shutil.copy(KIT / "seminar.yml", place)
    small_seminar(SeminarFolder(place), countries=COUNTRIES)
    copy = Copy(place, "Ana")
    copy.do("collect")
    return copy


def same(copies: list[Copy]) -> None:
    """Hold that copies hold the same and say the same."""
    one, *others = copies
    for other in others:
        assert logs_of(other) == logs_of(one)
        assert files_of(other) == files_of(one)
        for command in ("status", "questions"):
            assert other.json(command) == one.json(command), command


def logs_of(copy: Copy) -> dict[str, bytes]:
    received = copy.root / "received"
    return {p.relative_to(received).as_posix(): p.read_bytes() for p in logs_in(received)}


def files_of(copy: Copy) -> list[str]:
    return sorted(path.name for path in (copy.root / "received" / "files").glob("??/*"))


def traces(copy: Copy, words: list[str]) -> list[str]:
    """Return the names of files below a folder, and of what is kept of it, that hold a word."""
    pattern = re.compile("|".join(map(re.escape, words)).encode())
    places = [copy.root, state_of(copy.root)]
    files = [p for place in places for p in sorted(place.rglob("*")) if p.is_file()]
    return [str(p) for p in files if p.name != "seminar.yml" and pattern.search(p.read_bytes())]
