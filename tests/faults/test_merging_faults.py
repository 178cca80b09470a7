"""What if the disk is full, or the kit is killed, at any call while another copy is taken in?

Nothing that was here is lost, and the next merge brings all that lacks.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_walk import send, small_seminar
from fault_tools import FAULTS, KEPT, KILL, Ended, run

from seminarkit.core.logs.last_seen import logs_in
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

DAY = 8  # calls that are tried by day


@dataclass
class Two:
    """Two copies, and the first as it was and with what the kit keeps of it outside."""

    root: Path
    other: Path
    kept: Path
    calls: int = 0

    def restore(self) -> None:
        for kept, now in ((self.kept / "root", self.root), (self.kept / "state", self.root.parent / KEPT)):  # fmt: skip
            shutil.rmtree(now)
            shutil.copytree(kept, now)

    def merge(self, number: int = 0, fault: str = "ENOSPC") -> Ended:
        words = ("merge", str(self.other))
        return run(self.root, *words, target=number, error=FAULTS[fault], lasts=FAULTS[fault] != KILL)  # fmt: skip


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    """Two copies of which each has what the other has not."""
    place = tmp_path_factory.mktemp("two")
    made = Two(place / "at work" / "seminar", place / "other" / "seminar", place / "kept")
    made.root.mkdir(parents=True)
    shutil.copy(KIT / "seminar.yml", made.root)
    small_seminar(SeminarFolder(made.root), countries=("AM", "GE"))
    assert run(made.root, "collect", fault=False).code == 0
    shutil.copytree(made.root, made.other)
    asked = {"questions": [{"question": "Who learns?", "about": "d1-keynote"}]}
    send(SeminarFolder(made.other), "AM-2", "questions", asked)
    for words in (["collect"], ["question", "GE-2-q1", "--parked"]):
        assert run(made.other, *words, fault=False).code == 0
    assert run(made.root, "extend", "GE", "country_report", "2020-12-02", fault=False).code == 0
    shutil.copytree(made.root, made.kept / "root")
    shutil.copytree(made.root.parent / KEPT, made.kept / "state")
    ended = made.merge()
    assert ended.code == 0, ended.printed
    made.calls = len(ended.calls)
    return made


def held(root: Path) -> tuple[dict[str, bytes], list[str]]:
    received = root / "received"
    logs = {str(p.relative_to(received)): p.read_bytes() for p in logs_in(received)}
    return logs, sorted(p.name for p in (received / "files").glob("??/*"))


def hold(two: Two, number: int, fault: str) -> None:
    two.restore()
    before = held(two.root)
    ended = two.merge(number, fault)
    assert "Traceback" not in ended.printed, ended.printed[-1500:]
    logs, files = held(two.root)
    for name, data in before[0].items():
        assert logs[name].startswith(data), (number, name)
    assert set(before[1]) <= set(files)
    if ended.hit and fault != "kill" and ended.code != 0:
        assert "disk" in ended.printed or "folder" in ended.printed, ended.printed
    again = run(two.root, "merge", str(two.other), fault=False)
    assert again.code == 0, (number, again.printed)
    logs, files = held(two.root)
    for name, data in held(two.other)[0].items():
        assert logs[name] == data, (number, name)
    assert set(held(two.other)[1]) <= set(files)
    assert run(two.root, "verify", fault=False).code == 0, number


@pytest.mark.timeout(900)
@pytest.mark.parametrize("fault", [pytest.param("ENOSPC", marks=pytest.mark.nightly), "kill"])
def test_merge_at_some_calls(two: Two, fault: str) -> None:
    """W01: a full disk, and the end of the process, at a call in some places."""
    for number in range(1, two.calls + 1, max(1, two.calls // DAY)):
        hold(two, number, fault)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("fault", ["ENOSPC", "EIO", "kill"])
def test_merge_at_every_call(two: Two, fault: str) -> None:
    """W01: at every call."""
    for number in range(1, two.calls + 1):
        hold(two, number, fault)
