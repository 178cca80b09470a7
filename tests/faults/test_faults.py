"""Whichever call a disk refuses, or a run is killed at: is nothing lost, nothing left, all said?

By day a few calls of each command; in the night each call with one of the faults, and with
SEMINAR_FAULTS=all each call with every fault, which takes hours.
"""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from fault_bench import Bench, Stage, is_left, state
from fault_tools import FAULTS, Call, run

Benches = Callable[[bool], Bench]
EVERY = os.environ.get("SEMINAR_FAULTS") == "all"
BY_DAY = {"collect": 5, "report": 1, "publish": 2}
PARTS = 10  # of each stage, in the night
LASTING = {"collect": ("seminar.db", "ENOSPC"), "publish": ("output/.making", "EROFS")}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("faults"), country="GE")


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Benches:
    """Make the bench of the first round, and the one on top of it, when it is first asked for."""

    @cache
    def make(again: bool) -> Bench:
        return Bench(tmp_path_factory.mktemp("each"), country="GE", again=again)

    return make


def drawn(stage: Stage, number: int) -> list[tuple[Call, str]]:
    """Draw some calls of a stage, each of another kind, and a fault for each."""
    draw = random.Random(f"{stage.name} 15")
    calls = draw.sample(stage.calls, len(stage.calls))
    found: dict[str, Call] = {}
    for call in calls:
        found.setdefault(call.kind, call)
    faults = [*FAULTS] * number
    return list(zip([*found.values(), *calls][:number], faults[:number], strict=True))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", BY_DAY)
def test_some_calls_that_fail(bench: Bench, name: str) -> None:
    """O18 P13: collect, report and publish, by faults of the disk and kills."""
    stage = bench.stages[name]
    problems = {
        (call.number, call.kind, call.path, fault): list(bench.problems(stage, call.number, fault))
        for call, fault in drawn(stage, BY_DAY[name])
    }
    assert {where: what for where, what in problems.items() if what} == {}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", LASTING)
def test_a_disk_that_stays_full_or_read_only(bench: Bench, name: str) -> None:
    """O17 O18 P13: all that fails is named together; the sentence has the right reason."""
    stage, (place, fault) = bench.stages[name], LASTING[name]
    number = first(stage, place)
    assert list(bench.problems(stage, number, fault, lasts=True)) == []
    bench.restore(stage)
    ended = run(bench.root, *stage.words, target=number, error=FAULTS[fault], lasts=True)
    words = {"ENOSPC": "The disk is full.", "EROFS": "The disk is read-only."}
    assert ended.code == 1 and words[fault] in ended.printed and " free.)" in ended.printed
    assert ended.printed.count("Traceback") == 0 and len(ended.printed.splitlines()) < 40


def test_a_page_that_may_not_be_written(bench: Bench) -> None:
    """O17: one file without the right to write it; all other pages appear."""
    stage = bench.stages["publish"]
    number = next(
        c.number for c in stage.calls if c.kind == "rename" and c.path.endswith("-groups.html")
    )
    bench.restore(stage)
    ended = run(bench.root, *stage.words, target=number, error=errno.EACCES)
    assert ended.code == 1
    assert "1 file could not be made; all others were made." in ended.printed
    assert "core/groups.html: The account '" in ended.printed
    assert "cannot open it or write to it" in ended.printed
    now, then = state(bench.root), stage.after
    assert {n for n in then if now.get(n) != then[n]} == {
        "output/core/groups.html",
        "output/pages.json",
    }
    assert run(bench.root, "verify").code == 0


def test_collect_changes_nothing_in_the_inbox(bench: Bench) -> None:
    """O18: it may lie in a folder that can only be read."""
    calls = [call for call in bench.stages["collect"].calls if "/inbox" in call.path]
    assert calls == []


def test_what_cannot_be_made_again_waits_for_the_disk_and_all_else_does_not(bench: Bench) -> None:
    """O18: bytes, then the name, then its folder, then the log; nothing for what can be made."""
    calls = bench.stages["collect"].calls
    root = str(bench.root)
    files, logs = f"{root}/received/files", f"{root}/received/logs"
    (log,) = {c.path for c in calls if c.path.startswith(logs) and c.path.endswith("/arrivals.jsonl")}  # fmt: skip
    written = [c.number for c in calls if c.kind == "write" and c.path == log]
    assert len(written) == 1
    kept = [c for c in calls if c.kind == "rename" and c.path.startswith(files)]
    assert len(kept) == 2
    for each in kept:
        synced = [c.number for c in calls if c.kind == "fsync" and c.path == each.path]
        assert synced and synced[0] < each.number < written[0]
    folders = {c.path: c.number for c in calls if c.kind == "fsync" and c.number < written[0]}
    last = max(c.number for c in kept)
    assert folders[files] > last and folders[f"{root}/received"] > last and folders[root] > last
    assert sum(p.startswith(f"{files}/") and len(Path(p).name) == 2 for p in folders) == 2
    assert any(c.kind == "fsync" and c.path == log and c.number > written[0] for c in calls)
    made = {c.path: c.number for c in calls if c.kind == "mkdir"}
    own = str(Path(log).parent)
    # the call after which a folder has the entry that leads to the log
    entered = {own: written[0], logs: made[own], f"{root}/received": made[logs]}
    for folder in entered:
        assert any(c.kind == "fsync" and c.path == folder and c.number > entered[folder] for c in calls)  # fmt: skip
    for name in ("report", "publish"):
        slow = [c for c in bench.stages[name].calls if c.kind in ("fsync", "fdatasync")]
        here = [c for c in slow if c.path.startswith(f"{root}/")]
        assert [c for c in here if not c.path.startswith(f"{root}/received/")] == []


def test_an_index_has_its_name_when_it_is_on_the_disk(bench: Bench) -> None:
    """O38: and no file beside it while it is built."""
    calls = bench.stages["collect"].calls
    (named,) = [c for c in calls if c.kind == "rename" and "/.seminar.db." in c.path]
    own = [c for c in calls if c.path == named.path and c.number < named.number]
    assert [c.kind for c in own][-1] == "fsync"
    assert {c.path for c in calls if "/.seminar.db." in c.path} == {named.path}


def first(stage: Stage, place: str) -> int:
    return min(
        c.number for c in stage.calls if f"/seminar/{place}" in c.path and c.kind == "create"
    )


def cases(stage: Stage, part: int) -> Iterator[tuple[Call, str, bool]]:
    """Yield the faults of one part of a stage: every so many-th call, so that each part has all kinds."""
    for call in stage.calls[part::PARTS]:
        faults = list(FAULTS)
        for fault in faults if EVERY else [faults[call.number % len(faults)]]:
            yield call, fault, False
            if call.number % 7 == 0 and fault in ("ENOSPC", "EROFS"):
                yield call, fault, True


@pytest.mark.nightly
@pytest.mark.timeout(3 * 3600)
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", BY_DAY)
@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_each_call_that_fails(benches: Benches, again: bool, name: str, part: int) -> None:
    """O18 P13: at the first round, and when more has come; in parts, which can be run alone."""
    bench = benches(again)
    stage, found, runs = bench.stages[name], {}, 0
    for call, fault, lasts in cases(stage, part):
        runs += 1
        if problems := list(bench.problems(stage, call.number, fault, lasts=lasts)):
            found[call.number, call.kind, call.path, fault, lasts] = problems
    print(f"{runs} faults")
    assert found == {} and runs >= len(stage.calls) // PARTS > 0


def test_the_harness_sees_what_is_left(tmp_path: Path) -> None:
    """The bench can fail."""
    for name in (".GE.json.x.half.tmp", "seminar.db-wal", "arriving-x", ".seminar.lock.who"):
        assert is_left(tmp_path / name)
    assert not is_left(tmp_path / "GE.json")
