"""Can another user of the same computer read what came?"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import loaded
import pytest
from other_users import seen_by_others

from seminarkit.core.disk.files import write_whole
from seminarkit.core.disk.rights import close_to_others, open_to_others
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has rights of its own")


@pytest.fixture
def shared_place() -> Iterator[SeminarFolder]:
    """A seminar where others may look: pytest's own folders let nobody in."""
    root = Path(tempfile.mkdtemp(prefix="seminarkit-test-"))
    root.chmod(0o755)
    before = os.umask(0o022)
    shutil.copy(KIT / "seminar.yml", root)
    (root / "inbox").mkdir()
    yield SeminarFolder(root)
    os.umask(before)
    shutil.rmtree(root)


@posix
def test_what_an_older_version_left_open_is_closed(shared_place: SeminarFolder) -> None:
    """P06: at the next command, whichever it is, also when it is one that only reads."""
    root = shared_place.root
    for place in ("received/files/3f/3fa9", "packs/GE/GE-2/a.html", "dossiers/core/GE.json", "output/core/index.html",
                  "output/mails/ask.eml", "output/public/index.html", "output/public/countries/GE.html", "output/pages.json", "seminar.db", "inbox/a.ipynb"):  # fmt: skip
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text("words")
    assert len(seen_by_others(root)) > 10
    assert open_to_others(root)
    run = loaded.run("--folder", root, "doctor")
    assert run.returncode == 1 and "x Others on this computer can read: inbox, received" in run.stdout  # fmt: skip
    (root / "seminar.db").unlink()
    assert loaded.run("--folder", root, "next").returncode == 0
    assert not open_to_others(root)
    run = loaded.run("--folder", root, "doctor")
    assert "+ On this computer, only you can read the received files" in run.stdout
    seen = {path for path in seen_by_others(root) if path != "seminar.yml"}
    assert "output/public/countries/GE.html" in seen
    assert all(path.startswith("output/public") for path in seen)
    assert stat.S_IMODE((root / "packs/GE/GE-2/a.html").stat().st_mode) == 0o600
    assert stat.S_IMODE((root / "packs/GE").stat().st_mode) == 0o700


@posix
def test_a_team_that_shares_the_folder_keeps_it(shared_place: SeminarFolder) -> None:
    """P06: a group set on purpose (chmod g+ws) may read and write; all others may not."""
    root = shared_place.root
    root.chmod(0o2775)
    (root / "packs").mkdir(mode=0o2775)
    (root / "packs").chmod(0o2775)
    close_to_others(root)
    write_whole(root / "packs" / "GE" / "a.txt", "words")
    write_whole(root / "dossiers" / "core" / "GE.json", "words")
    for place, mode in (("packs", 0o2770), ("packs/GE", 0o2770), ("packs/GE/a.txt", 0o660), ("dossiers/core/GE.json", 0o660)):  # fmt: skip
        assert stat.S_IMODE((root / place).stat().st_mode) == mode, place
    assert not open_to_others(root)


@posix
def test_a_link_in_the_folder_closes_nothing_elsewhere(
    shared_place: SeminarFolder, tmp_path: Path
) -> None:
    """P06"""
    other = tmp_path / "other"
    other.mkdir(mode=0o755)
    (other / "file").write_text("words")
    (other / "file").chmod(0o644)
    (shared_place.root / "packs").symlink_to(other)
    (shared_place.inbox / "link").symlink_to(other / "file")
    close_to_others(shared_place.root)
    assert stat.S_IMODE(other.stat().st_mode) == 0o755
    assert stat.S_IMODE((other / "file").stat().st_mode) == 0o644
