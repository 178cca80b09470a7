"""Can several accounts of one server work on a seminar, and those read it who may not write?"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_walk import ORDER, SCRIPT, WORDS, placed_words, small_seminar
from other_users import as_account

from seminarkit.core.disk.accounts import rights_words
from seminarkit.core.disk.files import make_private
from seminarkit.core.disk.rights import close_to_others
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.verify import verify

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has rights of its own")
ANA, BEN, TEAM, NOBODYS = 7001, 7002, 7777, 7778
READ = (["status"], ["next"], ["questions"], ["answers"], ["verify"], ["check"], ["nominate"], ["statement"], ["notes"], ["version"], ["doctor"], ["groups", "--seconds", "1"])  # fmt: skip
PLAIN = ("seminar.yml", "chat.txt")  # put there by hand, and open to all as the person had it
FALSE = (
    "Traceback",
    "are damaged",
    "1 is damaged",
    "seminar.db is",
    "changed or damaged after it was written",
    "was damaged",
)


@dataclass
class Team:
    """A seminar that Ana has begun, and how an account runs a command in it."""

    folder: SeminarFolder
    run: Callable[..., tuple[int, str]]

    def ana(self, *words: str) -> str:
        code, printed = self.run(ANA, TEAM, *words)
        assert code == 0, (words, printed)
        return printed


@pytest.fixture
def team() -> Iterator[Team]:
    before = os.umask(0o022)
    above = Path(tempfile.mkdtemp(prefix="seminarkit-test-"))
    above.chmod(0o1777)  # as any place of all accounts: the backup of one is put there
    root = above / "seminar"
    root.mkdir(mode=0o755)
    shutil.copy(KIT / "seminar.yml", root)
    folder = SeminarFolder(root)
    small_seminar(folder)

    def run(account: int, group: int, *words: str) -> tuple[int, str]:
        home = above / str(account)
        home.mkdir(exist_ok=True)
        home.chmod(0o777)
        command = [*as_account(account, group, above / "python"), SCRIPT, "--folder", root]
        env = {
            **os.environ,
            "HOME": str(home),
            "SEMINARKIT_STATE": str(home / "state"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "300",
        }
        ran = subprocess.run([*command, *placed_words(folder, words)], cwd="/", env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=200, check=False)  # fmt: skip
        return ran.returncode, ran.stdout + ran.stderr

    for path in (root, *root.rglob("*")):
        os.chown(path, ANA, TEAM)
    yield Team(folder, run)
    os.umask(before)
    shutil.rmtree(above)


def begin(team: Team) -> None:
    for words in (["prepare", "--country", "GE"], ["collect"], ["links", "--country", "GE"]):
        team.ana(*words)


@posix
def test_who_may_not_write_reads(team: Team) -> None:
    """W06: every look works, nothing is called damaged; what writes names file, account and cure."""
    begin(team)
    subprocess.run(["chmod", "-R", "a+rX", team.folder.root], timeout=60, check=True)
    for words in READ:
        code, printed = team.run(BEN, NOBODYS, *words)
        assert code == 0 or words == ["doctor"], (words, printed)
        assert not [each for each in FALSE if each in printed], (words, printed)
    for words in (["collect"], ["question", "GE-2-q1", "--parked"], ["links"], ["extend", "GE", "questions", "2020-12-01"]):  # fmt: skip
        code, printed = team.run(BEN, NOBODYS, *words)
        assert code == 1, printed
        assert f"{team.folder.root}/" in printed and "The account number 7002 cannot" in printed
        assert "is number 7001. Ask them to do it, or to share" in printed
        assert "'seminar doctor' says how" in printed
    doctor = team.run(BEN, NOBODYS, "doctor")[1]
    assert "! You can read this seminar, but not write to it" in doctor
    assert f"chgrp GROUP '{team.folder.root}' && chmod g+rwxs" in doctor


@posix
def test_a_reader_sees_what_a_server_has_just_written(team: Team) -> None:
    """W06: rows that lie beside the index still, in a file of SQLite's own."""
    import sqlite3

    begin(team)
    database = sqlite3.connect(team.folder.database, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("UPDATE submission SET country = 'XK'")
        beside = sorted(team.folder.root.glob("seminar.db-*"))
        assert len(beside) == 2
        subprocess.run(["chmod", "-R", "a+rX", team.folder.root], timeout=60, check=True)
        code, printed = team.run(BEN, NOBODYS, "answers", "--form", "questions", "--json")
        assert code == 0 and '"XK"' in printed, printed
    finally:
        database.close()


@posix
def test_a_group_shares_a_seminar_that_was_begun_alone(team: Team) -> None:
    """W06: with the group's sign on the folder, the owner's next command opens all to the group."""
    begin(team)
    code, printed = team.run(BEN, TEAM, "status")
    assert code == 1, printed
    own = team.folder.root / "notebooks" / "report" / "mine.ipynb"
    own.parent.mkdir(parents=True)
    own.touch()
    for path in (own, own.parent, own.parent.parent):  # as under a mask of one's own
        os.chown(path, ANA, ANA)
        path.chmod(0o700 if path.is_dir() else 0o600)
    os.chown(team.folder.root, ANA, TEAM)
    team.folder.root.chmod(0o2775)
    team.ana("status")
    for path in sorted(team.folder.root.rglob("*")):
        mode, name = stat.S_IMODE(path.stat().st_mode), path.relative_to(team.folder.root)
        if path.name != "chat.txt":
            assert mode & 0o060 == 0o060 and path.stat().st_gid == TEAM, (name, oct(mode))
        if name.parts[:2] != ("output", "public") and path.name not in PLAIN:
            assert not mode & 0o006, (name, oct(mode))
    for words in (["collect", "--rebuild"], ["links"], ["question", "GE-2-q1", "--parked"], ["sheets"], ["verify"]):  # fmt: skip
        code, printed = team.run(BEN, TEAM, *words)
        assert code == 0, (words, printed)
    for words in (["links", "--renew", "GE-2"], ["question", "GE-2-q1", "--chosen"], ["collect"], ["verify"]):  # fmt: skip
        team.ana(*words)
    assert team.run(BEN, NOBODYS, "status")[0] == 1, "who is not in the group reads nothing"


@posix
def test_a_backup_names_the_file_that_it_may_not_read(team: Team) -> None:
    """W06: and not the archive, which it may write."""
    begin(team)
    team.folder.root.chmod(0o2775)
    team.ana("status")
    closed = team.folder.inbox / "letter.docx"
    closed.touch()
    os.chown(closed, ANA, ANA)
    closed.chmod(0o600)
    archive = team.folder.root.parent / "of-ben.zip"
    code, printed = team.run(BEN, TEAM, "backup", str(archive))
    assert code == 1 and f"{closed}: The account number 7002 cannot open it" in printed, printed
    assert not archive.exists()


@posix
@pytest.mark.nightly
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("shared", [True, False])
def test_every_command_as_another_account(team: Team, shared: bool) -> None:
    """W06: of the group, or one who may only read: no traceback, and no word that is false."""
    begin(team)
    for words in (["groups", "--keep", "--yes", "--seconds", "1"], ["report", "--country", "GE"], ["publish"]):  # fmt: skip
        team.ana(*words)
    if shared:
        team.folder.root.chmod(0o2775)
        team.ana("status")
    else:
        subprocess.run(["chmod", "-R", "a+rX", team.folder.root], timeout=60, check=True)
    for name in ORDER:
        if name in ("serve", "open", "demo", "forget"):
            continue
        for words in WORDS.get(name, [[]]):
            code, printed = team.run(BEN, TEAM if shared else NOBODYS, name, *words)
            assert not [each for each in FALSE if each in printed], (name, words, printed)
            told = ["--keep --yes", "Usage:"]  # a plan of some seconds is poor
            if not shared:
                told += ["The account number 7002 cannot", "You can read this"]
            said = any(each in printed for each in told)
            assert code == 0 or said, (name, words, printed)
    team.ana("verify")


def test_the_files_of_other_programs_are_shared_too() -> None:
    """W06: git and programs that copy folders read what to leave out in whichever account they run."""
    from seminarkit.core.disk.rights import _PLAIN_FILES
    from seminarkit.core.seminar.ignore_files import IGNORE_FILES

    assert set(IGNORE_FILES) < set(_PLAIN_FILES)


@posix
def test_rights_in_words(tmp_path: Path) -> None:
    """W06: a file of one's own, one that is not there, and one in a folder that is not there."""
    (tmp_path / "closed").touch(mode=0o400)
    words = rights_words(tmp_path / "closed")
    assert f"This account is its owner. Run: chmod u+rw '{tmp_path / 'closed'}'" in words
    assert f"chmod u+rwx '{tmp_path}'" in rights_words(tmp_path / "none" / "at all")


@posix
def test_a_private_file_of_another_account_is_left_as_it_is(team: Team) -> None:
    """W06: who may write to it need not be its owner."""
    root = team.folder.root
    root.chmod(0o2775)
    close_to_others(root)
    path = root / "received" / "links.jsonl"
    make_private(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    make_private(path)
    assert verify(team.folder).damage == ()
