"""Is what versions up to 0.6 remembered of files still found when a person is forgotten?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.forgetting.old_cache import old_cache
from seminarkit.forgetting.search import walk


@pytest.mark.skipif(os.name == "nt", reason="there the folder is the user's own anyway")
def test_what_earlier_versions_remembered_is_searched(
    folder: SeminarFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K04: where the folder is this user's alone; another's, or a link, is not followed."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert old_cache() is None
    place = temporary / f"seminarkit-{os.getuid()}"
    place.mkdir(mode=0o700)
    (place / "abc.json").write_text('{"name": "A Person"}')
    assert place / "abc.json" in [*walk(folder, [])]
    place.chmod(0o777)
    assert old_cache() is None
    moved = place.rename(temporary / "moved")
    moved.chmod(0o700)
    place.symlink_to(moved)
    assert old_cache() is None
