"""Which seminar a command is about, wherever it is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from seminarkit.core.seminar.find_seminar import RESERVED, nearest_seminar


def seminar(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "seminar.yml").write_text("")
    return folder


@pytest.mark.parametrize("place", RESERVED)
@pytest.mark.parametrize("deeper", ["", "a zip", "a/b/c"])
def test_a_seminar_that_came_to_another_one_is_a_file_like_others(
    tmp_path: Path, place: str, deeper: str
) -> None:
    """P06: a command started in the inbox runs no notebook that lies there."""
    outer = seminar(tmp_path / "mine")
    came = seminar(outer / place / deeper)
    assert nearest_seminar(came) == outer
    assert nearest_seminar(seminar(came / place)) == outer


def test_a_seminar_of_ones_own_is_found_from_any_folder_in_it(tmp_path: Path) -> None:
    outer = seminar(tmp_path / "inbox" / "mine")
    assert nearest_seminar(outer / "notebooks" / "report") == outer
    inner = seminar(outer / "trials" / "second")
    assert nearest_seminar(inner / "inbox") == inner
    assert nearest_seminar(tmp_path) is None
