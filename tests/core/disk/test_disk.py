"""Is what a disk refuses a sentence that names what happened, the path, and the disk?"""

from __future__ import annotations

import errno
import resource
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from command_walk import SCRIPT, small_seminar

from seminarkit.core.disk.attempts import reason_of
from seminarkit.core.disk.disk_errors import disk_words, refusal_of
from seminarkit.core.seminar.folder import SeminarFolder


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EDQUOT, "Your share of the disk is used up."),
        (errno.EROFS, "The disk is read-only."),
        (errno.EIO, "The disk failed."),
        (errno.EACCES, " cannot open it or write to it."),
        (errno.EPERM, " cannot open it or write to it."),
        (errno.EMFILE, "Too many files are open at once."),
        (errno.ENFILE, "Too many files are open at once."),
        (errno.EFBIG, "The file would be larger than this system allows."),
        (errno.ENAMETOOLONG, "Its name is too long for this disk."),
        (errno.EBUSY, "Another program is using it."),
        (errno.ESTALE, "could not be read or written"),
    ],
)
def test_every_refusal_names_the_path_and_what_to_do(
    tmp_path: Path, number: int, words: str
) -> None:
    """P13 O18"""
    path = tmp_path / "not yet there" / "GE.html"
    told = disk_words(OSError(number, "strange words of the system", str(path)))
    assert told.startswith(f"{path}: ") and words in told
    assert told.endswith("then run the command again. Nothing that was received before is lost.")
    room = number in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)
    assert (" has " in told and " free.)" in told) == room
    assert str(path) not in disk_words(OSError(number, "x", str(path)), named=False)


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_number_is_without_a_sentence(number: int) -> None:
    """P13: any errno, with and without a path."""
    for error in (OSError(number, "words"), OSError(number, "words", "a"), OSError("words"), OSError()):  # fmt: skip
        told = disk_words(error)
        assert told.endswith("is lost.") and "None" not in told.replace("None of", "")


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_that_is_open_in_word_is_named_so(code: int) -> None:
    """P13 C25: Windows lets nobody replace a file that a program has open."""
    error = PermissionError(errno.EACCES, "Access is denied", "GE.docx")
    error.winerror = code  # type: ignore[attr-defined, unused-ignore]
    assert "GE.docx: It is open in another program" in disk_words(error)
    assert "Close it there" in disk_words(error)


def test_what_no_path_is_known_of() -> None:
    """P13"""
    assert disk_words(OSError(errno.ENOSPC, "x")).startswith("A file of the seminar, or a temp")
    error = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")
    assert "The folder for temporary files is full" in disk_words(error)


def test_a_fault_of_the_kit_says_where() -> None:
    """O17"""
    try:
        disk_words(None)  # type: ignore[arg-type]
    except AttributeError as error:
        told = reason_of(error)
    assert (
        "AttributeError: " in told
        and "(core/disk/disk_errors.py, line " in told
        and "report this line" in told
    )
    assert "run out of memory" in reason_of(MemoryError())


def test_sqlite_tells_a_disk_from_damage(tmp_path: Path) -> None:
    """P13: only a file that is damaged is called so."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("CREATE TABLE t (x)")
        base.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as full:
            for _ in range(9):
                base.execute("INSERT INTO t VALUES (zeroblob(4000))")
        refused = refusal_of(full.value, path)
        assert refused and refused.errno == errno.ENOSPC and refused.filename == str(path)
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
            base.execute("BEGIN EXCLUSIVE")
            with pytest.raises(sqlite3.OperationalError) as locked:
                other.execute("INSERT INTO t VALUES (1)")
            refused = refusal_of(locked.value, path)
            assert refused and "Another run of seminar is using it" in disk_words(refused)
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(sqlite3.OperationalError) as none:
        sqlite3.connect(tmp_path / "folder.db").execute("SELECT 1 FROM t")
    assert refusal_of(none.value, tmp_path / "folder.db")
    (tmp_path / "b.db").write_bytes(b"no database at all" * 100)
    with (
        closing(sqlite3.connect(tmp_path / "b.db")) as base,
        pytest.raises(sqlite3.DatabaseError) as damaged,
    ):
        base.execute("SELECT 1 FROM t")
    assert refusal_of(damaged.value, tmp_path / "b.db") is None


@pytest.mark.parametrize(("limit", "more"), [(0, []), (1 << 10, ["--json"]), (1 << 14, [])])
def test_a_limit_on_the_size_of_files(folder: SeminarFolder, limit: int, more: list[str]) -> None:
    """P13 O18: ulimit -f, whatever it stops; the next run completes."""
    small_seminar(folder, countries=("AM", "GE"))

    def collect(limited: bool) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SCRIPT, "--folder", folder.root, "collect", *more],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            if limited
            else None,
        )

    stopped = collect(True)
    assert stopped.returncode == 1, stopped
    assert "larger than this system allows. Raise the limit" in stopped.stderr
    assert str(folder.root) in stopped.stderr and "Traceback" not in stopped.stderr
    assert stopped.stdout == ""
    done = collect(False)
    assert done.returncode == 0 and "damaged" not in done.stdout + done.stderr
    assert not list(folder.root.rglob("*.tmp"))
