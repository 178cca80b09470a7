"""Does collect make a damaged index again by itself, and say so?"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_walk import small_seminar
from in_process import printed
from shared import by_day

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import Index
from seminarkit.core.store.index_file import is_whole
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify

SAID = "The index was made again from the received files, because it was damaged."
PAGE = 4096


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory, kit: SeminarFolder) -> Path:
    root = tmp_path_factory.mktemp("collected") / "seminar"
    root.mkdir()
    shutil.copy(kit.root / "seminar.yml", root)
    small_seminar(SeminarFolder(root), countries=("AM", "GE"))
    collect(SeminarFolder(root))
    return root


def zeroed(page: int) -> Callable[[bytes], bytes]:
    return lambda data: data[: page * PAGE] + bytes(PAGE) + data[(page + 1) * PAGE :]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"no database " * 900, id="another file"),
        pytest.param(lambda data: data[: len(data) // 2], id="half"),
        pytest.param(lambda data: data[:-1], id="last byte"),
        pytest.param(lambda data: data[:100], id="head alone"),
        *(
            pytest.param(zeroed(page), id=f"page {page}", marks=[pytest.mark.nightly] * (page > 2))
            for page in range(8)
        ),
    ],
)
def test_a_damaged_index_is_made_again(
    collected: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """O38 P13: one collect is enough; what came is the same."""
    shutil.copytree(collected, tmp_path / "here")
    folder = SeminarFolder(tmp_path / "here")
    before = _rows(folder)
    data = folder.database.read_bytes()
    spoilt = damage(data)
    assert spoilt != data, "there is no such page"
    folder.database.write_bytes(spoilt)
    assert SAID in printed(folder, "collect")
    assert _rows(folder) == before and verify(folder).damage == ()
    assert SAID not in printed(folder, "collect")


@pytest.mark.parametrize("seed", by_day(range(60), every=10))
def test_flipped_bits_are_never_a_traceback(collected: Path, tmp_path: Path, seed: int) -> None:
    """O38: collect heals what SQLite can see, verify finds the rest."""
    shutil.copytree(collected, tmp_path / "here")
    folder = SeminarFolder(tmp_path / "here")
    before, draw = _rows(folder), random.Random(seed)
    data = bytearray(folder.database.read_bytes())
    for _ in range(draw.choice([1, 3, 40])):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    folder.database.write_bytes(data)
    printed(folder, "collect")
    if _rows(folder) != before:
        assert verify(folder).damage
        printed(folder, "collect", "--rebuild")
    assert _rows(folder) == before and verify(folder).damage == ()


def test_what_reads_alone_says_what_to_do(collected: Path, tmp_path: Path) -> None:
    """O38: status reads; the next collect mends."""
    shutil.copytree(collected, tmp_path / "here")
    folder = SeminarFolder(tmp_path / "here")
    folder.database.write_bytes(b"no database " * 900)
    words = printed(folder, "status", code=1)
    assert "seminar.db is damaged. Nothing is lost: run 'seminar collect' to make it again" in words
    printed(folder, "collect")
    printed(folder, "status")


def test_what_is_whole_is_found_by_what_is_on_the_disk(collected: Path, tmp_path: Path) -> None:
    """O38"""
    path = tmp_path / "a.db"
    path.write_bytes((collected / "seminar.db").read_bytes())
    assert is_whole(path)
    path.write_bytes(path.read_bytes()[:-PAGE])
    assert not is_whole(path)
    path.unlink()
    assert not is_whole(path)


def test_a_locked_index_is_not_called_damaged(collected: Path, tmp_path: Path) -> None:
    """P13: another program reads it."""
    shutil.copytree(collected, tmp_path / "here")
    path = tmp_path / "here" / "seminar.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OSError, match="locked"):
            Index(path)


@pytest.mark.skipif(os.name == "nt", reason="folders on Windows have rights of their own")
@pytest.mark.parametrize(("shared", "mode"), [(False, 0o600), (True, 0o660)])
def test_a_new_index_is_for_those_who_share_the_folder(
    folder: SeminarFolder, shared: bool, mode: int
) -> None:
    """P13: also when it was built beside the old one."""
    small_seminar(folder, countries=("AM", "GE"))
    folder.root.chmod(0o2770 if shared else 0o755)
    for words in (["collect"], ["collect", "--rebuild"]):
        printed(folder, *words)
        assert folder.database.stat().st_mode & 0o777 == mode


def _rows(folder: SeminarFolder) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder.database)) as base:
        tables = ("arrival", "submission", "outcome", "reply")
        try:
            return {t: base.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in tables}
        except (sqlite3.Error, ValueError) as error:
            return {"error": [(str(error),)]}
