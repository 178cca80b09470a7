"""Does a file that eats memory or time kill its reader and nothing else?"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.isolation import start_python
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake import reader
from seminarkit.topics.intake import reader_process as child
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.reader_process import ReaderProcess


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each reader as the kit does, not as a fork: see loaded_reader.py."""
    monkeypatch.setattr(child, "start_python", start_python)


@pytest.fixture
def small(tmp_path: Path, filled: Any) -> Path:
    path = tmp_path / "small.ipynb"
    answers = {"questions": [{"about": "ghent", "question": "Who pays?"}]}
    path.write_text(json.dumps(filled("questions", "GE-2", answers)), encoding="utf-8")
    return path


def test_a_file_that_needs_all_memory_is_told_and_the_next_is_read(
    kit: SeminarFolder, tmp_path: Path, small: Path
) -> None:
    """24 MB of brackets become more than 512 MiB of lists."""
    greedy = tmp_path / "greedy.ipynb"
    greedy.write_text('{"cells": [' + "[],".join([""] * 8_000_000) + "1]}")
    process = ReaderProcess(expected_of(kit))
    (told,) = process.read(greedy, greedy.stat().st_size)
    assert "memory" in told.problem
    (good,) = process.read(small, small.stat().st_size)
    process.close()
    assert good.reading


def test_a_file_that_needs_all_time_is_told_and_the_next_is_read(
    kit: SeminarFolder, tmp_path: Path, small: Path
) -> None:
    """A reader that never answers is ended by the parent's clock."""
    pipe = tmp_path / "never.ipynb"
    os.mkfifo(pipe)
    process = ReaderProcess(expected_of(kit), wall_seconds=2)
    (told,) = process.read(pipe, 10)
    assert "took more than 10 seconds" in told.problem
    (good,) = process.read(small, small.stat().st_size)
    process.close()
    assert good.reading


def test_the_limit_of_processor_time_is_each_files_own(kit: SeminarFolder) -> None:
    program = (
        "from seminarkit.topics.intake import reader; import resource\n"
        "reader.CPU_SECONDS = 0\n"
        "reader._limit()\n"
        "while True: pass\n"
    )
    run = subprocess.run([sys.executable, "-c", program], timeout=60, check=False)
    assert run.returncode == -signal.SIGXCPU
    assert reader.CPU_SECONDS == 10
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY


def test_a_zip_that_lies_about_its_sizes_is_stopped(kit: SeminarFolder, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(12):
            archive.writestr(f"{i}.ipynb", bytes(24 * 2**20))
    parts = reader.read_bytes(path.read_bytes(), expected_of(kit))
    assert "larger than 200 MB" in parts[-1].problem


def test_a_zip_of_too_many_files_is_stopped(kit: SeminarFolder, tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(2_100):
            archive.writestr(f"{i}.txt", b"x")
    parts = reader.read_bytes(path.read_bytes(), expected_of(kit))
    assert "more than 2,000 files" in parts[-1].problem
