"""Do files appear whole or not at all, and is nothing left of a writer that was killed?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from seminarkit.core.disk.files import sweep, write_whole

KILLED = """
import os, pathlib, signal, sys
import seminarkit.core.disk.files as files
files.os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
files.write_whole(pathlib.Path(sys.argv[1]), "the new words")
"""
BEGUN = """
import pathlib, sys, time
import seminarkit.core.disk.files as files
files.os.fsync = lambda handle: (print("begun", flush=True), time.sleep(60))
files.write_whole(pathlib.Path(sys.argv[1]), "the new words")
"""


def age(folder: Path) -> list[Path]:
    """Make what is half written an hour old, and return it."""
    halves = list(folder.rglob(".*.tmp"))
    for half in halves:
        hour_ago = half.stat().st_mtime - 3600
        os.utime(half, (hour_ago, hour_ago))
    return halves


def test_what_a_killed_writer_left_is_swept_away(tmp_path: Path) -> None:
    """O18"""
    target = tmp_path / "core" / "GE.html"
    write_whole(target, "the old words")
    subprocess.run([sys.executable, "-c", KILLED, str(target)], timeout=60, check=False)
    assert target.read_text() == "the old words"
    assert len(age(tmp_path)) == 1
    sweep(tmp_path)
    assert [path.name for path in target.parent.iterdir()] == ["GE.html"]


def test_what_is_being_written_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "GE.html"
    command = [sys.executable, "-c", BEGUN, str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout and writer.stdout.readline() == b"begun\n"
            halves = age(tmp_path)
            sweep(tmp_path)
            assert halves and all(half.exists() for half in halves)
        finally:
            writer.kill()


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    kept = [tmp_path / name for name in ("report.tmp", ".hidden", "a.txt")]
    for path in kept:
        path.write_text("x")
        os.utime(path, (0, 0))
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_sweeping_where_there_is_no_folder_yet_is_no_error(tmp_path: Path) -> None:
    sweep(tmp_path / "no such folder")
