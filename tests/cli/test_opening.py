"""Is what keeps ``seminar open`` from opening said in a sentence, with the right exit code?"""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import loaded

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.write_packs import prepare


def refused(folder: Path, *words: str, code: int) -> str:
    run = loaded.run("open", "--no-browser", *words, cwd=folder)
    assert run.returncode == code, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    return run.stderr


def test_each_mistake_is_a_sentence(folder: SeminarFolder, tmp_path: Path) -> None:
    """C01 C21"""
    root = folder.root
    assert "Say whose forms to open: seminar open GE-2" in refused(root, code=2)
    assert "Did you mean 'GE-2'?" in refused(root, "GE-22", code=2)
    assert "Make it: seminar prepare --country GE" in refused(root, "GE-2", code=1)
    assert "There is no folder" in refused(root, "--pack", "nowhere", code=2)
    assert "There is no seminar.yml in" in refused(tmp_path, "GE-2", code=1)
    prepare(folder, ["GE"])
    pack = tmp_path / "pack"
    shutil.copytree(folder.packs / "GE", pack)
    assert "Name the person:" in refused(root, "--pack", str(pack), code=2)
    (pack / "GE-1" / "start.ipynb").write_text('{"cells": []}')
    assert "Rename it" in refused(root, "--pack", str(pack), "GE-1", code=1)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert f"Port {port} is used" in refused(root, "GE-2", "--port", port, code=2)
    assert "80" in refused(root, "GE-2", "--port", "80", code=2)
    (pack / "GE-3" / ".lab").write_text("a file where the folder should be")
    assert "cannot be written to" in refused(root, "--pack", str(pack / "GE-3"), code=1)
