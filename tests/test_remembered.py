"""Is what was kept for the next run the same, this user's alone, and never missed?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from seminarkit.errors import FileError
from seminarkit.remembered import keep, recall
from seminarkit.yamlfile import YamlFile


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    return tmp_path / "temporary"


@pytest.mark.parametrize("found", [{"a": [1, 2.5, True, None, "ქ", date(2020, 11, 26)]}, [], {}, "text"])  # fmt: skip
def test_what_is_kept_comes_back_as_it_was(found: Any) -> None:
    keep("a text", found)
    assert recall("a text") == found
    assert recall("another") is None


@pytest.mark.parametrize("found", [{1: "a"}, {"a": (1, 2)}, {"a": Path("x")}, {"a": {"b"}}])
def test_what_would_come_back_otherwise_is_not_kept(found: Any) -> None:
    keep("a text", found)
    assert recall("a text") is None


def test_a_folder_that_others_can_write_to_is_not_used(place: Path) -> None:
    """K04: nor a link that leads there."""
    keep("a text", {"a": 1})
    (folder,) = place.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    assert recall("a text") is None
    moved = folder.rename(place / "moved")
    moved.chmod(0o700)
    folder.symlink_to(moved)
    assert recall("a text") is None


def test_a_broken_or_missing_place_loses_nothing(place: Path) -> None:
    keep("a text", {"a": 1})
    (file,) = place.glob("*/*.json")
    file.write_bytes(b'{"a": ')
    assert recall("a text") is None
    place.chmod(0o500)
    keep("another", {"a": 1})


def test_a_yaml_file_reads_the_same_each_time_and_knows_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("days: [2020-11-26]\nland: NO\nanchor: &x {n: 1}\nagain: *x\nlong: |\n  one\n")
    first, second = YamlFile(path), YamlFile(path)
    assert first.data == second.data
    assert first.data["days"] == [date(2020, 11, 26)] and first.data["land"] == "NO"
    assert type(second.data["long"]) is str
    assert second.line(("again", "n")) == first.line(("again", "n")) and second.line(("land",)) == 2


def test_a_mistake_is_told_each_time(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a: 1\na: 2\n")
    for _ in range(2):
        with pytest.raises(FileError, match="written twice"):
            YamlFile(path)
