"""A seminar of two countries, and what must hold after any of its calls has failed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from command_walk import send, small_seminar
from fault_tools import FAULTS, KEPT, KILL, Call, Ended, run
from shared import complete_report

from seminarkit.core.logs.writers import writer_of
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

COUNTRIES = ("AM", "GE")
# The sentences of disk_errors.py; an index that was not given back as it was written is a failed disk.
_SAID = {
    "ENOSPC": ("The disk is full.", "folder for temporary files is full"),
    "EIO": ("The disk failed.", "folder for temporary files is full"),
    "EROFS": ("The disk is read-only.", "folder for temporary files is full"),
}
_TIMES = ("finished_at", "seconds", "dossier_parts")  # of a run's record


@dataclass
class Stage:
    """A command, the folder before it, all its calls, and the folder after it, undisturbed."""

    name: str
    words: tuple[str, ...]
    before: Path
    calls: tuple[Call, ...] = ()
    after: dict[str, str] = field(default_factory=dict)


class Bench:
    """The stages of a seminar; ``again`` makes them on top of a first round, when more has come."""

    def __init__(self, place: Path, *, country: str = "", again: bool = False) -> None:
        self.place = place
        self.root = place / "at work" / "seminar"
        self.kept = place / "at work" / KEPT
        for folder in (self.root, self.kept):
            folder.mkdir(parents=True)
        shutil.copy(KIT / "seminar.yml", self.root)
        folder = SeminarFolder(self.root)
        small_seminar(folder, countries=COUNTRIES)
        with patch.dict(os.environ, {"SEMINARKIT_STATE": str(self.kept)}):
            writer_of(self.root)  # so that each run writes under one id
        report = ("report", "--jobs", "1", *(("--country", country) if country else ()))
        words = (("collect",), report, ("publish", "--jobs", "1"))
        self.stages = {stage[0]: Stage(stage[0], stage, place / stage[0]) for stage in words}
        if again:
            for each in words:
                self._good(each)
            send(folder, "AM-2", "country_report", complete_report(legislation="It is new."))
            send(folder, "GE-2", "questions", {"questions": [{"question": "Who?", "about": "d1-keynote"}]})  # fmt: skip
        else:
            run(self.root, "status")  # what is remembered of seminar.yml
        for stage in self.stages.values():
            _copy(self.root, stage.before)
            _copy(self.kept, self._kept_before(stage))
            stage.calls = self._good(stage.words).calls
            stage.after = state(self.root)

    def _good(self, words: Sequence[str]) -> Ended:
        ended = run(self.root, *words)
        assert ended.code == 0, ended.printed
        return ended

    def restore(self, stage: Stage) -> None:
        """Put the folder back as it was before a stage, and what is kept outside of it."""
        _copy(stage.before, self.root)
        _copy(self._kept_before(stage), self.kept)

    def _kept_before(self, stage: Stage) -> Path:
        return stage.before.with_name(f"{stage.name} {KEPT}")

    def problems(
        self, stage: Stage, number: int, fault: str, *, lasts: bool = False
    ) -> Iterator[str]:
        """Disturb one call of a stage; yield each promise that was broken."""
        self.restore(stage)
        ended = run(self.root, *stage.words, target=number, error=FAULTS[fault], lasts=lasts)
        if not ended.hit:
            return
        if "Traceback" in ended.printed:
            yield f"a traceback: {ended.printed[-1500:]}"
        if FAULTS[fault] != KILL:
            if ended.code == 0 and state(self.root) != stage.after:
                yield f"it says that all is well, and it is not: {differing(state(self.root), stage.after)}"
            if ended.code != 0 and not any(
                word in ended.printed
                for word in ("disk", "Make room", "could not be", "cannot be", "refused")
            ):
                yield f"no sentence says why: {ended.printed[-600:]!r}"
            if "is damaged" in ended.printed and FAULTS[fault] != KILL:
                yield f"it calls damaged what is not: {ended.printed[-600:]!r}"
        again = run(self.root, *stage.words, fault=False)
        if again.code != 0:
            yield f"the next run fails ({again.code}): {again.printed[-1500:]}"
            return
        verified = run(self.root, "verify", fault=False)
        if verified.code != 0:
            yield f"verify: {verified.printed[-800:]}"
        if left := [p.name for p in self.root.rglob("*") if is_left(p)]:
            yield f"left behind: {left}"
        if (now := state(self.root)) != stage.after:
            yield f"not as undisturbed: {differing(now, stage.after)}"


def is_left(path: Path) -> bool:
    """Say whether a file is one that was to go again."""
    beside = (".tmp", "-wal", "-shm", "-journal", ".new", ".who")
    return path.name.endswith(beside) or path.name.startswith("arriving")


def state(root: Path) -> dict[str, str]:
    """Return all that a seminar holds, without the time of day."""
    found = {}
    # whoever writes first draws an id
    ids = sorted(path.name for path in (root / "received" / "logs").glob("*"))
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        for number, each in enumerate(ids, start=1):
            name = name.replace(f"logs/{each}", f"logs/writer {number}")
        stamp = path.name.endswith(".stamp.json")  # of looks, with times
        if path.is_dir() or name.startswith(".seminar") or is_left(path) or stamp:
            continue
        if name == "seminar.db":
            found |= _rows(path)
        elif name.endswith("/arrivals.jsonl"):
            lines = [json.loads(line) for line in path.read_text().splitlines()]
            found[name] = repr(sorted((line["sha256"], line["name"]) for line in lines))
        elif name.endswith("/writer.json"):
            found[name] = repr(sorted(json.loads(path.read_text())))
        elif name.startswith("output/reports/") and path.suffix == ".json":
            record = json.loads(path.read_text()) if path.name != "seen.json" else {}
            found[name] = repr({k: v for k, v in record.items() if k not in _TIMES})
        else:
            found[name] = path.read_bytes().hex()[:200_000]
    return found


def _rows(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as base:
        queries = {
            "index: arrivals": "SELECT sha256, name FROM arrival ORDER BY 1, 2",
            "index: submissions": "SELECT instance, answers, standing, current FROM submission ORDER BY 1, 2",
            "index: outcomes": "SELECT sha256, part, kind FROM outcome JOIN arrival ON arrival = number ORDER BY 1, 2",
        }
        try:
            return {name: repr(base.execute(query).fetchall()) for name, query in queries.items()}
        except sqlite3.DatabaseError as error:
            return {"index": str(error)}


def differing(now: dict[str, str], then: dict[str, str]) -> list[str]:
    """Return the names of what is not the same, with + where it is new and - where it lacks."""
    names = sorted(now.keys() | then.keys())
    signs = {n: "-" if n not in now else "+" if n not in then else "≠" for n in names}
    return [signs[n] + n for n in names if now.get(n) != then.get(n)][:8]


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)
    for path in (source, *source.rglob("*")):  # times of folders, too
        facts = path.stat()
        os.utime(target / path.relative_to(source), ns=(facts.st_atime_ns, facts.st_mtime_ns))
