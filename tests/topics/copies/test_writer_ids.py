"""Has each copy of the folder a writer of its own, whose state nobody else may read?"""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from seminarkit.core.logs import writers
from seminarkit.core.logs.last_seen import LOGS
from seminarkit.core.logs.writers import our_name, set_name, state_folder, state_of, writer_of
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Extended
from seminarkit.core.seminar.folder import SeminarFolder


def decide(folder: SeminarFolder) -> None:
    folder.decisions.add([Extended("GE", "questions", "2020-12-01", at=now())])


def logs(folder: SeminarFolder) -> set[str]:
    return {path.name for path in (folder.received / LOGS).iterdir()}


def test_a_copied_folder_writes_a_log_of_its_own(folder: SeminarFolder, tmp_path: Path) -> None:
    """W01: no file has two writers."""
    decide(folder)
    (first,) = logs(folder)
    copy = SeminarFolder(Path(shutil.copytree(folder.root, tmp_path / "copy")))
    before = (folder.received / LOGS / first / "decisions.jsonl").read_bytes()
    decide(copy)
    decide(folder)
    assert len(logs(copy)) == 2 and logs(folder) == {first}
    assert (copy.received / LOGS / first / "decisions.jsonl").read_bytes() == before


def test_the_same_place_on_another_computer_is_another_writer(
    folder: SeminarFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W01: a home that was copied to another computer, its state with it."""
    one = writer_of(folder.root).id
    assert writer_of(folder.root).id == one
    monkeypatch.setattr(writers, "_machine", lambda: "another computer")
    assert writer_of(folder.root).id != one


def test_a_log_that_others_knew_further_is_not_gone_on_with(
    folder: SeminarFolder, tmp_path: Path
) -> None:
    """W01 W03: an older copy of our log was put back, and what we last saw is gone as well."""
    decide(folder)
    (ours,) = logs(folder)
    log = folder.received / LOGS / ours / "decisions.jsonl"
    old = log.read_bytes()
    decide(folder)
    copy = SeminarFolder(Path(shutil.copytree(folder.root, tmp_path / "copy")))
    decide(copy)
    (theirs,) = logs(copy) - {ours}
    shutil.copytree(copy.received / LOGS / theirs, folder.received / LOGS / theirs)
    log.write_bytes(old)
    log.with_suffix(".anchor.json").unlink()
    shutil.rmtree(state_of(folder.root) / "received")
    decide(folder)
    assert log.read_bytes() == old and len(logs(folder)) == 3


def test_the_state_is_this_accounts_alone(folder: SeminarFolder) -> None:
    """W01 P06: it holds what was decided, and which files came."""
    mask = os.umask(0o022)
    try:
        decide(folder)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(state_folder().stat().st_mode) == 0o700
    kept = json.loads((state_of(folder.root) / "writer.json").read_text())
    assert kept["folder"] == str(folder.root.resolve())


def test_a_name_is_the_accounts_until_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """W04"""
    monkeypatch.delenv("SEMINARKIT_NAME", raising=False)
    before = our_name()
    set_name("Ana, Bologna")
    try:
        assert our_name() == "Ana, Bologna"
        monkeypatch.setenv("SEMINARKIT_NAME", "Ben")
        assert our_name() == "Ben"
    finally:
        (state_folder() / "name").unlink()
    monkeypatch.delenv("SEMINARKIT_NAME")
    assert our_name() == before
