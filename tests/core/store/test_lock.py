"""Is who holds a lock named, also when it is another computer, and a failing disk told in words?"""

from __future__ import annotations

import errno
import json
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import loaded
import pytest
from command_walk import SCRIPT, small_seminar

from seminarkit.core.disk.disk_errors import disk_words
from seminarkit.core.logs.writers import our_name
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.lock import BusyError, serving, writing
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify


def who(folder: SeminarFolder) -> Path:
    return folder.lock.with_name(".seminar.lock.who")


def test_who_holds_the_lock_is_named(folder: SeminarFolder) -> None:
    """P06: computer, process and time, to another run on the same computer."""
    with serving(folder.serving_lock):
        run = loaded.run("--folder", folder.root, "serve")
    assert run.returncode == 1
    assert (
        f"process {os.getpid()} of {our_name()} on the computer {socket.gethostname()}, since 20"
        in run.stderr
    )
    assert "Stop that 'seminar serve' first." in run.stderr
    assert not folder.serving_lock.with_name(".seminar.serve.lock.who").exists()


def test_another_computer_that_writes_is_named(folder: SeminarFolder) -> None:
    """P06: on a shared folder the system's own lock may know nothing of it."""
    note = {"host": "office-\x1b[2J2", "pid": 41, "since": now()}
    who(folder).write_text(json.dumps(note))
    small_seminar(folder)
    run = loaded.run("--folder", folder.root, "collect")
    assert run.returncode == 1 and "\x1b" not in run.stderr
    assert "process 41 on the computer office-" in run.stderr
    assert "Two computers may not write to one folder at the same time" in run.stderr
    assert "delete .seminar.lock.who and run this again" in run.stderr
    who(folder).unlink()
    collect(folder)
    assert not who(folder).exists()


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_run_keeps_nobody_out(folder: SeminarFolder) -> None:
    """P06: its note is left, its lock is not; the next run on this computer goes on."""
    program = (
        "import os, pathlib, sys\nfrom seminarkit.core.store.lock import writing\n"
        "with writing(pathlib.Path(sys.argv[1])):\n    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(folder.lock)], timeout=60, check=False)
    assert who(folder).exists()
    small_seminar(folder)
    assert len(collect(folder).outcomes) == 2
    assert not who(folder).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"host": 1}', '{"host": "x", "pid": "y", "since": ""}'])  # fmt: skip
def test_a_note_that_cannot_be_read_keeps_nobody_out(folder: SeminarFolder, text: str) -> None:
    """P06"""
    who(folder).write_text(text)
    with writing(folder.lock):
        pass
    with writing(folder.lock), pytest.raises(BusyError), serving(folder.lock):
        pass


def limited() -> None:
    """Let no file grow beyond 8 KiB, as a full disk does."""
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


@pytest.mark.parametrize("command", ["collect", "prepare", "sheets", "remind", "links"])
def test_a_disk_that_takes_no_more_is_a_sentence(folder: SeminarFolder, command: str) -> None:
    """O12 P06: with the path and what to do, never a traceback; nothing received is lost."""
    small_seminar(folder)
    words = [SCRIPT, "--folder", folder.root, command]
    run = subprocess.run(words, preexec_fn=limited, capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
    assert run.returncode in (0, 1)
    assert "Traceback" not in run.stderr
    if run.returncode:
        told = run.stdout + run.stderr  # what a page says that failed alone stands among the others
        assert "run the command again. Nothing that was received before is lost." in told
        assert str(folder.root) in told or "organisers/sheets/" in told or "temporary" in told
    else:
        assert command in ("links", "remind", "sheets")
    collect(folder)
    assert verify(folder).damage == ()


def test_a_folder_that_cannot_be_written_to_is_a_sentence(folder: SeminarFolder) -> None:
    """P06: a file is where a folder should be; and a folder where a file should be."""
    small_seminar(folder)
    (folder.root / "packs").write_text("")
    folder.received.mkdir()
    (folder.received / "decisions.jsonl").mkdir()
    for command in ("prepare", "status"):
        run = loaded.run("--folder", folder.root, command)
        assert run.returncode == 1 and "Traceback" not in run.stderr
        assert str(folder.root) in run.stderr


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_fault_of_the_system_is_a_sentence(number: int) -> None:
    """P06"""
    words = disk_words(OSError(number, os.strerror(number), "/place/file"))
    assert words.startswith("/place/file") and words.endswith("before is lost.")
    assert "\n" not in disk_words(OSError(number, os.strerror(number)))
