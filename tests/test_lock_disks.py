"""Do disks without locks, with locks that lie and with what a crash has left stop nobody for ever?"""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import loaded
import pytest
from command_walk import SCRIPT, send, small_seminar

from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.logs.writers import our_name
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.lock import BusyError, serving, writing
from seminarkit.core.store.lock_holder import Holder
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify

SOURCE = Path(__file__).with_name("lying_locks.c")
NONE = {"ENOLCK": errno.ENOLCK, "EOPNOTSUPP": errno.EOPNOTSUPP, "ENOSYS": errno.ENOSYS}
DISKS = {**NONE, "a lie": 0}
MANY = 50


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that answers for the disk; skips where it cannot be made."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("other locks need Linux and a C compiler: apt-get install gcc libc6-dev")
    made = tmp_path_factory.mktemp("locks") / "lying_locks.so"
    words = [compiler, "-shared", "-fPIC", "-o", str(made), str(SOURCE)]
    run = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    if run.returncode:
        pytest.skip(f"the C compiler has no headers (apt-get install libc6-dev): {run.stderr}")
    return made


def on_disk(library: Path, number: int) -> Mapping[str, str]:
    return {**os.environ, "LD_PRELOAD": str(library), "FLOCK_ERROR": str(number)}


def command(folder: SeminarFolder, *words: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:  # fmt: skip
    run = loaded.run("--folder", folder.root, *words, env=env)
    assert "Traceback" not in run.stderr
    return run.returncode, run.stdout + run.stderr


def who(folder: SeminarFolder) -> Path:
    return folder.lock.with_name(".seminar.lock.who")


def note(folder: SeminarFolder, host: str, pid: int, since: datetime) -> None:
    values = {"host": host, "pid": pid, "since": since.isoformat()}
    who(folder).write_text(json.dumps(values))


@pytest.mark.parametrize("name", DISKS)
def test_a_disk_without_locks_is_worked_on_and_named_once(
    folder: SeminarFolder, library: Path, name: str
) -> None:
    """W06: collect, decide and verify; an empty .seminar.lock of an earlier run keeps nobody out."""
    small_seminar(folder)
    folder.lock.touch()
    env = on_disk(library, DISKS[name])
    for words in (["collect"], ["question", "GE-2-q1", "--parked"], ["remind", "--country", "AM"]):
        code, printed = command(folder, *words, env=env)
        assert code == 0, printed
        told = printed.count("This disk has no locks")
        assert told == (name != "a lie"), printed
        assert str(folder.root) in printed or not told
    assert not who(folder).exists()
    assert verify(folder).damage == ()


def write_at_once(folder: SeminarFolder, env: Mapping[str, str], rounds: int) -> None:
    """Three processes add lines to one log, each time under the lock."""
    program = (
        "import pathlib, sys\n"
        "from seminarkit.core.logs.hash_log import ChainedLog\n"
        "from seminarkit.core.store.lock import writing\n"
        "lock, log, rounds = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])\n"
        "for number in range(rounds):\n"
        "    with writing(lock):\n"
        "        ChainedLog(log, '').append([{'n': number}])\n"
    )
    log = folder.received / "three.jsonl"
    words = [sys.executable, "-c", program, str(folder.lock), str(log), str(rounds)]
    three = [subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=env) for _ in range(3)]
    said = [each.communicate(timeout=100)[1] for each in three]
    assert [each.returncode for each in three] == [0, 0, 0], said
    assert sum(1 for _ in ChainedLog(log, "").entries()) == 3 * rounds


@pytest.mark.parametrize("name", DISKS)
def test_three_writers_at_once_lose_no_line(
    folder: SeminarFolder, library: Path, name: str
) -> None:
    """W06: the chain of the log is whole; without one writer at a time it would be broken."""
    write_at_once(folder, on_disk(library, DISKS[name]), 20)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", DISKS)
def test_three_collects_at_once_many_times(folder: SeminarFolder, library: Path, name: str) -> None:
    """W06: with three files each, on each disk: no dead end, no traceback, nothing doubled."""
    env = on_disk(library, DISKS[name])
    small_seminar(folder)
    for number in range(MANY):
        send(folder, "GE-2", "questions", {"questions": [{"question": f"Who {number}?"}]})
        words = [SCRIPT, "--folder", folder.root, "collect"]
        three = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env) for _ in range(3)]  # fmt: skip
        for each in three:
            printed, _ = each.communicate(timeout=100)
            assert "Traceback" not in printed
            assert each.returncode == 0 or "Another run of seminar is writing" in printed, printed
    collect(folder)
    assert verify(folder).damage == ()
    assert verify(folder).files == MANY + 1


def test_another_computer_that_crashed_keeps_nobody_out(folder: SeminarFolder) -> None:
    """W06: its note counts for an hour, and the way on is said; then it is put away, and that, too."""
    small_seminar(folder)
    now = datetime.now(UTC)
    note(folder, "laptop-of-a", 4711, now - timedelta(minutes=50))
    code, printed = command(folder, "collect")
    assert code == 1 and "process 4711 on the computer laptop-of-a, since 20" in printed
    assert "Wait until it has ended." in printed
    assert "delete .seminar.lock.who and run this again, or wait: after 1 hour" in printed
    note(folder, "laptop-of-a", 4711, now - timedelta(minutes=70))
    code, printed = command(folder, "collect")
    assert code == 0 and "The note of process 4711 on the computer laptop-of-a" in printed
    assert not who(folder).exists()


def test_a_run_of_this_computer_is_known_by_its_process(
    folder: SeminarFolder, library: Path
) -> None:
    """W06: one that lives keeps others out, also on a disk that lies; a later one of its number not."""
    small_seminar(folder)
    env = on_disk(library, 0)
    with writing(folder.lock):
        code, printed = command(folder, "collect", env=env)
    assert (
        code == 1
        and f"process {os.getpid()} of {our_name()} on the computer {socket.gethostname()}"
        in printed
    )
    note(folder, socket.gethostname(), os.getppid(), datetime(2020, 1, 1, tzinfo=UTC))
    assert command(folder, "collect", env=env)[0] == 0
    assert not who(folder).exists()


def test_a_note_that_could_not_be_taken_away_keeps_its_own_process_in(
    folder: SeminarFolder,
) -> None:
    """W06: as after a failing disk; a server writes many times."""
    note(folder, socket.gethostname(), os.getpid(), datetime.now(UTC))
    with writing(folder.lock):
        assert who(folder).exists()
        with pytest.raises(BusyError), serving(folder.lock):
            pass
    assert not who(folder).exists()


def test_somebody_elses_note_is_not_taken_away(folder: SeminarFolder) -> None:
    """W06: who has waited for an hour and went on has a note of their own."""
    other = Holder("office-2", 41, datetime.now(UTC).isoformat())
    with writing(folder.lock):
        note(folder, other.host, other.pid, datetime.fromisoformat(other.since))
    assert who(folder).exists()


def test_a_held_lock_is_waited_for(folder: SeminarFolder) -> None:
    """W06: for five seconds, and no longer than it takes."""
    program = (
        "import pathlib, sys, time\nfrom seminarkit.core.store.lock import writing\n"
        "with writing(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(1)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(folder.lock)], stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert process.stdout and process.stdout.readline() == "held\n"
    begun = time.monotonic()
    with writing(folder.lock):
        assert 0.3 < time.monotonic() - begun < 4
    process.wait(20)
